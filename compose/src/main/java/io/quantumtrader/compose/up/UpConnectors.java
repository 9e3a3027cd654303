package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.parts.ConnectorAccess;
import io.quantumtrader.compose.Stack;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.connectors.legacy.SinkSettings;
import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import java.time.Duration;
import java.util.List;

/** The Redis source and the Redis sink of a run. */
final class UpConnectors {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Stack stack;
  private final UpOptions.Parts options;
  private final boolean replay;
  private final ConnectorAccess access;

  /**
   * Prepares them.
   *
   * @param replay whether old candles are played: records expire by their own time then
   */
  UpConnectors(Stack stack, ClientConfig config, UpOptions.Parts options, boolean replay) {
    this.stack = stack;
    this.options = options;
    this.replay = replay;
    this.access = ConnectorAccess.inProcess(config);
  }

  /**
   * Lets intents and the kill switch in through Redis. A replay takes none: they would come at wall
   * time into the time of the file, and it would not be the same twice.
   */
  void startSource() throws InterruptedException {
    stack
        .connect()
        .put(
            LegacyContract.SOURCE_NAME,
            access.ofSource(
                options.sourceConfiguration(stack.redisUri(), stack.schemaRegistryUrl())));
    stack.connect().awaitRunning(LegacyContract.SOURCE_NAME, TIMEOUT);
  }

  /**
   * Writes the old keys.
   *
   * @param clusterId of the broker: keys of another one are not continued
   */
  void startSink(String clusterId) throws InterruptedException {
    SinkSettings sink =
        SinkSettings.of(stack.redisUri(), stack.schemaRegistryUrl())
            .withKeyPrefix(options.redisPrefix)
            .withExpiryReference(replay ? ExpiryReference.RECORD : ExpiryReference.WALL)
            .withKafkaCluster(clusterId);
    stack
        .connect()
        .put(LegacyContract.CONNECTOR_NAME, access.ofSink(LegacyContract.sinkConfiguration(sink)));
    stack.connect().awaitRunning(LegacyContract.CONNECTOR_NAME, TIMEOUT);
  }

  /** Shows whether they run, and starts again what has failed. */
  void watch(Monitoring shown) {
    shown.connectors(
        new StackConnectors(stack.connect()),
        replay
            ? List.of(LegacyContract.CONNECTOR_NAME)
            : List.of(LegacyContract.SOURCE_NAME, LegacyContract.CONNECTOR_NAME));
  }
}
