package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;
import static io.quantumtrader.execution.Candles.prices;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protective orders that a candle sets off. */
final class PaperTriggerTest extends PaperTriggerBase {

  @Test
  void shouldCloseTheWorkedExampleByItsStop() {
    // given: long 0.0025 at 79465, 0.04 % each way
    exchange = new PaperExchange(FEE);
    exchange.see(flat(BTC, 0, "79465"));
    Fill entry = trade("a", OrderSide.BUY, "0.0025");
    protect(OrderSide.SELL, Kind.STOP, "77105");
    protect(OrderSide.SELL, Kind.TARGET, "81826");

    // when: to 79915, then down through the stop
    exchange.see(prices(BTC, NOW, "79465", "79915", "79465", "79915"));
    List<UnplannedFill> early = exchange.unplanned("main", 120_000);
    exchange.see(prices(BTC, 120_000, "79915", "79915", "77000", "77050"));
    UnplannedFill stopped = exchange.unplanned("main", 180_000).getFirst();

    // then: -5.90 and 0.157 in fees
    assertThat(early).isEmpty();
    Fill exit = stopped.fill();
    assertThat(exit.getPrice()).isEqualByComparingTo("77105");
    assertThat(exit.getQuantity()).isEqualByComparingTo("0.0025");
    assertThat(exit.getAtMs()).isEqualTo(180_000);
    assertThat(entry.getFee().add(exit.getFee())).isEqualByComparingTo("0.15657");
    assertThat(account().getWallet()).isEqualByComparingTo("9993.94343");
    assertThat(account().getPositions()).isEmpty();
  }

  @ParameterizedTest(name = "long {0}, high {1} low {2}: {3} at {4}")
  @CsvSource({
    "true, 81825.9, 77105.1,,",
    "true, 81826, 77105.1, TARGET_HIT, 81826",
    "true, 81825.9, 77105, STOP_HIT, 77105",
    "true, 81826, 77105, STOP_HIT, 77105",
    "false, 81825.9, 77105.1,,",
    "false, 81825.9, 77105, TARGET_HIT, 77105",
    "false, 81826, 77105.1, STOP_HIT, 81826",
    "false, 81826, 77105, STOP_HIT, 81826",
  })
  void shouldTakeTheStopBeforeTheTarget(
      boolean isLong, String high, String low, ExitTrigger trigger, BigDecimal price) {
    // given
    if (isLong) {
      openLong();
    } else {
      openShort();
    }

    // when
    exchange.see(prices(BTC, NOW, "79465.1", high, low, "79465.1"));
    List<UnplannedFill> triggered = exchange.unplanned("main", 120_000);

    // then: one of them, and the other is gone with the position
    assertThat(triggered).hasSize(trigger == null ? 0 : 1);
    assertThat(exchange.protection("main", BTC).orElseThrow()).hasSize(trigger == null ? 2 : 0);
    assertThat(account().getPositions()).hasSize(trigger == null ? 1 : 0);
    if (trigger != null) {
      assertThat(triggered.getFirst().trigger()).isEqualTo(trigger);
      assertThat(triggered.getFirst().fill().getPrice()).isEqualByComparingTo(price);
    }
  }

  @ParameterizedTest(name = "long {0}, open {1}, low {2}: filled at {3}")
  @CsvSource({
    // one basis point against the taker, to the tick: 77105 x 0.9999 = 77097.2895
    "true, 79465.1, 77000, 77097.2",
    // gapped: 77050 x 0.9999 = 77042.295
    "true, 77050, 77000, 77042.2",
    // 81826 x 1.0001 = 81834.1826
    "false, 79465.1, 79000, 81834.2",
    // 81900 x 1.0001 = 81908.19
    "false, 81900, 79000, 81908.2",
  })
  void shouldSlipAgainstTheTaker(boolean isLong, String open, String low, BigDecimal price) {
    // given
    exchange = new PaperExchange(PaperSettings.DEFAULT);
    seePrice();
    if (isLong) {
      openLong();
    } else {
      openShort();
    }

    // when
    exchange.see(prices(BTC, NOW, open, isLong ? "79465.1" : "82000", low, "79100.1"));

    // then
    assertThat(exchange.unplanned("main", 120_000))
        .first()
        .satisfies(stopped -> assertThat(stopped.fill().getPrice()).isEqualByComparingTo(price));
  }

