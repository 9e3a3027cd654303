package io.quantumtrader.market.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.MarkPrice;
import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MarkGateTest {

  private static final long NOW = 1_763_546_400_000L;

  private final MarkGate gate = new MarkGate();

  @Test
  void shouldPutAPriceOnTheTick() {
    assertThat(pass("17.26", 0))
        .get()
        .satisfies(
            mark -> {
              assertThat(mark.getClose()).isEqualByComparingTo("17.3");
              assertThat(mark.getOpenTimeMs()).isEqualTo(NOW);
              assertThat(mark.getIntervalMs()).isEqualTo(1);
              assertThat(mark.getVolume()).isZero();
            });
    assertThat(pass("0.01", 1_000)).get().extracting(Candle::getLow).isEqualTo(tick());
  }

  @Test
  void shouldLetTheSamePriceOnOnlyEachFiveSeconds() {
    // given
    assertThat(pass("17.30", 0)).isPresent();

    // then: the same on the tick
    assertThat(pass("17.31", 1_000)).isEmpty();
    assertThat(pass("17.29", 4_499)).isEmpty();
    assertThat(pass("17.30", 4_500)).isPresent();
    assertThat(pass("17.30", 6_000)).isEmpty();
    assertThat(pass("17.40", 7_000)).isPresent();
  }

  @Test
  void shouldNotGoBackInTime() {
    // given
    assertThat(pass("17.3", 2_000)).isPresent();
    assertThat(pass("17.3", 4_000)).isEmpty();

    // then: not even behind one that said nothing new
    assertThat(pass("18.0", 3_000)).isEmpty();
    assertThat(pass("18.0", 4_000)).isEmpty();
    assertThat(pass("18.0", 4_001)).isPresent();
  }

  @Test
  void shouldNotBeHeldBackByATimeToCome() {
    // given
    assertThat(gate.pass(mark("17.3", 5_001), tick(), NOW)).isEmpty();

    // then
    assertThat(gate.pass(mark("17.3", 5_000), tick(), NOW)).isPresent();
  }

  @Test
  void shouldKnowWhetherASymbolIsHeardOf() {
    // given
    assertThat(gate.hasWithin("A", 4_000, NOW)).isFalse();
    Optional<Candle> unused = pass("17.3", 0);

    // then
    assertThat(gate.hasWithin("A", 4_000, NOW + 4_000)).isTrue();
    assertThat(gate.hasWithin("A", 4_000, NOW + 4_001)).isFalse();
    assertThat(gate.hasWithin("B", 4_000, NOW)).isFalse();
  }

  private Optional<Candle> pass(String price, long afterMs) {
    return gate.pass(mark(price, afterMs), tick(), NOW + afterMs);
  }

  private static MarkPrice mark(String price, long afterMs) {
    return new MarkPrice("A", new BigDecimal(price), NOW + afterMs);
  }

  private static BigDecimal tick() {
    return new BigDecimal("0.1");
  }
}
