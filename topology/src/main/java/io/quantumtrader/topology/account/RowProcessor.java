package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Deciding;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps rows of a topic that others write; a tombstone takes those of its key away. */
final class RowProcessor<V extends SpecificRecord> extends StageProcessor<V> {

  private final Function<V, String> keyOf;
  private final BiFunction<String, V, Change> kept;
  private final Function<String, Change> gone;

  /**
   * Creates the processor.
   *
   * @param keyOf reads from a value the key that it belongs under
   * @param kept what changes with a row
   * @param gone what changes where the rows of a key are taken away
   */
  private RowProcessor(
      int accountPartitions,
      Function<V, String> keyOf,
      BiFunction<String, V, Change> kept,
      Function<String, Change> gone) {
    super(accountPartitions);
    this.keyOf = keyOf;
    this.kept = kept;
    this.gone = gone;
  }

  @Override
  public void process(Record<String, V> record) {
    keys().accountOfKey(record.key());
    long nowMs = state().nowMs();
    if (record.value() == null) {
      write(Outcome.empty().change(gone.apply(record.key())), nowMs);
      return;
    }
    String named = keyOf.apply(record.value());
    if (!named.equals(record.key())) {
      throw KeyCheck.mismatch(record.key(), named);
    }
    Deciding.checkBounds(record.value());
    write(Outcome.empty().change(kept.apply(record.key(), record.value())), nowMs);
  }

  /** Keeps the last values of open positions. */
  static RowProcessor<PositionSnapshot> snapshots(int accountPartitions) {
    return new RowProcessor<>(
        accountPartitions,
        row -> Accounts.key(row.getAccount(), row.getSymbol()),
        Change.PositionValued::new,
        Change.ValuesGone::new);
  }
}
