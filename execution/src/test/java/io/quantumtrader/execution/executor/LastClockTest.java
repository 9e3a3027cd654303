package io.quantumtrader.execution.executor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What the last steps of the clock say to whoever takes over. */
final class LastClockTest {

  private static final long WALL = 1_780_000_000_000L;

  private final LastClock clock = new LastClock(WALL);
  private long offset;

  private void step(long nowMs, int partition, Optional<String> market) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(Topic.CLOCK.topicName(), 0, offset++, new byte[0], new byte[0]);
    market.ifPresent(name -> record.headers().add(MarketHeaders.MARKET, name.getBytes(UTF_8)));
    clock.see(record, Optional.of(new Clock(nowMs, 1_000L, partition)));
  }

  @Test
  void shouldKnowTheMarketOfTheLastStep() {
    assertThat(clock.market()).isEmpty();

    step(WALL - 2_000, 0, Optional.of("binance"));
    step(WALL - 1_000, 0, Optional.of("binance:demo"));
    assertThat(clock.market()).contains("binance:demo");
    assertThat(clock.nowMs()).isEqualTo(WALL - 1_000);

    step(WALL, 0, Optional.empty());
    assertThat(clock.market()).isEmpty();
  }

  @Test
  void shouldPassOverStepsOfOtherPartitions() {
    step(WALL - 2_000, 0, Optional.of("binance"));
    step(WALL - 1_000, 1, Optional.of("elsewhere"));

    assertThat(clock.market()).contains("binance");
    assertThat(clock.nowMs()).isEqualTo(WALL - 2_000);
  }
}
