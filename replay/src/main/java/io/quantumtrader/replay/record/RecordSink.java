package io.quantumtrader.replay.record;

import java.io.IOException;

/** Takes the records of topics, those of a partition in their order. */
@FunctionalInterface
public interface RecordSink {

  /**
   * Takes a record.
   *
   * @throws IOException where it cannot be written
   */
  void write(RecordedRecord record) throws IOException;
}
