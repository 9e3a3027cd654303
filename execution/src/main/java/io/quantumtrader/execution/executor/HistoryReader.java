package io.quantumtrader.execution.executor;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Instrument;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Reads what was committed before. */
interface HistoryReader {

  /**
   * Returns what was committed about an account partition; waits for what is being committed.
   *
   * @param accounts those that are taken up: how long they were not published decides how far back
   *     is read
   */
  PartitionHistory partition(int partition, Collection<String> accounts);

  /** Returns the instruments as they were last published. */
  List<Instrument> instruments();

  /**
   * Returns the marks of some symbols, those of a symbol in the order they were written.
   *
   * @param sinceMs smallest record time, epoch milliseconds UTC, 0 or more
   */
  List<Candle> marks(long sinceMs, Set<String> symbols);
}
