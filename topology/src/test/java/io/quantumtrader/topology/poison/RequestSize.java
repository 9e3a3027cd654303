package io.quantumtrader.topology.poison;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;

/** Whether a producer would take a record, as nobody has set it otherwise. */
final class RequestSize {

  /** What it takes, with room for the batch around it, bytes. */
  private static final int LARGEST = 1_048_576 - 512;

  private RequestSize() {}

  /**
   * Checks a record.
   *
   * @throws AssertionError if it is too large
   */
  static void check(String topic, TestRecord<byte[], byte[]> record) {
    int bytes = record.key() == null ? 0 : record.key().length;
    bytes += record.value() == null ? 0 : record.value().length;
    for (Header header : record.headers()) {
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    if (bytes > LARGEST) {
      throw new AssertionError("a record of " + bytes + " bytes for " + topic);
    }
  }
}
