package io.quantumtrader.replay.log;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A record as it lies in a topic.
 *
 * @param offset its place in its partition, 0 or more
 * @param timestampMs its time, epoch milliseconds UTC
 * @param key its key; null for none
 * @param value its value; null for a tombstone
 * @param headers its headers; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares entries; they are as they lie there
public record LogEntry(long offset, long timestampMs, byte[] key, byte[] value, Header[] headers) {

  static final Header[] NO_HEADERS = {};

  /** Returns the headers anew, for somebody who may add to them. */
  public RecordHeaders copyOfHeaders() {
    return new RecordHeaders(headers.clone());
  }

  /** Returns it as a consumer of its partition gets it. */
  public ConsumerRecord<byte[], byte[]> recordOf(TopicPartition partition) {
    return recordOf(partition, key, value, copyOfHeaders());
  }

  /**
   * Returns it as a consumer that reads keys and values gets it.
   *
   * @param readKey its key, read
   * @param readValue its value, read
   * @param ofRecord its headers, as reading left them
   */
  public <K, V> ConsumerRecord<K, V> recordOf(
      TopicPartition partition, K readKey, V readValue, RecordHeaders ofRecord) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        timestampMs,
        TimestampType.CREATE_TIME,
        size(key),
        size(value),
        readKey,
        readValue,
        ofRecord,
        Optional.empty());
  }

  private static int size(byte[] bytes) {
    return bytes == null ? ConsumerRecord.NULL_SIZE : bytes.length;
  }
}
