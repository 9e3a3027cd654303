package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Deciding;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps rows of a topic that others write; a tombstone takes those of its key away. */
final class RowProcessor<V extends SpecificRecord> implements Processor<String, V, Void, Void> {

  private final int accountPartitions;
  private final Function<V, String> keyOf;
  private final Function<ProcessorContext<Void, Void>, Rows<V>> kept;
  private Rows<V> rows;
  private KeyCheck keys;

  /**
   * Creates the processor.
   *
   * @param keyOf reads from a value the key that it belongs under
   * @param kept opens the rows in their store
   */
  RowProcessor(
      int accountPartitions,
      Function<V, String> keyOf,
      Function<ProcessorContext<Void, Void>, Rows<V>> kept) {
    this.accountPartitions = accountPartitions;
    this.keyOf = keyOf;
    this.kept = kept;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    rows = kept.apply(context);
    keys = new KeyCheck(accountPartitions, context);
  }

  @Override
  public void process(Record<String, V> record) {
    keys.accountOfKey(record.key());
    if (record.value() == null) {
      rows.remove(record.key());
      return;
    }
    String named = keyOf.apply(record.value());
    if (!named.equals(record.key())) {
      throw KeyCheck.mismatch(record.key(), named);
    }
    Deciding.checkBounds(record.value());
    rows.put(record.key(), record.value());
  }

  /** Returns the key {@code account:symbol} that rows of positions lie under. */
  static <V> Function<V, String> byAccountAndSymbol(
      Function<V, String> account, Function<V, String> symbol) {
    return value -> Accounts.key(account.apply(value), symbol.apply(value));
  }
}
