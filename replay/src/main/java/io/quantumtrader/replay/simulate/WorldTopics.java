package io.quantumtrader.replay.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.replay.log.LogPartition;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serializer;

/** Writes to the topics of a simulated world. */
final class WorldTopics {

  private static final Header[] NONE = {};

  private final RecordLog log;
  private final RecordSerdes serdes;
  private final Map<Class<?>, Serializer<?>> serializers = new HashMap<>();

  WorldTopics(RecordLog log, RecordSerdes serdes) {
    this.log = log;
    this.serdes = serdes;
  }

  /** Writes a record where its key belongs; null writes a tombstone. */
  <T extends SpecificRecord> void put(Topic topic, Class<T> type, String key, T value, long ms) {
    put(topic, partition(topic, key), type, key, value, ms, NONE);
  }

  /** Writes a record to a partition. */
  <T extends SpecificRecord> void put(
      Topic topic, int partition, Class<T> type, String key, T value, long ms, Header... headers) {
    byte[] bytes = value == null ? null : value(topic, type, value);
    bytes(topic, partition, key == null ? null : key.getBytes(UTF_8), bytes, ms, headers);
  }

  /** Writes bytes to a partition. */
  void bytes(Topic topic, int partition, byte[] key, byte[] value, long ms, Header... headers) {
    log.append(partitions(topic).get(partition), ms, key, value, headers);
  }

  /** Returns where a key belongs. */
  int partition(Topic topic, String key) {
    int count = partitions(topic).size();
    return topic.group() == PartitionGroup.ACCOUNT
        ? Accounts.partitionOf(Accounts.accountOf(key), count)
        : RecordLog.byKey(key.getBytes(UTF_8), count);
  }

  private List<LogPartition> partitions(Topic topic) {
    return log.partitions(topic.topicName());
  }

  /** Returns the bytes of a value as they lie on a topic. */
  @SuppressWarnings("unchecked") // each is put there under the type of what it writes
  <T extends SpecificRecord> byte[] value(Topic topic, Class<T> type, T value) {
    Serializer<T> serializer =
        (Serializer<T>) serializers.computeIfAbsent(type, any -> serdes.of(type).serializer());
    return serializer.serialize(topic.topicName(), value);
  }
}
