package io.quantumtrader.replay.hash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rows of all tables that decide, as bytes: the stores of the stages and the compacted topics.
 * A later row of a key takes the place of the one before, and null takes it away, so that it may be
 * filled from stores, or from changelogs in the order of their records.
 *
 * <p>Left out is what no decision comes of: the epoch of the feed, which is the wall time of its
 * start. Schema ids are left out too, as each registry gives its own.
 */
public final class StateRows {

  /** A row that is nobody's own. */
  static final String SHARED = "";

  private static final byte MAGIC = 0;
  private static final int SCHEMA_ID_BYTES = 5;
  private static final byte[] EPOCH = "epoch".getBytes(UTF_8);
  private static final byte[] NO_BYTES = {};

  /** Stores whose keys begin with an hour, behind which the account stands. */
  private static final Set<String> HOURLY = Set.of(Names.SEEN_INTENT_STORE, Names.SEEN_FILL_STORE);

  /** Stores of the account sub-topology whose keys name no account. */
  private static final Set<String> OF_TASKS = Set.of(Names.CLOCK_STORE, Names.WAITING_ENTRY_STORE);

  /** Stores of the account sub-topology whose keys begin with the account. */
  private static final Set<String> OF_ACCOUNTS =
      Set.of(
          Names.GRANTED_ENTRY_STORE,
          Names.EXIT_ATTEMPT_STORE,
          Names.CLOSE_ORDER_STORE,
          Names.OPEN_PLAN_STORE,
          Names.PLANNED_RISK_STORE,
          Names.LEDGER_STORE,
          Names.PORTFOLIO_STORE,
          Names.EXCHANGE_ACCOUNT_STORE,
          Names.POSITION_SNAPSHOT_STORE);

  private final NavigableMap<String, NavigableMap<byte[], byte[]>> tables = new TreeMap<>();

  /**
   * Puts a row of a store.
   *
   * @param store its name
   * @param partition of its task; counts only where keys name nobody
   * @param avro whether values are in the registry's wire format
   * @param value null where the row is gone
   */
  public void store(String store, int partition, boolean avro, byte[] key, byte[] value) {
    if (store.equals(Names.CLOCK_STORE) && Arrays.equals(key, EPOCH)) {
      return;
    }
    String table = OF_TASKS.contains(store) ? store + "-" + partition : store;
    put(table, key, avro ? withoutSchemaId(value) : value);
  }

  /**
   * Puts a row of a compacted topic.
   *
   * @param value in the registry's wire format; null where the row is gone
   */
  public void topic(Topic topic, byte[] key, byte[] value) {
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
    if (HOURLY.contains(table)) {
      String[] parts = new String(key, UTF_8).split("\\|", 3);
      return parts.length > 1 ? parts[1] : SHARED;
    }
    if (OF_ACCOUNTS.contains(table)) {
      return new String(key, UTF_8).split("[:|]", 2)[0];
    }
    if (table.equals(Names.OPEN_POSITION_STORE)) {
      String text = new String(key, UTF_8);
      return text.substring(text.indexOf(':') + 1);
    }
    return Topic.named(table)
        .filter(topic -> topic.group() == PartitionGroup.ACCOUNT)
        .map(topic -> Accounts.accountOf(new String(key, UTF_8)))
        .orElse(SHARED);
  }
}
