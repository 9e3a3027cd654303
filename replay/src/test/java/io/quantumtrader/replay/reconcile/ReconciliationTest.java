package io.quantumtrader.replay.reconcile;

import static io.quantumtrader.replay.reconcile.TradingDay.MINUTE;
import static io.quantumtrader.replay.reconcile.TradingDay.SYMBOL;
import static io.quantumtrader.replay.reconcile.TradingDay.decimal;
import static io.quantumtrader.schemas.avro.OrderSide.BUY;
import static io.quantumtrader.schemas.avro.OrderSide.SELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.paper.PaperPricing;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.reconcile.StrayFill.Why;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fills beside the model's, with numbers reckoned by hand. */
final class ReconciliationTest {

  /** 10 bps, 0.1 %. */
  private static final PaperSettings MODEL =
      PaperSettings.DEFAULT.withCosts(decimal("10"), decimal("0.001"));

  private static final double NONE = 1e-9;

  private final TradingDay day =
      new TradingDay()
          .tick("0.01")
          .mark(MINUTE, "99", "101", "99", "100")
          .mark(2 * MINUTE, "100", "102", "100", "101")
          .mark(3 * MINUTE, "101", "101", "94", "96");

  private ReconcileReport report() {
    return Reconciliation.of(day.records(), MODEL, 0, 100 * MINUTE);
  }

  private ComparedFill only() {
    assertThat(report().strays()).isEmpty();
    assertThat(report().fills()).hasSize(1);
    return report().fills().getFirst();
  }

  @Test
  void shouldPutTheModelBesideAFillInTwoParts() {
    day.plan(1, BUY, "2", "100", MINUTE - 1_000)
        .sent(1, BUY, MINUTE + 100)
        .filled(1, "a", BUY, "1", "100.20", "0.1", MINUTE + 250)
        .filled(1, "b", BUY, "1", "100.40", "0.3", MINUTE + 400)
        .filled(1, "b", BUY, "1", "100.40", "0.3", MINUTE + 500);

    ComparedFill fill = only();

    // 100 and 10 bps are 100.1; of two at 0.1 % that is 0.2002. The fill told twice counts once.
    assertThat(fill.met()).isEqualByComparingTo("100");
    assertThat(fill.modelPrice()).isEqualByComparingTo("100.1");
    assertThat(fill.modelFee()).isEqualByComparingTo("0.2002");
    assertThat(fill.quantity()).isEqualByComparingTo("2");
    assertThat(fill.realPrice()).isEqualByComparingTo("100.3");
    assertThat(fill.realFee()).isEqualByComparingTo("0.4");
    assertThat(fill.slippageBps()).isCloseTo(2_000 / 100.1, within(NONE));
    assertThat(fill.realSlippageBps()).isCloseTo(30, within(NONE));
    assertThat(fill.modelSlippageBps()).isCloseTo(10, within(NONE));
    assertThat(fill.slippage()).isEqualByComparingTo("0.4");
    assertThat(fill.feeDifference()).isEqualByComparingTo("0.1998");
    assertThat(fill.cost()).isEqualByComparingTo("0.5998");
    assertThat(fill.latencyMs()).hasValue(1_250);
  }

  /** Of a mark in the step of the order only the price of the decision tells which was first. */
  @Test
  void shouldTakeTheMarkThatTheDecisionKnewWhereTwoArePossible() {
    day.plan(1, SELL, "1", "100", 2 * MINUTE)
        .sent(1, SELL, 2 * MINUTE)
        .filled(1, "a", SELL, "1", "99.90", "0.0999", 2 * MINUTE)
        .plan(2, SELL, "1", "101", 2 * MINUTE)
        .sent(2, SELL, 2 * MINUTE)
        .filled(2, "b", SELL, "1", "100.80", "0.1", 2 * MINUTE);

    List<ComparedFill> fills = report().fills();

    assertThat(fills.get(0).modelPrice()).isEqualByComparingTo("99.9");
    assertThat(fills.get(0).slippageBps()).isZero();
    assertThat(fills.get(0).feeDifference()).isEqualByComparingTo("0");
    // 101 less 10 bps is 100.899, on the tick 100.89.
    assertThat(fills.get(1).modelPrice()).isEqualByComparingTo("100.89");
    assertThat(fills.get(1).slippage()).isEqualByComparingTo("0.09");
  }

