package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.connectors.redis.mapping.Mapping;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the sink. */
public final class RedisSinkConfig extends AbstractConfig {

  /** Prefix of every key. */
  public static final String KEY_PREFIX = "key.prefix";

  /** What absolute expiries are counted from. */
  public static final String EXPIRY_REFERENCE = "expiry.reference";

  /** Names the keys that hold how far each partition has been written. */
  public static final String FENCE_KEY = "fence.key";

  /** Maximum number of records in one transaction. */
  public static final String TRANSACTION_RECORDS = "transaction.records";

  /** How many replicas must have a record before it counts as written. */
  public static final String WAIT_REPLICAS = "redis.wait.replicas";

  /** How long to wait for them. */
  public static final String WAIT_TIMEOUT = "redis.wait.timeout.ms";

  /** Which of the connector's tasks this is; set by the connector. */
  static final String TASK = "redis.sink.task";

  private static final String NAME = "name";
  private static final String TOPICS = "topics";

  /** What the sink can be told. */
  public static final ConfigDef DEFINITION = definition();

  private final Mapping mapping;
  private final RedisEndpoint endpoint;

  /**
   * Reads the settings.
   *
   * @throws ConfigException if one is missing or wrong, or a topic has no mapping
   */
  public RedisSinkConfig(Map<String, String> properties) {
    super(DEFINITION, properties);
    this.mapping = Mapping.parse(MappingConfig.json(this));
    this.endpoint = RedisConnectionConfig.endpoint(this);
    checkTopics();
  }

  /** Returns where Redis is and how to get in. */
  public RedisEndpoint endpoint() {
    return endpoint;
  }

  /** Returns how long to wait for a connection or a reply. */
  public Duration timeout() {
    return endpoint.timeout();
  }

  /** Returns how many replicas must have a record before it counts as written, 0 for none. */
  public int waitReplicas() {
    return getInt(WAIT_REPLICAS);
  }

  /** Returns how long to wait for replicas, milliseconds. */
  public long waitTimeoutMs() {
    return getInt(WAIT_TIMEOUT);
  }

  /** Returns the connector's name. */
  public String connector() {
    return originalsStrings().getOrDefault(NAME, "redis-sink");
  }

  /** Returns which of the connector's tasks this is, counted from 0. */
  public String task() {
    return originalsStrings().getOrDefault(TASK, "0");
  }

  /** Returns the mapping. */
  public Mapping mapping() {
    return mapping;
  }

  /** Returns what stands before every key. */
  public String keyPrefix() {
    return getString(KEY_PREFIX);
  }

  /** Returns what absolute expiries are counted from. */
  public ExpiryReference expiryReference() {
    return ExpiryReference.ofSetting(getString(EXPIRY_REFERENCE));
  }

  /** Returns what the fence keys begin with, prefix and connector name included. */
  public String fenceKey() {
    return keyPrefix() + getString(FENCE_KEY) + ":" + connector();
  }

  /** Returns how many records a transaction holds at most. */
  public int transactionRecords() {
    return getInt(TRANSACTION_RECORDS);
  }

  /** Returns the pauses between tries. */
  public Backoff backoff() {
    return RetryConfig.backoff(this);
  }

  private void checkTopics() {
    String topics = originalsStrings().get(TOPICS);
    if (topics == null) {
      return;
    }
    Set<String> unmapped = new TreeSet<>(List.of(topics.trim().split("\\s*,\\s*")));
    unmapped.removeAll(mapping.topics());
    if (!unmapped.isEmpty()) {
      throw new ConfigException(
          MappingConfig.MAPPING
              + ": topics without mapping: "
              + String.join(", ", unmapped)
              + "; add them to the mapping");
    }
  }

  private static ConfigDef definition() {
    ConfigDef definition = RedisConnectionConfig.define(new ConfigDef());
    defineMapping(new SettingGroup(definition, "Mapping"));
    defineWriting(new SettingGroup(definition, "Writing"));
    return definition;
  }

  private static void defineMapping(SettingGroup settings) {
    MappingConfig.define(settings, Mapping::parse, "How records become Redis commands, JSON.")
        .add(
            KEY_PREFIX,
            ConfigDef.Type.STRING,
            "",
            null,
            Importance.MEDIUM,
            "Prefix of every key and every channel.")
        .add(
            EXPIRY_REFERENCE,
            ConfigDef.Type.STRING,
            ExpiryReference.WALL.setting(),
            ValidString.in(ExpiryReference.WALL.setting(), ExpiryReference.RECORD.setting()),
            Importance.MEDIUM,
            "What absolute expiries and the age of stream entries are counted from. wall: the"
                + " wall clock; a record that has already expired deletes its keys. record: the"
                + " record's own time, so that a replay keeps its keys.");
  }

  private static void defineWriting(SettingGroup settings) {
    settings
        .add(
            FENCE_KEY,
            ConfigDef.Type.STRING,
            "connect:offset",
            new ConfigDef.NonEmptyString(),
            Importance.LOW,
            "The keys {key.prefix}{fence.key}:{connector}:{topic}:{partition} hold the next offset"
                + " to write and change in the same transaction as the writes; in a cluster there"
                + " is one for each slot. Delete them to have records written again; change this"
                + " name when topics are recreated.")
        .add(
            TRANSACTION_RECORDS,
            ConfigDef.Type.INT,
            500,
            Range.between(1, 100_000),
            Importance.LOW,
            "Maximum number of records in one transaction.")
        .add(
            WAIT_REPLICAS,
            ConfigDef.Type.INT,
            0,
            Range.between(0, 100),
            Importance.LOW,
            "How many replicas of each master must have a record before its offset is committed"
                + " (WAIT); 0: none. With none, a failover may lose what the replica did not have.")
        .add(
            WAIT_TIMEOUT,
            ConfigDef.Type.INT,
            1_000,
            Range.atLeast(1),
            Importance.LOW,
            "How long to wait for replicas before the records are delivered again, milliseconds.");
    RetryConfig.define(settings);
  }
}
