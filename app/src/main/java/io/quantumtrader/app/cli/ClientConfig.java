package io.quantumtrader.app.cli;

import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.serde.SerdeConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How clients get in where servers ask who they are: settings of Kafka's clients, of the registry's
 * and of Redis', under the names that these have themselves. No value is in its text form.
 *
 * @param file where they were read; empty if none was given
 * @param kafka settings of every Kafka client, for example {@code security.protocol}
 * @param registry settings of the registry client, for example {@code basic.auth.user.info}
 * @param redis settings of the Redis client, for example {@code redis.username}
 * @param embedded servers that let everybody in, since they are embedded in the pipeline's process
 */
public record ClientConfig(
    Optional<Path> file,
    Map<String, String> kafka,
    Map<String, String> registry,
    Map<String, String> redis,
    Set<Server> embedded) {

  /** What clients get into. */
  public enum Server {
    KAFKA,
    REGISTRY,
    REDIS
  }

  /** For servers that let everybody in. */
  public static final ClientConfig NONE =
      new ClientConfig(Optional.empty(), Map.of(), Map.of(), Map.of(), Set.of());

  /** Takes copies of the maps. */
  public ClientConfig {
    kafka = Map.copyOf(kafka);
    registry = Map.copyOf(registry);
    redis = Map.copyOf(redis);
    embedded = Set.copyOf(embedded);
  }

  /**
   * Reads settings from a file of properties and from the environment, which goes before it.
   *
   * @throws CommandFailure in one line, with exit code 2, if the file cannot be read, or if a
   *     setting is unknown or not for a file to change
   */
  public static ClientConfig read(Optional<Path> file) {
    return ClientConfigReader.read(file, System.getenv());
  }

  /**
   * Returns the same for a pipeline of which some servers are embedded in its own process: these
   * let everybody in, and take no other settings than their own.
   */
  public ClientConfig beside(Set<Server> servers) {
    return new ClientConfig(
        file,
        servers.contains(Server.KAFKA) ? Map.of() : kafka,
        servers.contains(Server.REGISTRY) ? Map.of() : registry,
        servers.contains(Server.REDIS) ? Map.of() : redis,
        servers);
  }

  /** Returns the broker addresses that the settings name. */
  public Optional<String> bootstrapServers() {
    return Optional.ofNullable(kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
  }

  /** Returns the registry's address that the settings name. */
  public Optional<String> registryUrl() {
    return Optional.ofNullable(registry.get(SerdeConfig.REGISTRY_URL));
  }

  /** Returns the configuration that every Kafka client starts from. */
  public Map<String, Object> kafkaAt(String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return settings;
  }

  /** Returns serde configuration: schemas are registered beforehand, never on the way. */
  public Map<String, Object> registryAt(String url) {
    Map<String, Object> settings = new HashMap<>(registry);
    settings.put(SerdeConfig.REGISTRY_URL, url);
    settings.put(SerdeConfig.AUTO_REGISTER, "false");
    return settings;
  }

  /** Returns serdes of a registry. */
  public RecordSerdes serdesAt(String url) {
    return new RecordSerdes(registryAt(url));
  }

  @Override
  public String toString() {
    return "ClientConfig[%s, kafka %s, registry %s, redis %s]"
        .formatted(
            file.map(Path::toString).orElse("no file"),
            new TreeMap<>(kafka).keySet(),
            new TreeMap<>(registry).keySet(),
            new TreeMap<>(redis).keySet());
  }
}
