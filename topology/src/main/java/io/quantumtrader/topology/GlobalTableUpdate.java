package io.quantumtrader.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.bounds.TableRow;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.deadletter.LetterReader;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a global table, and tells how far it is.
 *
 * <p>Values are read here and not by the source: Streams cannot send a dead letter from the thread
 * of the global tables, and a record that is skipped there is not counted. One that can be no row
 * leaves the row as it was and becomes a dead letter by way of {@link TableLetters}. While the
 * registry cannot be asked, the table waits: a stop of this thread would end the whole process.
 */
final class GlobalTableUpdate<V extends SpecificRecord>
    implements Processor<byte[], byte[], Void, Void> {

  private static final Logger LOG = LoggerFactory.getLogger(GlobalTableUpdate.class);
  private static final long REGISTRY_PAUSE_MS = 1_000;

  private final String storeName;
  private final Topic topic;
  private final Deserializer<V> deserializer;
  private final GlobalTableProgress progress;
  private TableLetters letters;
  private ProcessorContext<Void, Void> context;
  private KeyValueStore<String, V> store;

  GlobalTableUpdate(
      String storeName, Topic topic, Deserializer<V> deserializer, GlobalTableProgress progress) {
    this.storeName = storeName;
    this.topic = topic;
    this.deserializer = deserializer;
    this.progress = progress;
  }

  @Override
  public void init(ProcessorContext<Void, Void> processorContext) {
    context = processorContext;
    store = processorContext.getStateStore(storeName);
    letters = TableLetters.in(processorContext.appConfigs());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    String key = record.key() == null ? null : new String(record.key(), UTF_8);
    try {
      V value = read(record.value());
      Optional<TableRow.Flaw> flaw = TableRow.flaw(topic, key, value);
      if (flaw.isPresent()) {
        bury(
            record,
            source,
            new DecisionFailedException(flaw.get().reason(), flaw.get().message()),
            flaw.get().reason());
      } else {
        store.put(key, value);
      }
    } catch (SerializationException unreadable) {
      bury(record, source, unreadable, ReasonCode.VALUE_UNREADABLE);
    }
    progress.applied(source.topic(), source.partition(), source.offset());
  }

  private void bury(
      Record<byte[], byte[]> record, RecordMetadata source, Exception error, ReasonCode reason) {
    LOG.warn(
        "skipped a record of {}-{}, the row stays as it was: offset {}: {}",
        source.topic(),
        source.partition(),
        source.offset(),
        reason);
    DeadLetter.Source from =
        new DeadLetter.Source(
            source.topic(),
            source.partition(),
            source.offset(),
            record.key(),
            record.value(),
            record.headers());
    letters.bury(
        new TopicPartition(source.topic(), source.partition()),
        source.offset(),
        DeadLetter.of(
            LetterReader.TABLES,
            from,
            DeadLetter.Failure.of(reason, error),
            null,
            Math.max(0, record.timestamp())));
  }

  private V read(byte[] value) {
    while (true) {
      try {
        return value == null ? null : deserializer.deserialize(topic.topicName(), value);
      } catch (RegistryUnavailableException outage) {
        LOG.warn("the table of {} waits for the schema registry", topic.topicName(), outage);
        pause();
      }
    }
  }

  @Override
  public void close() {
    letters.close();
  }

  private static void pause() {
    try {
      Thread.sleep(REGISTRY_PAUSE_MS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for the schema registry", stopped);
    }
  }
}
