package io.quantumtrader.app.replay;

import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.log.TopicValues;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Hands the records of the catalog's topics on, decoded, as they are appended. */
final class LogTap implements RecordLog.Listener {

  private final Consumer<TappedRecord> taker;
  private final List<Early> early = new ArrayList<>();
  private TopicValues values;

  /** What is there before it is known how to decode it. */
  private record Early(TopicPartition partition, LogEntry entry) {}

  LogTap(Consumer<TappedRecord> taker) {
    this.taker = taker;
  }

  /** Says how to decode; what came before is handed on now. */
  void decodeWith(RecordSerdes with) {
    values = new TopicValues(with);
    early.forEach(each -> appended(each.partition(), each.entry()));
    early.clear();
  }

  @Override
  public void appended(TopicPartition partition, LogEntry entry) {
    Optional<Topic> topic = Topic.named(partition.topic());
    if (topic.isEmpty()) {
      return;
    }
    if (values == null) {
      early.add(new Early(partition, entry));
      return;
    }
    taker.accept(
        TappedRecord.of(
            topic.get(),
            entry.recordOf(partition),
            values.read(topic.get(), entry.value()),
            false));
  }

  /** Returns how many values could not be read; they were handed on without. */
  long unreadable() {
    return values == null ? 0 : values.unreadable();
  }
}
