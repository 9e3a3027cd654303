package io.quantumtrader.market;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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
    TopicReader reader = new TopicReader(client, WITHIN);
    Map<String, Long> last = new HashMap<>();
    reader.readLastValues(
        Topic.CANDLE,
        CANDLES_BACK,
        serdes.of(Candle.class).deserializer(),
        candle -> last.merge(candle.getSymbol(), candle.getOpenTimeMs(), Math::max));
    return new WrittenMarket(nameOf(client), Map.copyOf(last));
  }

  /**
   * Returns which market the newest step of the clock is of; empty where there is none, or it does
   * not say.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @throws org.apache.kafka.common.KafkaException where the broker does not answer
   */
  public static Optional<String> nameOf(Map<String, Object> client) {
    Newest newest = new Newest();
    new TopicReader(client, WITHIN).readLast(Topic.CLOCK, 1, newest);
    return newest.market();
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
      return record == null ? Optional.empty() : MarketHeaders.marketOf(record.headers());
    }
  }
}
