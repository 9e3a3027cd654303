package io.quantumtrader.app.replay;

import io.quantumtrader.app.tap.TappedRecord;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Hands the records of the catalog's topics on, decoded, as they are appended. */
final class LogTap implements RecordLog.Listener {

  private final Consumer<TappedRecord> taker;
  private final Map<Topic, Deserializer<? extends SpecificRecord>> readers =
      new EnumMap<>(Topic.class);
  private final List<Early> early = new ArrayList<>();
  private RecordSerdes serdes;

  /** What is there before it is known how to decode it. */
  private record Early(TopicPartition partition, LogEntry entry) {}

  LogTap(Consumer<TappedRecord> taker) {
    this.taker = taker;
  }

  /** Says how to decode; what came before is handed on now. */
  void decodeWith(RecordSerdes with) {
    serdes = with;
    early.forEach(each -> appended(each.partition(), each.entry()));
    early.clear();
  }

  @Override
  public void appended(TopicPartition partition, LogEntry entry) {
    Optional<Topic> topic = Topic.named(partition.topic());
    if (topic.isEmpty()) {
      return;
    }
    if (serdes == null) {
      early.add(new Early(partition, entry));
      return;
    }
    taker.accept(
        new TappedRecord(
            topic.get(), entry.recordOf(partition), value(topic.get(), entry.value()), false));
  }

  private Optional<SpecificRecord> value(Topic topic, byte[] value) {
    if (value == null || topic.valueType().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        readers
            .computeIfAbsent(topic, any -> serdes.of(topic.valueType().get()).deserializer())
            .deserialize(topic.topicName(), value));
  }
}
