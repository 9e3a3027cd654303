package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.bounds.TableRow;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.StringSerializer;

/** The control records as they lie on their topic, which has one partition. */
public final class ControlTopic {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  static final TopicPartition PARTITION = new TopicPartition(Topic.CONTROL.topicName(), 0);

  private final Map<String, Object> client;
  private final RecordSerdes serdes;

  /**
   * Names the topic; nothing is connected yet.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   */
  public ControlTopic(Map<String, Object> client, RecordSerdes serdes) {
    this.client = Map.copyOf(client);
    this.serdes = serdes;
  }

  /**
   * The records at a moment.
   *
   * @param last last record of each key, account or *
   * @param end offset behind what was read
   * @param passedOver a line for each record that was skipped because it is not a valid row
   */
  public record Reading(Map<String, Control> last, long end, List<String> passedOver) {

    /** Returns the record of an account, or of all under *. */
    public Optional<Control> of(String key) {
      return Optional.ofNullable(last.get(key));
    }
  }

  /**
   * A record that was written.
   *
   * @param control the record
   * @param offset where it lies on the topic
   */
  public record Written(Control control, long offset) {}

  /**
   * Reads the last record of each key.
   *
   * @throws KafkaException if the topic cannot be read within 15 s
   */
  public Reading read() {
    return read(0, Long.MAX_VALUE);
  }

  /**
   * Replaces the record of a key. Where somebody else wrote one in the meantime, the change is made
   * again on top of theirs, so that no order of theirs is lost.
   *
   * @param before what was read
   * @param absent substitute for a record that was never written
   * @return the record as it was written last
   * @throws KafkaException if it cannot be written within 15 s
   */
  public Written change(
      String key, Reading before, Control absent, UnaryOperator<Control> change, long nowMs) {
    Control base = before.of(key).orElse(absent);
    long end = before.end();
    while (true) {
      Control changed = change.apply(base);
      long offset = write(key, changed, nowMs);
      Optional<Control> between = offset == end ? Optional.empty() : read(end, offset).of(key);
      if (between.isEmpty()) {
        return new Written(changed, offset);
      }
      base = between.get();
      end = offset + 1;
    }
  }

  /**
   * Writes a record.
   *
   * @return its offset
   * @throws KafkaException if it cannot be written within 15 s
   */
  public long write(String key, Control control, long nowMs) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    try (KafkaProducer<String, Control> producer =
        new KafkaProducer<>(
            settings, new StringSerializer(), serdes.of(Control.class).serializer())) {
      return producer
          .send(new ProducerRecord<>(PARTITION.topic(), PARTITION.partition(), nowMs, key, control))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .offset();
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the control record could not be written: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing the control record", e);
    }
  }

  private Reading read(long from, long to) {
    Map<String, Control> last = new TreeMap<>();
    List<String> passedOver = new ArrayList<>();
    TopicReader reader = new TopicReader(client, PATIENCE);
    long end = reader.read(PARTITION, from, to, record -> take(record, last, passedOver));
    return new Reading(last, end, List.copyOf(passedOver));
  }

  /** One rule with stages and executor: what can be no row leaves the row as it was. */
  private void take(
      ConsumerRecord<byte[], byte[]> record, Map<String, Control> last, List<String> passedOver) {
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    try {
      Control row =
          record.value() == null
              ? null
              : serdes.of(Control.class).deserializer().deserialize(record.topic(), record.value());
      Optional<TableRow.Flaw> flaw = TableRow.flaw(Topic.CONTROL, key, row);
      if (flaw.isPresent()) {
        passedOver.add(said(record, flaw.get().message()));
      } else if (row == null) {
        last.remove(key);
      } else {
        last.put(key, row);
      }
    } catch (RegistryUnavailableException outage) {
      throw outage;
    } catch (SerializationException unreadable) {
      passedOver.add(said(record, String.valueOf(unreadable.getMessage())));
    }
  }

  private static String said(ConsumerRecord<byte[], byte[]> record, String why) {
    return "skipped a record of %s that is not a valid row, offset %d: %s"
        .formatted(record.topic(), record.offset(), why.lines().findFirst().orElse(""));
  }
}
