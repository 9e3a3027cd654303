package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.avro.AvroConverter;
import io.quantumtrader.connectors.redis.RedisSinkConfig;
import io.quantumtrader.connectors.redis.RedisSinkConnector;
import io.quantumtrader.schemas.topic.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.storage.StringConverter;

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
   * Returns the whole configuration of the sink connector. A password is left to the caller: {@code
   * redis.password}, through a config provider.
   */
  public static Map<String, String> sinkConfiguration(SinkSettings settings) {
    Map<String, String> configuration = new LinkedHashMap<>();
    configuration.put("name", CONNECTOR_NAME);
    configuration.put("connector.class", RedisSinkConnector.class.getName());
    configuration.put("tasks.max", Integer.toString(settings.tasks()));
    configuration.put("topics", topicNames());
    configuration.put("key.converter", StringConverter.class.getName());
    configuration.put("value.converter", AvroConverter.class.getName());
    configuration.put("value.converter.schema.registry.url", settings.registryUrl());
    configuration.put("consumer.override.isolation.level", "read_committed");
    configuration.put("consumer.override.auto.offset.reset", "earliest");
    configuration.put(RedisSinkConfig.URI, settings.redisUri());
    configuration.put(RedisSinkConfig.KEY_PREFIX, settings.keyPrefix());
    configuration.put(RedisSinkConfig.MAPPING_RESOURCE, MAPPING_RESOURCE);
    configuration.put(RedisSinkConfig.EXPIRY_REFERENCE, settings.expiryReference().setting());
    configuration.put(RedisSinkConfig.FENCE_KEY, settings.fenceKey());
    putErrorHandling(configuration);
    return configuration;
  }

  /** Bad records go to the dead-letter topic; an unreachable registry is waited for. */
  private static void putErrorHandling(Map<String, String> configuration) {
    configuration.put("errors.tolerance", "all");
    configuration.put("errors.retry.timeout", "-1");
    configuration.put("errors.retry.delay.max.ms", "10000");
    configuration.put("errors.deadletterqueue.topic.name", Topic.DEAD_LETTER.topicName());
    configuration.put("errors.deadletterqueue.topic.replication.factor", "1");
    configuration.put("errors.deadletterqueue.context.headers.enable", "true");
    configuration.put("errors.log.enable", "true");
  }

  private static String topicNames() {
    return TOPICS.stream().map(Topic::topicName).collect(Collectors.joining(","));
  }
}
