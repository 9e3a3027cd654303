package io.quantumtrader.market.lockstep;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where groups and logs stand. Each method reads after it was called and before it returns, so the
 * order of calls is the order of the readings.
 */
public interface Offsets {

  /**
   * Returns the committed offsets of these groups; a group or a partition without any is absent.
   */
  Map<String, Map<TopicPartition, Long>> committed(Set<String> groups) throws InterruptedException;

  /**
   * Returns the end offset of every partition of these topics: the offset of the next record, or
   * with {@link IsolationLevel#READ_COMMITTED} that of the first record of an open transaction. A
   * topic that does not exist is absent.
   */
  Map<TopicPartition, Long> ends(Set<String> topics, IsolationLevel isolation)
      throws InterruptedException;

  /**
   * Returns whether a reader of committed records finds any from this offset on and before the
   * other: between them may be nothing but the marks that end transactions.
   */
  boolean hasRecords(TopicPartition partition, long from, long to) throws InterruptedException;
}
