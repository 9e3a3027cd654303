package io.quantumtrader.connectors.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.connectors.redis.RedisConnectionConfig;
import io.quantumtrader.connectors.redis.RedisSinkConfig;
import io.quantumtrader.connectors.redis.source.RedisSourceConfig;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The old Redis keys as configuration of the generic sink: which topics become which keys, with the
 * fields, formats and times to live that readers of the old system know. {@code
 * docs/redis-contract.md} lists them.
 */
public final class LegacyContract {

  /** The connector's name; its consumer group is {@code connect-} and this. */
  public static final String CONNECTOR_NAME = "quantum-redis-sink";

  /** Class path resource that holds the mapping. */
  public static final String MAPPING_RESOURCE =
      "io/quantumtrader/connectors/legacy/redis-contract.json";

  /** The source connector's name. */
  public static final String SOURCE_NAME = "quantum-redis-source";

  static final String SOURCE_RESOURCE = "io/quantumtrader/connectors/legacy/legacy-source.json";

  static final String SOURCE_MAPPING_RESOURCE =
      "io/quantumtrader/connectors/legacy/legacy-source-mapping.json";

  /** Class path resource that holds the connector's settings. */
  static final String SINK_RESOURCE = "io/quantumtrader/connectors/legacy/legacy-sink.json";

  /** The topics that are written to Redis. */
  public static final List<Topic> TOPICS =
      List.of(
          Topic.POSITION_LEDGER,
          Topic.POSITION_SNAPSHOT,
          Topic.HARVEST_PROPOSAL,
          Topic.HARVEST_CALIBRATED,
          Topic.MARKET_STATE,
          Topic.PORTFOLIO_STATE,
          Topic.APPLY_PLAN,
          Topic.APPLY_RESULT,
          Topic.DECISION,
          Topic.PERMIT,
          Topic.UNIVERSE,
          Topic.POLICY,
          Topic.CONTROL);

  private LegacyContract() {}

  /**
   * Returns the whole configuration of the sink connector: {@code config/legacy-sink.json} with
   * what differs from one place to another. User and password are left to the caller: {@code
   * redis.password}, through a config provider.
   */
  public static Map<String, String> sinkConfiguration(SinkSettings settings) {
    Map<String, String> configuration = sinkTemplate();
    configuration.remove(RedisConnectionConfig.USERNAME);
    configuration.remove(RedisConnectionConfig.PASSWORD);
    configuration.put("tasks.max", Integer.toString(settings.tasks()));
    configuration.put("value.converter.schema.registry.url", settings.registryUrl());
    configuration.put(RedisConnectionConfig.URI, settings.redisUri());
    configuration.put(RedisSinkConfig.KEY_PREFIX, settings.keyPrefix());
    configuration.put(RedisSinkConfig.EXPIRY_REFERENCE, settings.expiryReference().setting());
    configuration.put(RedisSinkConfig.FENCE_KEY, settings.fenceKey());
    return configuration;
  }

  /**
   * Returns the whole configuration of the source connector: {@code config/legacy-source.json} with
   * what differs from one place to another. User and password are left to the caller, as for the
   * sink.
   */
  public static Map<String, String> sourceConfiguration(SourceSettings settings) {
    Map<String, String> configuration = template(SOURCE_RESOURCE);
    configuration.remove(RedisConnectionConfig.USERNAME);
    configuration.remove(RedisConnectionConfig.PASSWORD);
    configuration.put("tasks.max", Integer.toString(settings.tasks()));
    configuration.put("schema.registry.url", settings.registryUrl());
    configuration.put(RedisConnectionConfig.URI, settings.redisUri());
    configuration.put(RedisSourceConfig.KEY_PREFIX, settings.keyPrefix());
    configuration.put(RedisSourceConfig.STREAMS_ON, String.join(",", settings.streamsOn()));
    return configuration;
  }

  /** Returns the connector's name and settings as {@code config/legacy-sink.json} has them. */
  static Map<String, String> sinkTemplate() {
    return template(SINK_RESOURCE);
  }

  private static Map<String, String> template(String resource) {
    try (InputStream in = LegacyContract.class.getClassLoader().getResourceAsStream(resource)) {
      JsonNode connector = new JsonMapper().readTree(in);
      Map<String, String> configuration = new LinkedHashMap<>();
      configuration.put("name", connector.get("name").asText());
      for (Map.Entry<String, JsonNode> setting : connector.get("config").properties()) {
        configuration.put(setting.getKey(), setting.getValue().asText());
      }
      return configuration;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("class path resource " + resource, unreadable);
    }
  }
}
