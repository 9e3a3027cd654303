package io.quantumtrader.replay.log;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

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
}
