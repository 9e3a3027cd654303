package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.cli.ClientConfig.Server;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RedisAccess;
import io.quantumtrader.compose.FixedPorts;
import io.quantumtrader.compose.StackException;
import io.quantumtrader.compose.StackPart;
import io.quantumtrader.compose.StackSettings;
import io.quantumtrader.connectors.redis.RedisConnectionConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/**
 * The chosen stack: what is embedded, where, and what is used at an address.
 *
 * @param settings of the stack
 * @param config how to get into what is not embedded
 */
record StackChoice(StackSettings settings, ClientConfig config) {

  private static final int USAGE = 2;

  /** What a Connect worker puts before settings of the clients that it makes for connectors. */
  private static final List<String> OF_CONNECTORS = List.of("", "consumer.", "producer.", "admin.");

  /**
   * Returns the stack that was asked for.
   *
   * @throws CommandFailure if it cannot be used
   */
  static StackChoice of(UpOptions options) {
    return new Choosing(options.parts, options.client.config()).choose();
  }

  /** One choice on its way. */
  private static final class Choosing {

    private final UpOptions.Parts parts;
    private final Optional<String> broker;
    private final Optional<String> registry;
    private final Optional<String> redis;
    private final ClientConfig config;

    Choosing(UpOptions.Parts parts, ClientConfig given) {
      this.parts = parts;
      broker = Optional.ofNullable(parts.bootstrapServers).or(given::bootstrapServers);
      registry = Optional.ofNullable(parts.schemaRegistry).or(given::registryUrl);
      redis =
          Optional.ofNullable(parts.redis)
              .or(() -> Optional.ofNullable(given.redis().get(RedisConnectionConfig.URI)));
      Set<Server> embedded = EnumSet.noneOf(Server.class);
      addUnless(broker.isPresent(), Server.KAFKA, embedded);
      addUnless(registry.isPresent(), Server.REGISTRY, embedded);
      addUnless(redis.isPresent(), Server.REDIS, embedded);
      config = given.beside(embedded);
    }

    private static void addUnless(boolean given, Server server, Set<Server> embedded) {
      if (!given) {
        embedded.add(server);
      }
    }

    StackChoice choose() {
      try {
        requirePortsOfEmbedded();
        StackSettings settings = settings();
        redis.ifPresent(uri -> RedisAccess.at(uri, config));
        return new StackChoice(settings, config);
      } catch (StackException | ConfigException e) {
        throw new CommandFailure(USAGE, e.getMessage(), e);
      }
    }

    private StackSettings settings() {
      StackSettings settings = StackSettings.embedded();
      if (parts.data != null) {
        settings = settings.keptIn(parts.data);
      }
      if (broker.isPresent()) {
        settings = settings.withKafkaAt(broker.get());
      }
      if (registry.isPresent()) {
        settings = settings.withRegistryAt(registry.get());
      }
      if (redis.isPresent()) {
        settings = settings.withRedisAt(redis.get());
      }
      if (parts.leftOut().contains(Part.REDIS)) {
        settings = settings.withoutConnect();
      }
      for (Map.Entry<String, String> each : config.kafka().entrySet()) {
        for (String prefix : OF_CONNECTORS) {
          settings = settings.withConnectSetting(prefix + each.getKey(), each.getValue());
        }
      }
      for (Map.Entry<StackPart, Integer> port : parts.ports().entrySet()) {
        settings = settings.withPort(port.getKey(), port.getValue());
      }
      return settings;
    }

    /** A port of a part that is not embedded would be set, and nobody would listen there. */
    private void requirePortsOfEmbedded() {
      refuse(broker.isPresent(), StackPart.BROKER, "--bootstrap-servers");
      refuse(registry.isPresent(), StackPart.REGISTRY, "--schema-registry");
      refuse(redis.isPresent(), StackPart.REDIS, "--redis");
      refuse(parts.leftOut().contains(Part.REDIS), StackPart.CONNECT, "--without redis");
    }

    private void refuse(boolean absent, StackPart part, String because) {
      if (absent && parts.ports().containsKey(part)) {
        throw new StackException(
            "--%s is for an embedded %s; with %s there is none"
                .formatted(FixedPorts.option(part), part.title(), because));
      }
    }
  }
}