  @ParameterizedTest(name = "long {0}: opens at {1}, high {2}, low {3}: {4} at {5}")
  @CsvSource({
    // beyond the stop or the target: at the open, whatever the candle reaches afterwards
    "true, 77000, 82000, 76000, STOP_HIT, 77000",
    "true, 82000, 82500, 77000, TARGET_HIT, 82000",
    "false, 82000, 82500, 77000, STOP_HIT, 82000",
    "false, 77000, 82000, 76000, TARGET_HIT, 77000",
    // between both: the stop first, at its trigger
    "true, 79000, 82500, 76000, STOP_HIT, 77105",
    "false, 79000, 82500, 76000, STOP_HIT, 81826",
  })
  void shouldFillAtTheOpenWhatTheMarketJumpedOver(
      boolean isLong, String open, String high, String low, ExitTrigger trigger, BigDecimal price) {
    for (long missing : new long[] {0, 60}) {
      // given
      exchange = new PaperExchange(FREE);
      seePrice();
      if (isLong) {
        openLong();
      } else {
        openShort();
      }

      // when: it opens there at once, or after an hour without candles
      exchange.see(prices(BTC, NOW + missing * NOW, open, high, low, "79000"));

      // then
      UnplannedFill triggered = exchange.unplanned("main", 120_000).getFirst();
      assertThat(triggered.trigger()).isEqualTo(trigger);
      assertThat(triggered.fill().getPrice()).isEqualByComparingTo(price);
    }
  }

  @ParameterizedTest(name = "long {0}: a mark at {1}: {2} at {3}")
  @CsvSource({
    "true, 77105.1,,",
    "true, 77105, STOP_HIT, 77105",
    "true, 76000, STOP_HIT, 76000",
    "true, 83000, TARGET_HIT, 83000",
    "false, 81825.9,,",
    "false, 81826, STOP_HIT, 81826",
    "false, 83000, STOP_HIT, 83000",
    "false, 76000, TARGET_HIT, 76000",
  })
  void shouldFillAtTheMarkThatJumpedOverIt(
      boolean isLong, String mark, ExitTrigger trigger, BigDecimal price) {
    // given
    if (isLong) {
      openLong();
    } else {
      openShort();
    }

    // when: prices of a moment, five seconds apart, then the candle that holds them
    exchange.see(Candle.newBuilder(flat(BTC, NOW + 5_000, "79000")).setIntervalMs(1).build());
    exchange.see(Candle.newBuilder(flat(BTC, NOW + 10_000, mark)).setIntervalMs(1).build());
    exchange.see(prices(BTC, NOW, "79465", mark, mark, mark));
    List<UnplannedFill> triggered = exchange.unplanned("main", 120_000);

    // then: by the mark, and once
    assertThat(triggered).hasSize(trigger == null ? 0 : 1);
    if (trigger != null) {
      assertThat(triggered.getFirst().trigger()).isEqualTo(trigger);
      assertThat(triggered.getFirst().fill().getPrice()).isEqualByComparingTo(price);
    }
  }

  @ParameterizedTest(name = "sold {0} before: the stop closes {1}")
  @CsvSource({"0.001, 0.0015", "0.0024, 0.0001"})
  void shouldCloseWhatAPartialCloseLeft(String sold, String closed) {
    // given
    openLong();
    trade("b", OrderSide.SELL, sold);

    // when
    exchange.see(flat(BTC, NOW, "77000"));

    // then
    assertThat(exchange.unplanned("main", 120_000))
        .extracting(stopped -> stopped.fill().getQuantity().stripTrailingZeros().toPlainString())
        .containsExactly(closed);
    assertThat(account().getPositions()).isEmpty();
  }

  @Test
  void shouldTellOnceWhatWasTriggered() {
    // given
    openLong();
    exchange.setLeverage("main", BTC, 7, NOW);

    // when: the same candle comes three times
    exchange.see(flat(BTC, NOW, "77000"));
    exchange.see(flat(BTC, NOW, "77000"));
    List<UnplannedFill> triggered = exchange.unplanned("main", 120_000);
    exchange.see(flat(BTC, NOW, "77000"));

    // then
    assertThat(triggered).hasSize(1);
    UnplannedFill stopped = triggered.getFirst();
    assertThat(stopped.clientOrderId()).isEqualTo("qs-" + PLAN + "-s");
    assertThat(stopped.fill().getFillId()).isEqualTo("qs-" + PLAN + "-s-1");
    assertThat(stopped.orderId()).isEqualTo("paper-qs-" + PLAN + "-s");
    assertThat(stopped.leverage()).isEqualTo(7);
    assertThat(account().getLastFillId()).isEqualTo(stopped.fill().getFillId());
    assertThat(exchange.unplanned("main", 120_001)).isEmpty();
    assertThat(exchange.query("main", BTC, "qs-" + PLAN + "-s", 120_001))
        .isInstanceOfSatisfying(
            Accepted.class, found -> assertThat(found.fills()).containsExactly(stopped.fill()));
  }

  @Test
  void shouldPassOverACandleOfAnotherSymbolOrWithoutAPrice() {
    // given
    openLong();

    // when
    exchange.see(flat("ETHUSDT", NOW, "2000"));
    exchange.see(prices(BTC, NOW, "79465.1", "79465.1", "0", "79465.1"));

    // then
    assertThat(exchange.unplanned("main", 120_000)).isEmpty();
  }
}
