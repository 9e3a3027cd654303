package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.mapping.RecordMapper;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record and what it becomes in Redis.
 *
 * @param record as it came
 * @param partition where it came from, before any transformation
 * @param writes its commands; none where it is bad
 * @param problem why it is bad, or null
 */
record RenderedRecord(
    SinkRecord record, TopicPartition partition, List<RedisWrite> writes, String problem) {

  /** Renders records; a bad one is reported only when its turn to be written comes. */
  static List<RenderedRecord> all(List<SinkRecord> records, RecordMapper mapper, long nowMs) {
    List<RenderedRecord> rendered = new ArrayList<>(records.size());
    TopicPartition last = null;
    for (SinkRecord record : records) {
      last = partition(record, last);
      rendered.add(render(record, last, mapper, nowMs));
    }
    return rendered;
  }

  static Set<TopicPartition> partitions(List<RenderedRecord> records) {
    Set<TopicPartition> partitions = new LinkedHashSet<>();
    for (RenderedRecord record : records) {
      partitions.add(record.partition());
    }
    return partitions;
  }

  /** Returns its place in its partition. */
  long offset() {
    return record.originalKafkaOffset();
  }

  private static RenderedRecord render(
      SinkRecord record, TopicPartition partition, RecordMapper mapper, long nowMs) {
    try {
      return new RenderedRecord(record, partition, mapper.writes(record, nowMs), null);
    } catch (DataException problem) {
      return new RenderedRecord(record, partition, List.of(), problem.getMessage());
    }
  }

  /** Returns where a record came from: neighbours mostly share it. */
  static TopicPartition partition(SinkRecord record, TopicPartition last) {
    boolean same =
        last != null
            && last.partition() == record.originalKafkaPartition()
            && last.topic().equals(record.originalTopic());
    return same
        ? last
        : new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
  }
}
