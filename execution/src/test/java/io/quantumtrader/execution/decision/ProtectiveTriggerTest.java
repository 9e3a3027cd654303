package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectiveTriggerTest {

  private static final long OPEN_MS = 120_000;

  private static ProtectiveOrder order(OrderSide side, Kind kind, long atMs) {
    return new ProtectiveOrder("main", "ETHUSDT", side, kind, new BigDecimal("100"), "p", atMs);
  }

  private static Candle candle(String open, String high, String low, String close) {
    return Candles.prices("ETHUSDT", OPEN_MS, open, high, low, close);
  }

  private static void assertPrice(Optional<BigDecimal> found, BigDecimal price) {
    if (price == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found.orElseThrow()).isEqualByComparingTo(price);
    }
  }

  @ParameterizedTest(name = "{0} {1} at 100 in {2} {3} {4} {5}: from {6}")
  @CsvSource({
    // a long position's stop: the low one tick above, at, below; the open at and below
    "SELL, STOP, 105, 110, 100.1, 104,",
    "SELL, STOP, 105, 110, 100, 104, 100",
    "SELL, STOP, 105, 110, 99.9, 104, 100",
    "SELL, STOP, 100, 110, 99, 104, 100",
    "SELL, STOP, 99.9, 110, 99, 104, 99.9",
    // a long position's target
    "SELL, TARGET, 95, 99.9, 90, 96,",
    "SELL, TARGET, 95, 100, 90, 96, 100",
    "SELL, TARGET, 95, 100.1, 90, 96, 100",
    "SELL, TARGET, 100.1, 101, 90, 96, 100.1",
    // a short position's stop
    "BUY, STOP, 95, 99.9, 90, 96,",
    "BUY, STOP, 95, 100, 90, 96, 100",
    "BUY, STOP, 95, 100.1, 90, 96, 100",
    "BUY, STOP, 100.1, 101, 90, 96, 100.1",
    // a short position's target
    "BUY, TARGET, 105, 110, 100.1, 104,",
    "BUY, TARGET, 105, 110, 100, 104, 100",
    "BUY, TARGET, 105, 110, 99.9, 104, 100",
    "BUY, TARGET, 99.9, 110, 99, 104, 99.9",
  })
  void shouldTriggerInsideACandleOrAtItsGap(
      OrderSide side,
      Kind kind,
      String open,
      String high,
      String low,
      String close,
      BigDecimal from) {
    // when
    Optional<BigDecimal> price =
        ProtectiveTrigger.price(order(side, kind, OPEN_MS), candle(open, high, low, close));

    // then
    assertPrice(price, from);
  }

  @ParameterizedTest(name = "placed at {0}: low {1} and close {2} give {3}")
  @CsvSource({
    // placed when it opened or before: the low counts
    "119999, 100, 104, 100",
    "120000, 100, 104, 100",
    // under way: the close alone counts, and the open before the order is no gap
    "120001, 99, 104,",
    "120001, 99, 100.1,",
    "120001, 99, 100, 100",
    "120001, 99, 99.5, 100",
    "179999, 99, 100, 100",
    // closed with the order, or before it
    "180000, 99, 99,",
    "180001, 99, 99,",
  })
  void shouldCountWhatCameAfterTheOrder(long atMs, String low, String close, BigDecimal from) {
    // when
    Optional<BigDecimal> price =
        ProtectiveTrigger.price(
            order(OrderSide.SELL, Kind.STOP, atMs), candle("105", "110", low, close));

    // then
    assertPrice(price, from);
  }

  @ParameterizedTest(name = "open {0} before the order")
  @CsvSource({"99", "101"})
  void shouldTakeNoGapBeforeTheOrder(String open) {
    // when
    Optional<BigDecimal> price =
        ProtectiveTrigger.price(
            order(OrderSide.SELL, Kind.STOP, OPEN_MS + 1), candle(open, "110", "98", "98.5"));

    // then
    assertPrice(price, new BigDecimal("100"));
  }

  @ParameterizedTest(name = "placed at {0}, open {1}: {2}")
  @CsvSource({
    "120000, 100, true",
    "120000, 99, true",
    "120000, 100.1, false",
    "120001, 99, false",
  })
  void shouldSayWhetherTheMarketOpenedBeyondIt(long atMs, String open, boolean beyond) {
    assertThat(
            ProtectiveTrigger.isAtOpen(
                order(OrderSide.SELL, Kind.STOP, atMs), candle(open, "110", "98", "98.5")))
        .isEqualTo(beyond);
  }
}
