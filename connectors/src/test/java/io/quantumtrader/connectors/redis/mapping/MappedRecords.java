package io.quantumtrader.connectors.redis.mapping;

import static io.quantumtrader.connectors.redis.Records.TIME_MS;

import io.quantumtrader.connectors.redis.Records;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records and what a mapping makes of them, 5 s after they were written. */
final class MappedRecords {

  static final long NOW_MS = TIME_MS + 5_000;

  private MappedRecords() {}

  static List<List<String>> writes(String commands, Object value) {
    RecordMapper mapper = mapper(topic(commands, "ignore"), ExpiryReference.WALL);
    return words(mapper.writes(record("k", value), NOW_MS));
  }

  static SinkRecord record(String key, Object value) {
    return Records.of(Records.TOPIC, 0, 0, key, value);
  }

  static String topic(String commands, String tombstone) {
    return tombstoneMapping(commands, "\"" + tombstone + "\"");
  }

  static String tombstoneMapping(String commands, String tombstone) {
    return "{\"topics\": {\"t\": {\"tombstone\": "
        + tombstone
        + ", \"commands\": ["
        + commands
        + "]}}}";
  }

  static RecordMapper mapper(String mapping, ExpiryReference reference) {
    return new RecordMapper(Mapping.parse(mapping), "p:", reference);
  }

  static List<List<String>> words(List<RedisWrite> writes) {
    return writes.stream().map(RedisWrite::words).toList();
  }
}
