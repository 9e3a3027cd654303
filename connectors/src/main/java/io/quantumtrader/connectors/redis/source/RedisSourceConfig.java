package io.quantumtrader.connectors.redis.source;

import io.quantumtrader.connectors.redis.Backoff;
import io.quantumtrader.connectors.redis.MappingConfig;
import io.quantumtrader.connectors.redis.RedisConnectionConfig;
import io.quantumtrader.connectors.redis.RetryConfig;
import io.quantumtrader.connectors.redis.write.RedisAddress;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the Redis source. */
public final class RedisSourceConfig extends AbstractConfig {

  /** Prefix of every key. */
  public static final String KEY_PREFIX = "key.prefix";

  /** The consumer group. */
  public static final String GROUP = "group";

  /** Where a group begins that is not there yet. */
  public static final String GROUP_START = "group.start";

  /** The consumer's name in the group. */
  public static final String CONSUMER = "consumer";

  /** Entries of a stream in one read at most. */
  public static final String BATCH = "batch.entries";

  /** How long one read waits for entries. */
  public static final String BLOCK = "block.ms";

  /** How long another consumer's entries lie before they are taken over. */
  public static final String CLAIM_IDLE = "claim.idle.ms";

  /** Where entries go that cannot be read. */
  public static final String DEAD_LETTERS = "dead.letter.topic";

  /** How large an entry may be. */
  public static final String ENTRY_BYTES = "entry.max.bytes";

  /** Streams that the mapping has switched off and that are to be read. */
  public static final String STREAMS_ON = "streams.on";

  /** How often watched keys are looked at. */
  public static final String KEYS_POLL = "keys.poll.ms";

  /** How long a change of watched keys that is not urgent has to stand. */
  public static final String KEYS_SETTLE = "keys.settle.ms";

  /** What keys of the sink begin with that shows the state of watched keys. */
  public static final String SINK_PREFIX = "keys.sink.prefix";

  /** Given by the connector to its tasks: which parts of the mapping are theirs. */
  static final String TASK_PARTS = "task.parts";

  private static final String NAME = "name";

  /** What the source can be told. */
  public static final ConfigDef DEFINITION = connection(reading(new ConfigDef()));

  private final SourceMapping mapping;
  private final RedisEndpoint endpoint;

  /**
   * Reads the settings.
   *
   * @throws ConfigException if one is missing or wrong
   */
  public RedisSourceConfig(Map<String, String> properties) {
    super(DEFINITION, properties);
    mapping = SourceMapping.parse(MappingConfig.json(this)).switchedOn(getList(STREAMS_ON));
    endpoint = RedisConnectionConfig.endpoint(this);
    if (endpoint.where().layout() == RedisAddress.Layout.CLUSTER) {
      throw new ConfigException(
          RedisConnectionConfig.URI
              + ": the source reads from one server or a sentinels' master, not from a cluster");
    }
    mapping.streams().forEach(Readers::of);
    mapping.keys().forEach(Readers::of);
  }

