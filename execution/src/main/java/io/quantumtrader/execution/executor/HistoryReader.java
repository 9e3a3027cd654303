package io.quantumtrader.execution.executor;

import io.quantumtrader.schemas.avro.Instrument;
import java.util.List;

/** Reads what was committed before. */
interface HistoryReader {

  /** Returns what was committed about an account partition; waits for what is being committed. */
  PartitionHistory partition(int partition);

  /** Returns the instruments as they were last published. */
  List<Instrument> instruments();
}
