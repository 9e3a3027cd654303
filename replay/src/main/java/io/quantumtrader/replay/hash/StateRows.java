package io.quantumtrader.replay.hash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of all tables that decide, as bytes: the stores of the stages and the compacted topics.
 * A later row of a key takes the place of the one before, and null takes it away, so that it may be
 * filled from stores, or from changelogs in the order of their records.
 *
 * <p>Left out is what no decision comes of: the epoch of the feed, which is the wall time of its
 * start; and changes of the policy that wait, of which a replay has what came of them alone. Schema
 * ids are left out too, as each registry gives its own.
 */
public final class StateRows {

  /** A row that is nobody's own. */
  static final String SHARED = "";

  /** Stands between the name of a store and the partition of its task. */
  private static final char TASK = '@';

  private static final byte MAGIC = 0;
  private static final int SCHEMA_ID_BYTES = 5;
  private static final byte[] EPOCH = "epoch".getBytes(UTF_8);
  private static final byte[] NO_BYTES = {};

  /** What the keys of a store say. */
  private enum Keys {
    /** Nothing of accounts: what they name is shared by all. */
    SHARED,
    /** Nothing at all: each task has such rows of its own. */
    OF_TASK,
    /** First the account. */
    ACCOUNT,
    /** An hour, then the account. */
    HOUR_ACCOUNT,
    /** The symbol, then the account. */
    SYMBOL_ACCOUNT
  }

  private static final Map<String, Keys> STORES =
      Map.ofEntries(
          Map.entry(Names.UNIVERSE_STATE_STORE, Keys.SHARED),
          Map.entry(Names.UNIVERSE_STORE, Keys.SHARED),
          Map.entry(Names.UNIVERSE_BEGIN_STORE, Keys.SHARED),
          Map.entry(Names.MARKET_HEAD_STORE, Keys.SHARED),
          Map.entry(Names.MARKET_CLOSE_STORE, Keys.SHARED),
          Map.entry(Names.MARKET_MINUTE_STORE, Keys.SHARED),
          Map.entry(Names.MARK_STORE, Keys.SHARED),
          Map.entry(Names.OPEN_POSITION_STORE, Keys.SYMBOL_ACCOUNT),
          Map.entry(Names.EXCHANGE_VIEW_STORE, Keys.SYMBOL_ACCOUNT),
          Map.entry(Names.CLOCK_STORE, Keys.OF_TASK),
          Map.entry(Names.WAITING_ENTRY_STORE, Keys.OF_TASK),
          Map.entry(Names.SEEN_INTENT_STORE, Keys.HOUR_ACCOUNT),
          Map.entry(Names.SEEN_FILL_STORE, Keys.HOUR_ACCOUNT),
          Map.entry(Names.OPEN_PLAN_STORE, Keys.ACCOUNT),
          Map.entry(Names.PLANNED_RISK_STORE, Keys.ACCOUNT),
          Map.entry(Names.EXIT_ATTEMPT_STORE, Keys.ACCOUNT),
          Map.entry(Names.CLOSE_ORDER_STORE, Keys.ACCOUNT),
          Map.entry(Names.GRANTED_ENTRY_STORE, Keys.ACCOUNT),
          Map.entry(Names.LEDGER_STORE, Keys.ACCOUNT),
          Map.entry(Names.PORTFOLIO_STORE, Keys.ACCOUNT),
          Map.entry(Names.EXCHANGE_ACCOUNT_STORE, Keys.ACCOUNT),
          Map.entry(Names.POSITION_SNAPSHOT_STORE, Keys.ACCOUNT));

  private final NavigableMap<String, NavigableMap<byte[], byte[]>> tables = new TreeMap<>();

  /**
   * Puts a row of a store.
   *
   * @param store its name
   * @param partition of its task; counts only where each task has rows of its own
   * @param avro whether values are in the registry's wire format
   * @param value null where the row is gone
   * @throws IllegalArgumentException if it is not known what the keys of the store say
   */
  public void store(String store, int partition, boolean avro, byte[] key, byte[] value) {
    if (store.equals(Names.CLOCK_STORE) && Arrays.equals(key, EPOCH)) {
      return;
    }
    String table = keysOf(store) == Keys.OF_TASK ? store + TASK + partition : store;
    put(table, key, avro ? withoutSchemaId(value) : value);
  }

  /**
   * Puts a row of a compacted topic.
   *
   * @param value in the registry's wire format; null where the row is gone
   */
  public void topic(Topic topic, byte[] key, byte[] value) {
    if (topic == Topic.POLICY_SCHEDULE) {
      return;
    }
    put(topic.topicName(), key, withoutSchemaId(value));
  }

  private void put(String table, byte[] key, byte[] value) {
    NavigableMap<byte[], byte[]> rows =
        tables.computeIfAbsent(table, any -> new TreeMap<>(Arrays::compareUnsigned));
    byte[] at = key == null ? NO_BYTES : key;
    if (value == null) {
      rows.remove(at);
    } else {
      rows.put(at, value);
    }
  }

  private static byte[] withoutSchemaId(byte[] value) {
    return value == null || value.length < SCHEMA_ID_BYTES || value[0] != MAGIC
        ? value
        : Arrays.copyOfRange(value, SCHEMA_ID_BYTES, value.length);
  }

  /** Returns the rows by table and key, both ascending; a view. */
  Map<String, NavigableMap<byte[], byte[]>> tables() {
    return tables;
  }

  /** Returns whose a row is: an account, or nobody's own. */
  static String owner(String table, byte[] key) {
    Optional<Topic> topic = Topic.named(table);
    if (topic.isPresent()) {
      return topic.get().group() == PartitionGroup.ACCOUNT
          ? Accounts.accountOf(new String(key, UTF_8))
          : SHARED;
    }
    String text = new String(key, UTF_8);
    int task = table.indexOf(TASK);
    return switch (keysOf(task < 0 ? table : table.substring(0, task))) {
      case SHARED, OF_TASK -> SHARED;
      case ACCOUNT -> text.split("[:|]", 2)[0];
      case HOUR_ACCOUNT -> text.split("\\|", 3)[1];
      case SYMBOL_ACCOUNT -> text.substring(text.lastIndexOf(':') + 1);
    };
  }

  private static Keys keysOf(String store) {
    Keys keys = STORES.get(store);
    if (keys == null) {
      throw new IllegalArgumentException("nobody said whose the rows of " + store + " are");
    }
    return keys;
  }
}
