package io.quantumtrader.app.feed;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a feed wrote before: which market, and how far its candles go.
 *
 * @param name the market of the newest step of the clock; empty where there is none, or it does not
 *     say
 * @param lastOpenMs open time of the last candle of each symbol, among the last ones there are
 */
public record WrittenMarket(Optional<String> name, Map<String, Long> lastOpenMs) {

  /** Of each partition of candles: hours of a hundred symbols. */
  private static final long CANDLES_BACK = 5_000;

  private static final Duration WITHIN = Duration.ofSeconds(30);

  /**
   * Reads it off the topics.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @throws org.apache.kafka.common.KafkaException where the broker does not answer
   */
  public static WrittenMarket read(Map<String, Object> client, RecordSerdes serdes) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Newest newest = new Newest();
      tail(consumer, Topic.CLOCK, 1, newest);
      Map<String, Long> last = new HashMap<>();
      Deserializer<Candle> candles = serdes.of(Candle.class).deserializer();
      tail(
          consumer,
          Topic.CANDLE,
          CANDLES_BACK,
          record -> {
            Candle candle = candles.deserialize(record.topic(), record.value());
            last.merge(candle.getSymbol(), candle.getOpenTimeMs(), Math::max);
          });
      return new WrittenMarket(newest.market(), Map.copyOf(last));
    }
  }

  private static void tail(
      KafkaConsumer<byte[], byte[]> consumer,
      Topic topic,
      long back,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.topicName(), WITHIN).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, WITHIN);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, WITHIN);
    consumer.assign(partitions);
    ends.forEach((of, end) -> consumer.seek(of, Math.max(begins.get(of), end - back)));
    long deadline = System.nanoTime() + WITHIN.toNanos();
    while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
      consumer.poll(Duration.ofMillis(100)).forEach(taker);
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("cannot read " + topic.topicName() + " to its end");
      }
    }
  }

  /** The newest record and what it says. */
  private static final class Newest implements Consumer<ConsumerRecord<byte[], byte[]>> {

    private ConsumerRecord<byte[], byte[]> record;

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> next) {
      if (record == null || next.timestamp() >= record.timestamp()) {
        record = next;
      }
    }

    Optional<String> market() {
      Header said = record == null ? null : record.headers().lastHeader(MarketHeaders.MARKET);
      return Optional.ofNullable(said)
          .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }
  }
}
