package io.quantumtrader.compose;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a stack is to be made of. Begin with {@link #embedded()} and say what differs.
 *
 * @param dataDirectory where everything is kept; empty for a temporary one, deleted at the end
 * @param bootstrapServers a Kafka cluster to use in place of the embedded broker
 * @param schemaRegistryUrl a registry with Confluent's API to use in place of the embedded one
 * @param redisUri a Redis to use in place of the embedded one
 * @param connect whether there is to be a Kafka Connect worker
 * @param connectSettings worker settings that go before the built-in ones, for clients of a cluster
 *     that wants credentials
 * @param ports where embedded parts are to listen
 */
public record StackSettings(
    Optional<Path> dataDirectory,
    Optional<String> bootstrapServers,
    Optional<String> schemaRegistryUrl,
    Optional<String> redisUri,
    boolean connect,
    Map<String, String> connectSettings,
    FixedPorts ports) {

  /** Takes a copy of the map. */
  public StackSettings {
    connectSettings = Map.copyOf(connectSettings);
  }

  /** Everything embedded, in a temporary directory. */
  public static StackSettings embedded() {
    return new StackSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        Map.of(),
        FixedPorts.NONE);
  }

  /** Keeps everything in this directory, and goes on with what is in it. */
  public StackSettings keptIn(Path directory) {
    return new StackSettings(
        Optional.of(directory),
        bootstrapServers,
        schemaRegistryUrl,
        redisUri,
        connect,
        connectSettings,
        ports);
  }

  /**
   * Uses this Kafka cluster, {@code host:port,...}.
   *
   * @throws StackException if the text is no address
   */
  public StackSettings withKafkaAt(String servers) {
    GivenAddress.requireOne(StackPart.BROKER, servers);
    return new StackSettings(
        dataDirectory,
        Optional.of(servers),
        schemaRegistryUrl,
        redisUri,
        connect,
        connectSettings,
        ports);
  }

  /** Uses this registry, the base URL of Confluent's API. */
  public StackSettings withRegistryAt(String url) {
    GivenAddress.requireOne(StackPart.REGISTRY, url);
    return new StackSettings(
        dataDirectory,
        bootstrapServers,
        Optional.of(url),
        redisUri,
        connect,
        connectSettings,
        ports);
  }

  /** Uses this Redis, {@code redis://host[:port][/database]} or {@code rediss}. */
  public StackSettings withRedisAt(String uri) {
    GivenAddress.requireOne(StackPart.REDIS, uri);
    return new StackSettings(
        dataDirectory,
        bootstrapServers,
        schemaRegistryUrl,
        Optional.of(uri),
        connect,
        connectSettings,
        ports);
  }

  /** Leaves Kafka Connect out. */
  public StackSettings withoutConnect() {
    return new StackSettings(
        dataDirectory,
        bootstrapServers,
        schemaRegistryUrl,
        redisUri,
        false,
        connectSettings,
        ports);
  }

  /** Sets one worker setting of Kafka Connect. */
  public StackSettings withConnectSetting(String name, String value) {
    Map<String, String> more = new HashMap<>(connectSettings);
    more.put(name, value);
    return new StackSettings(
        dataDirectory, bootstrapServers, schemaRegistryUrl, redisUri, connect, more, ports);
  }

  /** Has a part listen on this port of the loopback interface; 0: on a free one. */
  public StackSettings withPort(StackPart part, int port) {
    Map<StackPart, Integer> more = new EnumMap<>(StackPart.class);
    more.putAll(ports.ports());
    more.put(part, port);
    return new StackSettings(
        dataDirectory,
        bootstrapServers,
        schemaRegistryUrl,
        redisUri,
        connect,
        connectSettings,
        new FixedPorts(more));
  }
}
