package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.parts.ConnectorAccess;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.connectors.legacy.SinkSettings;
import io.quantumtrader.connectors.legacy.SourceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives a Connect cluster both Redis connectors, and ends when they run. */
@Command(
    name = "connectors",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = {
      "Create the Redis source and the Redis sink in a Connect cluster, and wait until they",
      "run. The Redis user and password stay with the workers: they need QUANTUM_REDIS_USERNAME",
      "and QUANTUM_REDIS_PASSWORD in their environment and a config provider named env."
    },
    footer = {
      "",
      "Example:",
      "  ./quantum service connectors --connect-url http://connect:8083 --redis-uri"
          + " redis://redis:6379",
    })
final class ConnectorsCommand implements Callable<Integer> {

  private static final Duration RUNNING_WITHIN = Duration.ofMinutes(2);

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--connect-url",
      paramLabel = "URL",
      defaultValue = "http://localhost:8083",
      description = "URL of Connect's REST interface. Default: http://localhost:8083.")
  private String connectUrl;

  @Option(
      names = "--redis-uri",
      paramLabel = "URI",
      defaultValue = "redis://localhost:6379",
      description = "Redis as the workers see it. Default: redis://localhost:6379.")
  private String redisUri;

  @Option(
      names = "--redis-prefix",
      paramLabel = "PREFIX",
      defaultValue = SinkSettings.DEFAULT_PREFIX,
      description = "Prefix of Redis keys; use quantum:shadow: beside the old services.")
  private String redisPrefix;

  @Option(
      names = SignalStream.OPTION,
      split = ",",
      paramLabel = SignalStream.LABEL,
      description = SignalStream.DESCRIPTION)
  private List<SignalStream> signals = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    String registryUrl = place.endpoints().registryUrl();
    SinkSettings sink =
        SinkSettings.of(redisUri, registryUrl)
            .withKeyPrefix(redisPrefix)
            .withKafkaCluster(clusterId());
    try (ConnectRest connect = new ConnectRest(connectUrl, RUNNING_WITHIN)) {
      // The source first: what an operator left in the kill switch is read before the sink, which
      // knows nothing of it, makes the keys what Kafka says.
      ConnectorAccess access = ConnectorAccess.inWorkers(place.endpoints().config());
      start(connect, LegacyContract.SOURCE_NAME, access.ofSource(sourceConfiguration()));
      start(
          connect,
          LegacyContract.CONNECTOR_NAME,
          access.ofSink(LegacyContract.sinkConfiguration(sink)));
    }
    return 0;
  }

  /** Returns what the source connector is given, but for user and password. */
  Map<String, String> sourceConfiguration() {
    return LegacyContract.sourceConfiguration(
        SourceSettings.of(redisUri, place.endpoints().registryUrl())
            .withKeyPrefix(redisPrefix)
            .withStreamsOn(SignalStream.names(signals)));
  }

  private void start(ConnectRest connect, String name, Map<String, String> configuration)
      throws InterruptedException {
    connect.put(name, configuration);
    connect.awaitRunning(name);
    spec.commandLine().getOut().println(name + " runs");
    spec.commandLine().getOut().flush();
  }

  private String clusterId() throws InterruptedException {
    try (Admin admin = Admin.create(place.endpoints().kafka())) {
      return admin.describeCluster().clusterId().get();
    } catch (ExecutionException | KafkaException e) {
      throw new CommandFailure(
          "Kafka at "
              + place.endpoints().bootstrapServers()
              + " does not report its cluster id: "
              + e.getMessage(),
          e);
    }
  }
}
