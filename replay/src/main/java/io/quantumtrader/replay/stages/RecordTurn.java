package io.quantumtrader.replay.stages;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A record whose turn it is in a task.
 *
 * @param metadata where it comes from; null outside of a turn
 * @param headers its headers; null outside of a turn
 * @param timestampMs the time that its extractor gave it
 * @param rawKey its key as it lies in the topic
 * @param rawValue its value as it lies in the topic
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares turns
record RecordTurn(
    RecordMetadata metadata, Headers headers, long timestampMs, byte[] rawKey, byte[] rawValue) {

  static final RecordTurn NONE = new RecordTurn(null, null, 0, null, null);

  /** The place in a topic that a record comes from. */
  record Origin(String topic, int partition, long offset) implements RecordMetadata {

    Origin(TopicPartition of, long offset) {
      this(of.topic(), of.partition(), offset);
    }
  }
}
