package io.quantumtrader.replay.compare;

import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.log.TopicValues;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Decodes the records of some topics as they are appended and hands them on; the others, most of
 * all candles and market states, are not decoded. Nothing lies on those topics before it is known
 * how to decode. What cannot be read is counted and passed over.
 */
final class TopicFold implements RecordLog.Listener {

  private final Map<String, Topic> topics = new HashMap<>();
  private final Consumer<SpecificRecord> taker;
  private TopicValues values;

  TopicFold(Set<Topic> topics, Consumer<SpecificRecord> taker) {
    topics.forEach(topic -> this.topics.put(topic.topicName(), topic));
    this.taker = taker;
  }

  void decodeWith(RecordSerdes serdes) {
    values = new TopicValues(serdes);
  }

  @Override
  public void appended(TopicPartition partition, LogEntry entry) {
    Topic topic = values == null ? null : topics.get(partition.topic());
    if (topic != null) {
      values.read(topic, entry.value()).ifPresent(taker);
    }
  }

  /** Returns how many values could not be read. */
  long unreadable() {
    return values == null ? 0 : values.unreadable();
  }
}
