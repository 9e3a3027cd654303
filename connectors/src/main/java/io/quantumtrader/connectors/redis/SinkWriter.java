package io.quantumtrader.connectors.redis;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Writes records in order, each once. */
interface SinkWriter {

  /**
   * Writes records, those that are written already excepted.
   *
   * @throws RetriableException if it is not known that all are written; {@link #disconnect}, then
   *     deliver the same records again
   */
  void write(List<SinkRecord> records);

  /** Forgets a partition: its fence is moved elsewhere from now on. */
  void forget(TopicPartition partition);

  /** Gives its connections up; the next write makes new ones. */
  void disconnect();
}
