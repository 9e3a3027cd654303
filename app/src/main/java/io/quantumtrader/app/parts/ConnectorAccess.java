package io.quantumtrader.app.parts;

import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.connectors.redis.RedisConnectionConfig;
import io.quantumtrader.schemas.serde.SerdeConfig;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Adds to a connector's configuration how it gets into registry and Redis. How it gets into Kafka
 * is the worker's affair.
 */
public final class ConnectorAccess {

  private static final String PROVIDERS = "config.providers";

  private final Map<String, String> registry;
  private final Map<String, String> redis;

  private ConnectorAccess(Map<String, String> registry, Map<String, String> redis) {
    this.registry = registry;
    this.redis = redis;
  }

  /**
   * Returns access for a worker in this process, which shows it to whoever reaches its REST
   * interface on the loopback interface.
   */
  public static ConnectorAccess inProcess(ClientConfig config) {
    return new ConnectorAccess(
        taken(config.registry(), name -> config.registry().get(name)),
        taken(config.redis(), name -> config.redis().get(name)));
  }

  /**
   * Returns access for workers elsewhere, whose REST interface shows configurations: of what is
   * secret only the name of the variable, which they have in their own environment.
   */
  public static ConnectorAccess inWorkers(ClientConfig config) {
    Map<String, String> redis =
        taken(config.redis(), name -> shown("QUANTUM_", name, config.redis()));
    redis.putIfAbsent(RedisConnectionConfig.USERNAME, "${env:QUANTUM_REDIS_USERNAME}");
    redis.putIfAbsent(RedisConnectionConfig.PASSWORD, "${env:QUANTUM_REDIS_PASSWORD}");
    return new ConnectorAccess(
        taken(config.registry(), name -> shown("QUANTUM_REGISTRY_", name, config.registry())),
        redis);
  }

  /** Where to look is for the worker to say, and which providers it has. */
  private static Map<String, String> taken(
      Map<String, String> settings, UnaryOperator<String> value) {
    Map<String, String> taken = new TreeMap<>();
    for (String name : settings.keySet()) {
      if (!name.startsWith(PROVIDERS)
          && !name.equals(SerdeConfig.REGISTRY_URL)
          && !name.equals(RedisConnectionConfig.URI)) {
        taken.put(name, value.apply(name));
      }
    }
    return taken;
  }

  private static String shown(String prefix, String name, Map<String, String> settings) {
    boolean secret =
        name.contains("password")
            || name.contains("user.info")
            || name.contains("token")
            || name.contains("keystore.key");
    String variable =
        prefix
            + name.replaceFirst("^schema\\.registry\\.", "")
                .replace('.', '_')
                .toUpperCase(Locale.ROOT);
    return secret ? "${env:" + variable + "}" : settings.get(name);
  }

  /** Returns a sink's configuration with it; its converter is what speaks to the registry. */
  public Map<String, String> ofSink(Map<String, String> configuration) {
    Map<String, String> complete = new TreeMap<>(configuration);
    registry.forEach((name, value) -> complete.put("value.converter." + name, value));
    complete.putAll(redis);
    return complete;
  }

  /** Returns a source's configuration with it; the source itself speaks to the registry. */
  public Map<String, String> ofSource(Map<String, String> configuration) {
    Map<String, String> complete = new TreeMap<>(configuration);
    complete.putAll(registry);
    complete.putAll(redis);
    return complete;
  }
}
