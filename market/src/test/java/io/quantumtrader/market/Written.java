package io.quantumtrader.market;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer in memory, and what was written to it in words. */
final class Written {

  final RecordSerdes serdes =
      new RecordSerdes(
          Map.of(
              "schema.registry.url", "mock://" + UUID.randomUUID(), "auto.register.schemas", true));
  final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<String> notes = new ArrayList<>();
  private int seen;

  /** Returns an output to it, for this many account partitions. */
  FeedOutput output(int accountPartitions) {
    return new FeedOutput(producer, serdes, accountPartitions);
  }

  /** Notes something in the order of what is written. */
  void note(String what) {
    collect();
    notes.add(what);
  }

  /** Returns everything written and noted so far, in order. */
  List<String> log() {
    collect();
    return notes;
  }

  private void collect() {
    List<ProducerRecord<byte[], byte[]>> history = producer.history();
    while (seen < history.size()) {
      notes.add(words(history.get(seen++)));
    }
  }

  private String words(ProducerRecord<byte[], byte[]> written) {
    String key = written.key() == null ? "-" : new String(written.key(), StandardCharsets.UTF_8);
    return switch (Topic.named(written.topic()).orElseThrow()) {
      case CLOCK -> {
        Clock clock = read(written, Clock.class);
        yield "clock %d/%s p%d %d @%d"
            .formatted(
                written.partition(),
                key,
                clock.getPartition(),
                clock.getNowMs(),
                written.timestamp());
      }
      case CANDLE -> "candle " + words(key, read(written, Candle.class), written);
      case MARK -> "mark " + words(key, read(written, Candle.class), written);
      case TRADE_INTENT ->
          "intent %s %s @%d"
              .formatted(key, read(written, TradeIntent.class).getIntentId(), written.timestamp());
      case DEAD_LETTER -> "dead letter " + new String(written.value(), StandardCharsets.UTF_8);
      default -> written.topic();
    };
  }

  private static String words(String key, Candle candle, ProducerRecord<byte[], byte[]> written) {
    return "%s %d+%d @%d"
        .formatted(key, candle.getOpenTimeMs(), candle.getIntervalMs(), written.timestamp());
  }

  <T extends SpecificRecord> T read(ProducerRecord<byte[], byte[]> written, Class<T> type) {
    return serdes.of(type).deserializer().deserialize(written.topic(), written.value());
  }
}
