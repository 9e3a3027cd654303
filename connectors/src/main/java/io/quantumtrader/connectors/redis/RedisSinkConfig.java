package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.connectors.redis.mapping.Mapping;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  /** Where Redis is. */
  public static final String URI = "redis.uri";

  /** ACL user. */
  public static final String USERNAME = "redis.username";

  /** Password; give it through a config provider. */
  public static final String PASSWORD = "redis.password";

  /** Stands before every key. */
  public static final String KEY_PREFIX = "key.prefix";

  /** The mapping itself, JSON. */
  public static final String MAPPING = "mapping";

  /** A class path resource that holds the mapping. */
  public static final String MAPPING_RESOURCE = "mapping.resource";

  /** What absolute expiries are counted from. */
  public static final String EXPIRY_REFERENCE = "expiry.reference";

  /** Names the keys that hold how far each partition has been written. */
  public static final String FENCE_KEY = "fence.key";

  /** Records in one transaction at most. */
  public static final String TRANSACTION_RECORDS = "transaction.records";

  /** How long to wait for a connection or a reply. */
  public static final String TIMEOUT = "redis.timeout.ms";

  /** First pause after a failure that may pass. */
  public static final String BACKOFF = "retry.backoff.ms";

  /** Longest pause between tries. */
  public static final String BACKOFF_MAX = "retry.backoff.max.ms";

  private static final String NAME = "name";
  private static final String TOPICS = "topics";

  /** What the sink can be told. */
  public static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              URI,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              checked(value -> RedisEndpoint.check(value)),
              Importance.HIGH,
              "Redis: redis://host:port/database, or rediss:// for TLS. Without user and password.")
          .define(
              USERNAME,
              ConfigDef.Type.STRING,
              "",
              Importance.MEDIUM,
              "ACL user; empty: the default user.")
          .define(
              PASSWORD, ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "Password; empty: none.")
          .define(
              KEY_PREFIX, ConfigDef.Type.STRING, "", Importance.MEDIUM, "Stands before every key.")
          .define(
              MAPPING,
              ConfigDef.Type.STRING,
              null,
              checked(value -> Mapping.parse(value)),
              Importance.HIGH,
              "What records become in Redis, JSON. Either this or " + MAPPING_RESOURCE + ".")
          .define(
              MAPPING_RESOURCE,
              ConfigDef.Type.STRING,
              null,
              checked(value -> Mapping.parse(resource(value))),
              Importance.HIGH,
              "Class path resource that holds the mapping.")
          .define(
              EXPIRY_REFERENCE,
              ConfigDef.Type.STRING,
              ExpiryReference.WALL.setting(),
              ValidString.in(ExpiryReference.WALL.setting(), ExpiryReference.RECORD.setting()),
              Importance.MEDIUM,
              "What absolute expiries are counted from. wall: the clock; what has lapsed is not"
                  + " written. record: the record's own time, so that a replay leaves its keys.")
          .define(
              FENCE_KEY,
              ConfigDef.Type.STRING,
              "connect:offset",
              Importance.LOW,
              "The keys {key.prefix}{fence.key}:{connector}:{topic}:{partition} hold the next offset"
                  + " to write and change in the same transaction as the writes. Delete them to have"
                  + " records written again; change this name when topics are created anew.")
          .define(
              TRANSACTION_RECORDS,
              ConfigDef.Type.INT,
              500,
              Range.between(1, 100_000),
              Importance.LOW,
              "Records in one transaction at most.")
          .define(
              TIMEOUT,
              ConfigDef.Type.INT,
              10_000,
              Range.atLeast(1),
              Importance.LOW,
              "How long to wait for a connection or a reply, milliseconds.")
          .define(
              BACKOFF,
              ConfigDef.Type.LONG,
              100L,
              Range.atLeast(1),
              Importance.LOW,
              "First pause after a failure that may pass, milliseconds; doubles with each try.")
          .define(
              BACKOFF_MAX,
              ConfigDef.Type.LONG,
              10_000L,
              Range.atLeast(1),
              Importance.LOW,
              "Longest pause between tries, milliseconds.");

  private final Mapping mapping;

  /**
   * Reads the settings.
   *
   * @throws ConfigException if one is missing or wrong, or a topic has no mapping
   */
  public RedisSinkConfig(Map<String, String> properties) {
    super(DEFINITION, properties);
    this.mapping = readMapping();
    checkTopics();
  }

  /** Returns where Redis is and how to get in. */
  public RedisEndpoint endpoint() {
    return new RedisEndpoint(
        getString(URI), getString(USERNAME), getPassword(PASSWORD).value(), timeout());
  }

  /** Returns how long to wait for a connection or a reply. */
  public Duration timeout() {
    return Duration.ofMillis(getInt(TIMEOUT));
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
    String connector = originalsStrings().getOrDefault(NAME, "redis-sink");
    return keyPrefix() + getString(FENCE_KEY) + ":" + connector;
  }

  /** Returns how many records a transaction holds at most. */
  public int transactionRecords() {
    return getInt(TRANSACTION_RECORDS);
  }

  /** Returns the pauses between tries. */
  public Backoff backoff() {
    return new Backoff(getLong(BACKOFF), getLong(BACKOFF_MAX));
  }

  private Mapping readMapping() {
    String json = getString(MAPPING);
    String resource = getString(MAPPING_RESOURCE);
    if ((json == null) == (resource == null)) {
      throw new ConfigException("either " + MAPPING + " or " + MAPPING_RESOURCE + " is required");
    }
    return Mapping.parse(json == null ? resource(resource) : json);
  }

  private void checkTopics() {
    String topics = originalsStrings().get(TOPICS);
    if (topics == null) {
      return;
    }
    Set<String> unmapped = new TreeSet<>(List.of(topics.trim().split("\\s*,\\s*")));
    unmapped.removeAll(mapping.topics());
    if (!unmapped.isEmpty()) {
      throw new ConfigException("topics without mapping: " + String.join(", ", unmapped));
    }
  }

  private static String resource(String name) {
    String path = name.startsWith("/") ? name.substring(1) : name;
    try (InputStream in = RedisSinkConfig.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new ConfigException("there is no class path resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("class path resource " + name, unreadable);
    }
  }

  private static ConfigDef.Validator checked(java.util.function.Consumer<String> check) {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          if (value != null) {
            check.accept((String) value);
          }
        },
        () -> "");
  }
}
