package io.quantumtrader.replay.simulate;

import io.quantumtrader.replay.stages.RestoredRows;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Where a test makes the pipeline break its promises, to see that it is noticed. Nothing of the
 * pipeline itself knows of it.
 */
interface Tampering {

  /** Nothing is tampered with. */
  Tampering NONE = new Tampering() {};

  /** Returns what the executor reads plans through. */
  default Consumer<byte[], byte[]> plans(Consumer<byte[], byte[]> read, RecordSerdes serdes) {
    return read;
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
