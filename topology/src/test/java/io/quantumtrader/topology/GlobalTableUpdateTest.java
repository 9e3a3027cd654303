package io.quantumtrader.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a record does to a global table, and which become dead letters instead. */
final class GlobalTableUpdateTest {

  private static final String TABLE = "table";

  /** A letter with the place that its record has. */
  private record Buried(TopicPartition source, long offset, ProducerRecord<byte[], byte[]> letter) {

    String header(String name) {
      return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
  }

  /** Keeps letters. */
  private static final class Kept implements TableLetters {
    private final List<Buried> letters = new ArrayList<>();
    private int closed;

    @Override
    public void bury(TopicPartition source, long offset, ProducerRecord<byte[], byte[]> letter) {
      letters.add(new Buried(source, offset, letter));
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @TempDir Path directory;

  private final RecordSerdes serdes =
      new RecordSerdes(
          Map.of("schema.registry.url", "mock://table-update", "auto.register.schemas", true));
  private final Kept kept = new Kept();
  private final GlobalTableProgress progress = new GlobalTableProgress();
  private MockProcessorContext<Void, Void> context;

  @Test
  void shouldKeepTheLastRowOfEachKeyAndTakeOneAwayWithATombstone() {
    Table<Control> table = table(Topic.CONTROL, Control.class);
    table.take(0, "main", Given.control("main", TradingState.ACTIVE));
    table.take(1, "desk", Given.control("desk", TradingState.ACTIVE));
    table.take(2, "main", Given.control("main", TradingState.HALTED));
    assertThat(table.row("main").getTradingState()).isEqualTo(TradingState.HALTED);

    table.take(3, "main", null);

    assertThat(table.row("main")).isNull();
    assertThat(table.row("desk").getTradingState()).isEqualTo(TradingState.ACTIVE);
    assertThat(kept.letters).isEmpty();
    assertApplied(Topic.CONTROL, 3);
  }

  @Test
  void shouldLeaveTheRowAsItWasWhereAValueCannotBeRead() {
    Table<Control> table = table(Topic.CONTROL, Control.class);
    table.take(0, "main", Given.control("main", TradingState.HALTED));

    table.takeBytes(7, "main", new byte[] {9, 1, 2});

    assertThat(table.row("main").getTradingState()).isEqualTo(TradingState.HALTED);
    assertBuried(Topic.CONTROL, 7, "VALUE_UNREADABLE");
    assertThat(kept.letters.getFirst().letter().value()).containsExactly(9, 1, 2);
    assertThat(kept.letters.getFirst().letter().key()).isEqualTo("main".getBytes(UTF_8));
    assertApplied(Topic.CONTROL, 7);
  }

  @Test
  void shouldLeaveTheRowAsItWasWhereTheValueIsOfAnother() {
    Table<Instrument> table = table(Topic.INSTRUMENT, Instrument.class);
    Instrument row = Given.instrument("BTCUSDT").build();
    table.take(0, "BTCUSDT", row);

    table.take(1, "BTCUSDT", Given.instrument("ETHUSDT").build());

    assertThat(table.row("BTCUSDT")).isEqualTo(row);
    assertThat(table.row("ETHUSDT")).isNull();
    assertBuried(Topic.INSTRUMENT, 1, "KEY_VALUE_MISMATCH");
    assertApplied(Topic.INSTRUMENT, 1);
  }

  @Test
  void shouldBuryWhatHasNoKeyOrOneOfNobodyTombstonesToo() {
    Table<Control> table = table(Topic.CONTROL, Control.class);

    table.take(0, null, Given.control("main", TradingState.HALTED));
    assertBuried(Topic.CONTROL, 0, "KEY_INVALID");
    kept.letters.clear();
    table.take(1, "No Account", Given.control("main", TradingState.HALTED));
    assertBuried(Topic.CONTROL, 1, "KEY_INVALID");
    kept.letters.clear();
    table.take(2, "No Account", null);
    assertBuried(Topic.CONTROL, 2, "KEY_INVALID");

    assertThat(table.row("No Account")).isNull();
    assertApplied(Topic.CONTROL, 2);
  }

  @Test
  void shouldWaitForTheRegistryAndNotBuryWhatItCannotAskAbout() {
    AtomicInteger asked = new AtomicInteger();
    Deserializer<Control> real = serdes.of(Control.class).deserializer();
    Deserializer<Control> awayTwice =
        (topic, value) -> {
          if (asked.incrementAndGet() <= 2) {
            throw new RegistryUnavailableException("away", null);
          }
          return real.deserialize(topic, value);
        };
    Table<Control> table = table(Topic.CONTROL, Control.class, awayTwice);

    table.take(0, "main", Given.control("main", TradingState.HALTED));

    assertThat(asked).hasValue(3);
    assertThat(table.row("main").getTradingState()).isEqualTo(TradingState.HALTED);
    assertThat(kept.letters).isEmpty();
  }

  @Test
  void shouldLetTheLettersOutWhereItIsClosed() {
    Table<Control> table = table(Topic.CONTROL, Control.class);
    table.update.close();
    assertThat(kept.closed).isEqualTo(1);
  }

  private void assertApplied(Topic topic, long offset) {
    assertThat(progress.snapshot())
        .containsExactly(Map.entry(new TopicPartition(topic.topicName(), 3), offset));
  }

  private void assertBuried(Topic topic, long offset, String reason) {
    assertThat(kept.letters).hasSize(1);
    Buried buried = kept.letters.getFirst();
    assertThat(buried.source()).isEqualTo(new TopicPartition(topic.topicName(), 3));
    assertThat(buried.offset()).isEqualTo(offset);
    assertThat(buried.header(DeadLetter.REASON)).isEqualTo(reason);
    assertThat(buried.header(DeadLetter.TOPIC)).isEqualTo(topic.topicName());
    assertThat(buried.header(DeadLetter.OFFSET)).isEqualTo(Long.toString(offset));
  }

  private <V extends SpecificRecord> Table<V> table(Topic topic, Class<V> type) {
    return table(topic, type, serdes.of(type).deserializer());
  }

  private <V extends SpecificRecord> Table<V> table(
      Topic topic, Class<V> type, Deserializer<V> deserializer) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
    settings.put(TableLetters.SETTING, kept);
    context =
        new MockProcessorContext<>(
            settings, new org.apache.kafka.streams.processor.TaskId(0, 0), directory.toFile());
    Serde<V> serde = serdes.of(type);
    KeyValueStore<String, V> store =
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(TABLE), Serdes.String(), serde)
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    GlobalTableUpdate<V> update = new GlobalTableUpdate<>(TABLE, topic, deserializer, progress);
    update.init(context);
    return new Table<>(topic, update, store, serde);
  }

  /** A table with its records, which lie in partition 3. */
  private final class Table<V extends SpecificRecord> {
    private final Topic topic;
    private final GlobalTableUpdate<V> update;
    private final KeyValueStore<String, V> store;
    private final Serde<V> serde;

    Table(
        Topic topic, GlobalTableUpdate<V> update, KeyValueStore<String, V> store, Serde<V> serde) {
      this.topic = topic;
      this.update = update;
      this.store = store;
      this.serde = serde;
    }

    void take(long offset, String key, V value) {
      takeBytes(
          offset,
          key,
          value == null ? null : serde.serializer().serialize(topic.topicName(), value));
    }

    void takeBytes(long offset, String key, byte[] value) {
      context.setRecordMetadata(topic.topicName(), 3, offset);
      update.process(new Record<>(key == null ? null : key.getBytes(UTF_8), value, Given.NOON));
    }

    V row(String key) {
      return store.get(key);
    }
  }
}
