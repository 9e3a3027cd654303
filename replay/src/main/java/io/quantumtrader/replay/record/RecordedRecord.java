package io.quantumtrader.replay.record;

import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of a topic as a recording has it.
 *
 * @param topic where it lay
 * @param partition its partition, 0 or more
 * @param offset its offset, 0 or more
 * @param timestampMs its time, epoch milliseconds UTC
 * @param key its key; empty where it has none
 * @param headers its headers, in their order
 * @param value its value; empty for a tombstone, and where it is bytes
 * @param bytes its value where that is no record of the topic's schema: of a dead letter, and of
 *     what could not be read
 */
public record RecordedRecord(
    Topic topic,
    int partition,
    long offset,
    long timestampMs,
    Optional<String> key,
    List<RecordedHeader> headers,
    Optional<SpecificRecord> value,
    Optional<byte[]> bytes) {

  /**
   * A header.
   *
   * @param name its name
   * @param value its value; null for none
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares headers
  public record RecordedHeader(String name, byte[] value) {}
}
