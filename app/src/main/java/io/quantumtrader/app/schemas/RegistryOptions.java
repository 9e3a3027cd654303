package io.quantumtrader.app.schemas;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.schemas.registry.RegistryException;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import io.quantumtrader.schemas.serde.SerdeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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
      names = "--registry-config",
      paramLabel = "FILE",
      description = {
        "Properties with more settings of the registry client in Confluent's names: credentials,",
        "schema.registry.ssl.*, time-outs."
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
    Properties known = new Properties();
    if (file != null) {
      try (Reader in = Files.newBufferedReader(file)) {
        known.load(in);
      } catch (IOException | IllegalArgumentException unreadable) {
        throw new CommandFailure(
            2, "cannot read " + file + "; give a file of properties", unreadable);
      }
    }
    Map<String, Object> settings = new HashMap<>();
    known.forEach((name, value) -> settings.put(name.toString(), value));
    Optional.ofNullable(url).ifPresent(given -> settings.put(SerdeConfig.REGISTRY_URL, given));
    return settings;
  }
}