  private static ConfigDef reading(ConfigDef definition) {
    return MappingConfig.define(
            definition,
            SourceMapping::parse,
            "What is read and where it goes, JSON: {\"streams\": [{\"stream\": \"orders\","
                + " \"topic\": \"orders\"}]}.")
        .define(
            GROUP,
            ConfigDef.Type.STRING,
            "",
            Importance.HIGH,
            "Consumer group; created if it does not exist. Empty: the connector's name.")
        .define(
            GROUP_START,
            ConfigDef.Type.STRING,
            "0",
            ConfigDef.ValidString.in("0", "$"),
            Importance.HIGH,
            "Where a new group starts. 0: at the oldest entry. $: at entries added from now on."
                + " A group that vanishes later is created again where it was.")
        .define(
            CONSUMER,
            ConfigDef.Type.STRING,
            "",
            Importance.LOW,
            "Name of the consumer in the group, the same for all tasks: each stream belongs to"
                + " one task. Empty: the connector's name.")
        .define(
            BATCH,
            ConfigDef.Type.INT,
            500,
            Range.between(1, 10_000),
            Importance.LOW,
            "Maximum number of entries of one stream in one read.")
        .define(
            BLOCK,
            ConfigDef.Type.LONG,
            500L,
            Range.between(1, 10_000),
            Importance.LOW,
            "How long one read waits for entries, milliseconds; stopping may take as long.")
        .define(
            CLAIM_IDLE,
            ConfigDef.Type.LONG,
            60_000L,
            Range.atLeast(1),
            Importance.MEDIUM,
            "How long entries lie unacknowledged with another consumer of the group before they are"
                + " taken over, milliseconds.")
        .define(
            DEAD_LETTERS,
            ConfigDef.Type.STRING,
            "",
            Importance.HIGH,
            "Topic for entries that cannot be read: the entry as JSON bytes, the reason in headers."
                + " Empty: the task fails at the first one.")
        .define(
            ENTRY_BYTES,
            ConfigDef.Type.INT,
            900_000,
            Range.atLeast(1),
            Importance.LOW,
            "Maximum bytes of an entry's names and values; a larger entry, which the broker"
                + " would refuse, becomes a dead letter without a value.")
        .define(
            STREAMS_ON,
            ConfigDef.Type.LIST,
            List.of(),
            Importance.MEDIUM,
            "Streams that the mapping has switched off (\"off\": true) and that are to be read all"
                + " the same: their names without prefix, separated by commas.")
        .define(
            KEYS_POLL,
            ConfigDef.Type.LONG,
            500L,
            Range.between(10, 60_000),
            Importance.LOW,
            "How often watched keys are read, milliseconds.")
        .define(
            KEYS_SETTLE,
            ConfigDef.Type.LONG,
            2_000L,
            Range.between(0, 60_000),
            Importance.LOW,
            "How long a change of watched keys that is not urgent must last before it counts,"
                + " milliseconds; make it longer than a sink takes to write.")
        .define(
            SINK_PREFIX,
            ConfigDef.Type.STRING,
            "",
            Importance.LOW,
            "Prefix of the keys of the sink that shows the same state, where it is not key.prefix:"
                + " what was set elsewhere is found there. Empty: key.prefix.");
  }

  private static ConfigDef connection(ConfigDef definition) {
    RedisConnectionConfig.define(definition)
        .define(KEY_PREFIX, ConfigDef.Type.STRING, "", Importance.MEDIUM, "Prefix of every key.");
    return RetryConfig.define(definition);
  }

  /** Returns where Redis is and how to get in. */
  public RedisEndpoint endpoint() {
    return endpoint;
  }

  /** Returns the mapping. */
  public SourceMapping mapping() {
    return mapping;
  }

  /** Returns what stands before every key. */
  public String keyPrefix() {
    return getString(KEY_PREFIX);
  }

  /** Returns what stands before the keys of the sink that shows the same state. */
  String sinkKeyPrefix() {
    String prefix = getString(SINK_PREFIX);
    return prefix.isEmpty() ? keyPrefix() : prefix;
  }

  /** Returns the consumer group. */
  public String group() {
    String group = getString(GROUP);
    return group.isEmpty() ? connector() : group;
  }

  /** Returns the consumer's name. */
  public String consumer() {
    String consumer = getString(CONSUMER);
    return consumer.isEmpty() ? connector() : consumer;
  }

  /** Returns the connector's name. */
  public String connector() {
    return originalsStrings().getOrDefault(NAME, "redis-source");
  }

  /** Returns the pauses between tries. */
  public Backoff backoff() {
    return RetryConfig.backoff(this);
  }

  /** Returns the name of this task among the connector's: the parts that belong to it. */
  String task() {
    return originalsStrings().getOrDefault(TASK_PARTS, "all");
  }

  /** Returns which parts of the mapping, streams first, then keys, belong to this task. */
  List<Integer> parts() {
    String parts = originalsStrings().get(TASK_PARTS);
    List<Integer> indices = new ArrayList<>();
    int all = mapping.streams().size() + mapping.keys().size();
    for (int i = 0; i < all; i++) {
      if (parts == null || List.of(parts.split(",", -1)).contains(Integer.toString(i))) {
        indices.add(i);
      }
    }
    return indices;
  }
}
