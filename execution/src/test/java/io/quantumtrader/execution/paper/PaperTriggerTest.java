package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;
import static io.quantumtrader.execution.Candles.prices;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.decision.ResultRecords.Progress;
import io.quantumtrader.execution.decision.ResultRecords.Remark;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protective orders that a candle sets off. */
class PaperTriggerTest {

  private static final String BTC = "BTCUSDT";
  private static final String PLAN = Plans.id(1);

  /** When the position is opened and protected: as the first candle closes. */
  private static final long NOW = 60_000;

  private static final PaperSettings FREE =
      PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, BigDecimal.ZERO);
  private static final PaperSettings FEE =
      PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, new BigDecimal("0.0004"));

  private PaperExchange exchange = new PaperExchange(FREE);

  @BeforeEach
  void seePrice() {
    exchange.see(flat(BTC, 0, "79465.1"));
  }

  private Fill trade(String id, OrderSide side, String quantity) {
    MarketOrder order =
        new MarketOrder("main", BTC, side, new BigDecimal(quantity), false, id, NOW);
    return ((Accepted) exchange.execute(order)).fills().getFirst();
  }

  private void protect(OrderSide side, Kind kind, String trigger) {
    BigDecimal price = new BigDecimal(trigger);
    exchange.protect(
        new ProtectiveOrder("main", BTC, side, kind, price, ClientOrderIds.of(PLAN, kind), NOW));
  }

  private void openLong() {
    trade("a", OrderSide.BUY, "0.0025");
    protect(OrderSide.SELL, Kind.STOP, "77105");
    protect(OrderSide.SELL, Kind.TARGET, "81826");
  }

  private void openShort() {
    trade("a", OrderSide.SELL, "0.0025");
    protect(OrderSide.BUY, Kind.STOP, "81826");
    protect(OrderSide.BUY, Kind.TARGET, "77105");
  }

  private ExchangeAccount account() {
    return exchange.account("main", 120_000).orElseThrow();
  }

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

  private ApplyResult entryResult(Fill fill) {
    ApplyPlan plan = Plans.entry(1, BTC, OrderSide.BUY, "0.0025");
    return ResultRecords.fill(
        plan,
        ResultOutcome.FILLED,
        true,
        fill,
        new Progress("o", fill.getQuantity()),
        Remark.NONE,
        NOW);
  }

  /** Gives the account, published at a time, to another exchange. */
  private PaperExchange restored(long asOfMs, List<ApplyResult> results) {
    PaperExchange after = new PaperExchange(FREE);
    after.see(flat(BTC, 0, "79465.1"));
    after.restore("main", exchange.account("main", asOfMs), results);
    return after;
  }

  @Test
  void shouldTriggerTheSameAfterARestart() {
    // given: said anew at 120 000, before the candle that closes then was seen
    Fill entry = trade("qs-" + PLAN, OrderSide.BUY, "0.0025");
    protect(OrderSide.SELL, Kind.STOP, "77105");
    PaperExchange after = restored(120_000, List.of(entryResult(entry)));

    // when
    exchange.see(flat(BTC, NOW, "77000"));
    after.see(flat(BTC, NOW, "77000"));

    // then
    List<UnplannedFill> triggered = after.unplanned("main", 120_000);
    assertThat(triggered).hasSize(1);
    assertThat(triggered).isEqualTo(exchange.unplanned("main", 120_000));
    assertThat(after.account("main", 1)).isEqualTo(exchange.account("main", 1));
  }

  @Test
  void shouldNotTriggerAgainWhatIsInTheAccount() {
    // given
    Fill entry = trade("qs-" + PLAN, OrderSide.BUY, "0.0025");
    protect(OrderSide.SELL, Kind.STOP, "77105");
    exchange.see(flat(BTC, NOW, "77000"));
    UnplannedFill stopped = exchange.unplanned("main", 120_000).getFirst();

    // when
    PaperExchange after =
        restored(120_000, List.of(entryResult(entry), ResultRecords.unplanned(stopped, 120_000)));
    after.see(flat(BTC, NOW, "77000"));
    after.see(flat(BTC, 120_000, "77000"));

    // then
    assertThat(after.unplanned("main", 180_000)).isEmpty();
    assertThat(after.query("main", BTC, stopped.clientOrderId(), 180_000))
        .isInstanceOf(Accepted.class);
  }

  @ParameterizedTest(name = "a candle that closes {0} ms after the account was published: {1}")
  @CsvSource({"-1, 0", "0, 0", "1, 1", "60000, 1"})
  void shouldCountFromTheAccountWhereThePlanIsForgotten(long afterMs, int triggered) {
    // given
    openLong();
    PaperExchange after = restored(200_000, List.of());

    // when
    after.see(flat(BTC, 200_000 + afterMs - Candles.INTERVAL_MS, "77000"));

    // then
    List<UnplannedFill> found = after.unplanned("main", 300_000);
    assertThat(found).hasSize(triggered);
    String id = ClientOrderIds.restored("main", BTC, "a-1", Kind.STOP);
    assertThat(found).allMatch(each -> each.clientOrderId().equals(id));
    assertThat(id).hasSize(21).isNotEqualTo(ClientOrderIds.restored("main", BTC, "b", Kind.STOP));
  }

  @Test
  void shouldKeepWhatMovedTheStop() {
    // given
    openLong();
    exchange.protect(
        new ProtectiveOrder(
            "main",
            BTC,
            OrderSide.SELL,
            Kind.STOP,
            new BigDecimal("78000"),
            ClientOrderIds.of(Plans.id(2), Kind.STOP),
            NOW,
            ExitTrigger.PROFIT_LOCK));

    // when
    PaperExchange after = restored(NOW, List.of());
    after.see(flat(BTC, NOW, "77900"));

    // then
    assertThat(account().getPositions().getFirst().getStopSetBy())
        .isEqualTo(ExitTrigger.PROFIT_LOCK);
    assertThat(after.unplanned("main", 120_000))
        .extracting(stopped -> stopped.trigger())
        .containsExactly(ExitTrigger.PROFIT_LOCK);
  }

  @Test
  void shouldForgetWhatItTriggeredForAnAccountThatAnotherGoesOnWith() {
    // given
    openLong();
    exchange.see(flat(BTC, NOW, "77000"));

    // when
    exchange.restore("main", Optional.empty(), List.of());

    // then
    assertThat(exchange.unplanned("main", 120_000)).isEmpty();
  }
}
