package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.replay.stages.RestoredRows;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Lets a test break the pipeline from outside, to see that the broken promise is noticed. The code
 * of the pipeline knows nothing of it.
 */
interface Tampering {

  /** Leaves everything as it is. */
  Tampering NONE = new Tampering() {};

  /** Returns what the executor reads plans through. */
  default Consumer<byte[], byte[]> plans(Consumer<byte[], byte[]> read, RecordSerdes serdes) {
    return read;
  }

  /** Returns what the executor is given as its exchange. */
  default Exchange exchange(Exchange real) {
    return real;
  }

  /**
   * Returns what tasks remember of their stores. All of them begin anew at every step, unless this
   * is {@link #NONE}.
   *
   * @param serdes of the rows
   * @param nowMs the time of the world, epoch ms
   */
  default RestoredRows remembered(RecordSerdes serdes, LongSupplier nowMs) {
    return RestoredRows.ALL;
  }
}