  @Test
  void shouldPutTheTriggerBesideTheFillOfAStop() {
    day.plan(1, PlanAction.ENTRY, BUY, "2", "100", "95.004", MINUTE)
        .filled(1, "a", BUY, "2", "100.1", "0.2002", MINUTE + 1_000)
        .triggered(1, Kind.STOP, SELL, "2", "94", "0.188", 3 * MINUTE - 5_000);

    ComparedFill stop = report().fills().get(1);

    // The trigger is on the tick, above; the model sells 10 bps lower, on the tick below.
    assertThat(stop.triggerPrice().orElseThrow()).isEqualByComparingTo("95.01");
    assertThat(stop.seen()).isTrue();
    assertThat(stop.planId()).isEqualTo(TradingDay.id(1));
    assertThat(stop.modelPrice()).isEqualByComparingTo("94.91");
    assertThat(stop.slippage()).isEqualByComparingTo("1.82");
    assertThat(stop.slippageBps()).isCloseTo(9_100 / 94.91, within(NONE));
    assertThat(stop.fromTriggerBps()).isCloseTo(10_100 / 95.01, within(NONE));
    assertThat(stop.latencyMs()).isEmpty();
  }

  @Test
  void shouldGoByTheStopThatWasMovedAndByTheOpenBeyondIt() {
    day.plan(1, PlanAction.ENTRY, BUY, "2", "100", "90", MINUTE)
        .filled(1, "a", BUY, "2", "100.1", "0.2002", MINUTE)
        .plan(2, PlanAction.UPDATE_SL, SELL, "2", "101", "97", 2 * MINUTE)
        .moved(2, SELL, "97.5", 2 * MINUTE + 1)
        .mark(4 * MINUTE, "95.5", "96", "95", "96")
        .triggered(2, Kind.STOP, SELL, "2", "95.40", "0.1908", 4 * MINUTE);

    ReconcileReport report = report();

    // What the executor told is where it rests, whatever the plan wanted. The minute in which it
    // was moved closed at 96, but began before: only its close counts.
    ComparedFill stop = report.fills().get(1);
    assertThat(stop.triggerPrice().orElseThrow()).isEqualByComparingTo("97.5");
    assertThat(stop.met()).isEqualByComparingTo("97.5");
    assertThat(report.unfilled()).as("moving a stop trades nothing").isEmpty();
  }

  @Test
  void shouldFillAStopAtItsTriggerWhereNoMarkShowsWhatSetItOff() {
    day.row(PositionSide.LONG, "2", "98.5", MINUTE)
        .triggered(7, Kind.STOP, SELL, "2", "98.4", "0.2", 2 * MINUTE - 30_000);

    ComparedFill stop = only();

    assertThat(stop.seen()).isFalse();
    assertThat(stop.planId()).isEmpty();
    assertThat(stop.modelPrice()).isEqualByComparingTo("98.40");
    assertThat(stop.slippageBps()).isZero();
  }

  @Test
  void shouldListPlansWithoutAFillAndFillsWithoutAPlan() {
    day.plan(1, BUY, "2", "100", MINUTE)
        .sent(1, BUY, MINUTE)
        .refused(1, BUY, "EXCHANGE_REJECTED", MINUTE)
        .plan(2, BUY, "2", "100", MINUTE + 1)
        .filled(3, "unknown", SELL, "1", "100", "0", MINUTE)
        .foreign("alien", SELL, "1", "100", MINUTE)
        .triggered(9, Kind.STOP, SELL, "1", "100", "0", MINUTE)
        .plan(4, BUY, "1", "99", 10)
        .filled(4, "early", BUY, "1", "99", "0", 10);

    ReconcileReport report = report();

    assertThat(report.unfilled())
        .extracting(each -> each.plan().getPlanId())
        .containsExactly(TradingDay.id(1), TradingDay.id(2));
    assertThat(report.unfilled().get(0).outcome()).hasValue(ResultOutcome.REJECTED);
    assertThat(report.unfilled().get(0).code()).isEqualTo("EXCHANGE_REJECTED");
    assertThat(report.unfilled().get(1).outcome()).isEmpty();
    assertThat(report.strays())
        .extracting(StrayFill::fillId, StrayFill::why)
        .containsExactly(
            tuple("early", Why.NO_MARK),
            tuple("unknown", Why.NO_PLAN),
            tuple("alien", Why.NO_PLAN),
            tuple("qs-0000000000000009-s-1", Why.NO_TRIGGER));
    assertThat(report.fills()).isEmpty();
  }

