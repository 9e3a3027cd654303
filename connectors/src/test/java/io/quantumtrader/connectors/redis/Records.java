package io.quantumtrader.connectors.redis;

import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records for tests: topic {@code t}, partition 0, schemaless unless said otherwise. */
public final class Records {

  public static final String TOPIC = "t";
  public static final long TIME_MS = 1_700_000_000_000L;

  private Records() {}

  public static SinkRecord of(long offset, Object value) {
    return of(TOPIC, 0, offset, "k", value);
  }

  public static SinkRecord of(String topic, int partition, long offset, Object key, Object value) {
    return new SinkRecord(
        topic, partition, null, key, null, value, offset, TIME_MS, TimestampType.CREATE_TIME);
  }

  public static SinkRecord tombstone(long offset, String key) {
    return of(TOPIC, 0, offset, key, null);
  }

  public static SinkRecord withoutTime(Object value) {
    return new SinkRecord(TOPIC, 0, Schema.STRING_SCHEMA, "k", null, value, 0L);
  }

  public static Map<String, Object> value(String name, Object value) {
    return Map.of(name, value);
  }
}
