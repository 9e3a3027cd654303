package io.quantumtrader.app.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a command gets in where servers ask who it is. */
public final class ClientOptions {

  /** The option's name. */
  public static final String CONFIG = "--config";

  /** Variable that names the file where the option is not given. */
  static final String VARIABLE = "QUANTUM_CONFIG";

  @Option(
      names = CONFIG,
      paramLabel = "FILE",
      description =
          "Properties with settings of the clients of Kafka (security.protocol, sasl.*, ssl.*,"
              + " client.id), registry (basic.auth.*, schema.registry.ssl.*) and Redis (redis.*)."
              + " Variables QUANTUM_KAFKA_*, QUANTUM_REGISTRY_* and QUANTUM_REDIS_* go before it."
              + " Default: QUANTUM_CONFIG, else none.")
  private Path file;

  /** Creates it; picocli sets what is given. */
  public ClientOptions() {}

  /**
   * Returns the settings.
   *
   * @throws CommandFailure if the file cannot be read, or holds what no client knows
   */
  public ClientConfig config() {
    return config(Optional.empty(), System.getenv());
  }

  /** Returns the settings, from another file where none is given. */
  ClientConfig configOr(Optional<Path> otherwise) {
    return config(otherwise, System.getenv());
  }

  private ClientConfig config(Optional<Path> otherwise, Map<String, String> environment) {
    Optional<Path> given =
        Optional.ofNullable(file)
            .or(
                () ->
                    Optional.ofNullable(environment.get(VARIABLE))
                        .filter(v -> !v.isBlank())
                        .map(Path::of))
            .or(() -> otherwise);
    return ClientConfigReader.read(given, environment);
  }
}
