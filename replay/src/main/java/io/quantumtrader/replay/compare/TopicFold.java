package io.quantumtrader.replay.compare;

import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Decodes the records of some topics as they are appended and hands them on; the others, most of
 * all candles and market states, are not decoded. Nothing lies on those topics before it is known
 * how to decode.
 */
final class TopicFold implements RecordLog.Listener {

  private final Set<Topic> topics;
  private final Consumer<SpecificRecord> taker;
  private final Map<String, Deserializer<? extends SpecificRecord>> readers = new HashMap<>();

  TopicFold(Set<Topic> topics, Consumer<SpecificRecord> taker) {
    this.topics = Set.copyOf(topics);
    this.taker = taker;
  }

  void decodeWith(RecordSerdes serdes) {
    topics.forEach(
        topic ->
            readers.put(
                topic.topicName(), serdes.of(topic.valueType().orElseThrow()).deserializer()));
  }

  @Override
  public void appended(TopicPartition partition, LogEntry entry) {
    Deserializer<? extends SpecificRecord> reader = readers.get(partition.topic());
    if (reader != null && entry.value() != null) {
      taker.accept(reader.deserialize(partition.topic(), entry.value()));
    }
  }
}