  @Test
  void shouldLookAtTheTimeThatIsAskedFor() {
    day.plan(1, BUY, "1", "100", MINUTE)
        .filled(1, "a", BUY, "1", "100.1", "0.1001", MINUTE)
        .plan(2, BUY, "1", "100", MINUTE)
        .plan(3, BUY, "1", "101", 2 * MINUTE)
        .filled(3, "b", BUY, "1", "101.11", "0.1", 2 * MINUTE)
        .equity("1000", MINUTE)
        .equity("1001", 2 * MINUTE)
        .equity("1002", 3 * MINUTE);

    ReconcileReport report = Reconciliation.of(day.records(), MODEL, MINUTE + 1, 3 * MINUTE - 1);

    assertThat(report.fills()).extracting(ComparedFill::planId).containsExactly(TradingDay.id(3));
    assertThat(report.unfilled()).isEmpty();
    assertThat(report.equity().points()).hasSize(1);
    assertThat(Reconciliation.of(day.records(), MODEL, 5 * MINUTE, 6 * MINUTE).isEmpty()).isTrue();
  }

  @Test
  void shouldSumUpFillsBySymbolAndFollowTheEquity() {
    day.plan(1, BUY, "2", "100", MINUTE)
        .filled(1, "a", BUY, "2", "100.30", "0.4", MINUTE + 1)
        .plan(2, SELL, "1", "101", 2 * MINUTE)
        .filled(2, "b", SELL, "1", "100.89", "0.10089", 2 * MINUTE)
        .plan(3, SELL, "1", "101", 2 * MINUTE + 2)
        .filled(3, "c", SELL, "1", "101.89", "0.10089", 2 * MINUTE + 2)
        .equity("10000", MINUTE)
        .equity("9999", 2 * MINUTE)
        .equity("9998", 3 * MINUTE)
        .wallet("9998.5", "9998", 3 * MINUTE);

    ReconcileReport report = report();

    // 2 x 0.2 worse, nothing, 1 better; fees 0.1998 more, nothing, nothing.
    FillFigures all = report.all();
    assertThat(all.count()).isEqualTo(3);
    double worst = 2_000 / 100.1;
    double best = -10_000 / 100.89;
    assertThat(all.meanBps()).isCloseTo((worst + best) / 3, within(NONE));
    assertThat(all.medianBps()).isZero();
    assertThat(all.worstBps()).isCloseTo(worst, within(NONE));
    assertThat(all.slippage()).isEqualByComparingTo("-0.6");
    assertThat(all.feeDifference()).isEqualByComparingTo("0.1998");
    assertThat(all.gain()).isEqualByComparingTo("0.4002");
    assertThat(report.bySymbol()).isEqualTo(Map.of(SYMBOL, all));
    assertThat(report.equity().points())
        .extracting(EquityDifference.Point::difference)
        .containsExactly(0.0, -0.5998, 0.4002);
    assertThat(report.equity().points().getLast().model()).isCloseTo(9997.5998, within(NONE));
    assertThat(report.equity().largest()).hasValue(1);
    assertThat(report.wallets()).containsOnlyKeys("main");
    assertThat(report.wallets().get("main")).isEqualByComparingTo("0.5");
  }

  /** 2 of a long at 96 and a rate of 0.1 %: the model pays 0.192, the exchange took 0.3. */
  @Test
  void shouldPayFundingForWhatWasOpenBeforeAndAfterIt() {
    long due = PaperPricing.FUNDING_PERIOD_MS;
    day.plan(1, BUY, "2", "100", MINUTE)
        .filled(1, "a", BUY, "2", "100.1", "0.2002", MINUTE)
        .row(PositionSide.LONG, "1", null, due + MINUTE)
        .filled(2, "b", SELL, "1", "95.9", "0.0959", due + MINUTE)
        .funding("-0.3", due + 3, due + 1_000)
        .equity("1000", due)
        .equity("999", due + 1_000);

    ReconcileReport report =
        Reconciliation.of(
            day.records(), MODEL.withFundingRate(decimal("0.001")), 0, due + 2 * MINUTE);

    assertThat(report.all().funding()).isEqualByComparingTo("-0.3");
    assertThat(report.all().modelFunding()).isEqualByComparingTo("-0.192");
    assertThat(report.equity().points())
        .extracting(EquityDifference.Point::difference)
        .containsExactly(0.0, -0.108);
  }

  @Test
  void shouldPayNoFundingForWhatWasOpenedThenOrClosedBefore() {
    long due = PaperPricing.FUNDING_PERIOD_MS;
    day.filled(1, "a", BUY, "2", "100", "0", MINUTE)
        .filled(2, "b", SELL, "2", "100", "0", due)
        .filled(3, "c", BUY, "1", "100", "0", 2 * due)
        .row(PositionSide.LONG, "1", null, 2 * due);

    ReconcileReport report =
        Reconciliation.of(day.records(), MODEL.withFundingRate(decimal("0.001")), 0, 2 * due + 1);

    assertThat(report.all().modelFunding()).isEqualByComparingTo("0");
  }
}
