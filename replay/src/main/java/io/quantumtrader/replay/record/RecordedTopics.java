package io.quantumtrader.replay.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.replay.log.TopicValues;
import io.quantumtrader.replay.record.RecordedRecord.RecordedHeader;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads the topics of a pipeline into a recording. */
public final class RecordedTopics {

  private final long fromMs;
  private final long toMs;
  private final LongConsumer progress;
  private final TopicValues values;
  private long written;

  /**
   * Creates the reader.
   *
   * @param fromMs earliest time of a record, epoch milliseconds UTC; compacted topics are taken
   *     from their beginning, as they say what was there before
   * @param toMs latest time of a record
   * @param progress hears how many records were taken
   */
  public RecordedTopics(RecordSerdes serdes, long fromMs, long toMs, LongConsumer progress) {
    this.values = new TopicValues(serdes);
    this.fromMs = fromMs;
    this.toMs = toMs;
    this.progress = progress;
  }

  /**
   * Takes what is committed as this is called.
   *
   * @throws org.apache.kafka.common.KafkaException if it cannot be read to its end in time
   * @throws UncheckedIOException where the recording cannot be written
   */
  public void read(TopicReader reader, RecordSink sink) {
    List<String> names = Arrays.stream(Topic.values()).map(Topic::topicName).toList();
    reader.readAll(names, record -> take(Topic.named(record.topic()).orElseThrow(), record, sink));
  }

  /** Takes one record. */
  public void take(Topic topic, ConsumerRecord<byte[], byte[]> record, RecordSink sink) {
    boolean early = record.timestamp() < fromMs && topic.cleanup() != Topic.Cleanup.COMPACT;
    if (early || record.timestamp() > toMs) {
      return;
    }
    try {
      sink.write(recorded(topic, record));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    progress.accept(++written);
  }

  private RecordedRecord recorded(Topic topic, ConsumerRecord<byte[], byte[]> record) {
    List<RecordedHeader> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(new RecordedHeader(header.key(), header.value()));
    }
    // What cannot be read is kept as it is, so that the replay finds it as the pipeline did.
    Optional<SpecificRecord> value = values.read(topic, record.value());
    return new RecordedRecord(
        topic,
        record.partition(),
        record.offset(),
        record.timestamp(),
        Optional.ofNullable(record.key()).map(key -> new String(key, UTF_8)),
        headers,
        value,
        value.isPresent() ? Optional.empty() : Optional.ofNullable(record.value()));
  }
}
