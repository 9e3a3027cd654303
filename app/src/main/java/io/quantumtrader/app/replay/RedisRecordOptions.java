package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RedisAccess;
import io.quantumtrader.app.service.SignalStream;
import io.quantumtrader.connectors.redis.write.RedisAddress;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Option;

/** Which Redis of the old system is recorded, as given on a command line. */
final class RedisRecordOptions {

  /** The option that asks for it. */
  static final String OPTION = "--from-redis";

  private static final int USAGE = 2;

  @Option(
      names = OPTION,
      paramLabel = "URI",
      description =
          "Record the streams of the old system from this Redis instead of a pipeline,"
              + " redis://host:port/database or host:port; it is only read. Their entries become"
              + " intents as the source connector reads them. User and password come from"
              + " QUANTUM_REDIS_USERNAME and QUANTUM_REDIS_PASSWORD, or --config. Of an RDB file:"
              + " start a redis-server with it first.")
  private String uri;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "quantum:",
      description = "Prefix of the keys in that Redis. Default: quantum:")
  private String prefix;

  @Option(
      names = SignalStream.OPTION,
      split = ",",
      paramLabel = SignalStream.LABEL,
      description =
          "Also take signals in that Redis as intents: ai is the stream ai.signal_generated, live is"
              + " live_signals; either or both. Default: none.")
  private List<SignalStream> signals = List.of();

  boolean wanted() {
    return uri != null;
  }

  String prefix() {
    return prefix;
  }

  /** Returns the names of streams that are read beside those that always are, without prefix. */
  List<String> signals() {
    return SignalStream.names(signals);
  }

  /**
   * Returns where it is.
   *
   * @param config holds user, password and certificates
   * @throws CommandFailure where the address cannot be used
   */
  RedisEndpoint endpoint(ClientConfig config) {
    if (uri.contains("@")) {
      throw new CommandFailure(
          USAGE, OPTION + " must not hold a password: set QUANTUM_REDIS_PASSWORD", null);
    }
    try {
      RedisEndpoint endpoint = RedisAccess.at(uri.contains("://") ? uri : "redis://" + uri, config);
      if (endpoint.where().layout() == RedisAddress.Layout.CLUSTER) {
        throw new CommandFailure(
            USAGE, OPTION + ": the old system had no cluster; give a server or a master", null);
      }
      return endpoint;
    } catch (ConfigException wrong) {
      throw new CommandFailure(USAGE, OPTION + ": " + wrong.getMessage(), wrong);
    }
  }
}
