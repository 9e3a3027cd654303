package io.quantumtrader.topology.failure;

/**
 * Where a record is.
 *
 * @param topic its topic
 * @param partition its partition, 0 or more
 * @param offset its offset, 0 or more
 */
public record RecordPlace(String topic, int partition, long offset) {

  /** Whether both are of one partition. */
  boolean isBeside(RecordPlace other) {
    return topic.equals(other.topic) && partition == other.partition;
  }

  @Override
  public String toString() {
    return topic + "-" + partition + " at offset " + offset;
  }
}
