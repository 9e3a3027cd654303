package io.quantumtrader.app.schemas;

import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.schemas.registry.RegistryException;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import io.quantumtrader.schemas.serde.SerdeConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Option;

/** A live registry. */
final class RegistryOptions {

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "Base address of the registry's Confluent API.")
  private String url;

  @Option(
      names = {"--config", "--registry-config"},
      paramLabel = "FILE",
      description = {
        "Properties with more settings of the registry client in Confluent's names: credentials,",
        "schema.registry.ssl.*, time-outs. Those of Kafka's and Redis' clients are left alone."
      })
  private Path file;

  boolean isGiven() {
    return url != null || file != null;
  }

  /** Asks the registry; what it does not answer is a failure of one line with its exit code. */
  <T> T ask(Function<SchemaRegistry, T> question) {
    try (SchemaRegistry registry = new SerdeConfig(settings()).registry()) {
      return question.apply(registry);
    } catch (RegistryException | ConfigException failed) {
      throw new CommandFailure(
          SchemasCommand.REGISTRY, failed.getMessage().replaceAll("\\s+", " "), failed);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings =
        new HashMap<>(ClientConfig.read(Optional.ofNullable(file)).registry());
    Optional.ofNullable(url).ifPresent(given -> settings.put(SerdeConfig.REGISTRY_URL, given));
    return settings;
  }
}
