package io.quantumtrader.topology.codes;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.codes.Desk.ETH;
import static io.quantumtrader.topology.codes.Desk.MAIN2;
import static io.quantumtrader.topology.codes.Scenario.denied;
import static io.quantumtrader.topology.codes.Scenario.granted;
import static io.quantumtrader.topology.codes.Scenario.recorded;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.stream.Stream;

/** Whether there is room for an entry: positions, money and losses of one account alone. */
final class GateScenarios {

  private static final String GATE = "portfolio-gate";

  private GateScenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(room(), losses()).flatMap(each -> each);
  }

  private static Stream<Scenario> room() {
    return Stream.of(
        denied(ReasonCode.EQUITY_UNKNOWN, GATE)
            .given(
                d -> {
                  d.tick(NOON + 120_001);
                  d.candle(BTC, NOON, "71000");
                  d.candle(BTC, NOON + MINUTE, "71000");
                })
            .when(d -> d.intent(intent("i").setCreatedAtMs(NOON + 120_001))),
        denied(ReasonCode.POSITION_LIMIT, GATE)
            .given(
                d -> {
                  d.policy(Given.policy().setMaxPositions(3));
                  d.policyOfMain2(Given.policy().setMaxPositions(9));
                  positions(d, MAIN, 2);
                  positions(d, MAIN2, 4);
                  d.plan(intent("reserves").setSymbol(ETH));
                })
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.EXPOSURE_LIMIT, GATE)
            .given(
                d -> {
                  d.policy(Given.policy().setMaxExposure(0.0426));
                  d.plan(intent("reserves").setSymbol(ETH));
                })
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.MARGIN_RATIO_LIMIT, GATE)
            .given(
                d -> {
                  d.policy(Given.policy().setMinMarginRatio(8.6));
                  d.plan(intent("reserves").setSymbol(ETH));
                })
            .when(d -> d.intent(intent("i"))),
        granted(ReasonCode.PERMIT_GRANTED, GATE)
            .given(
                d -> {
                  d.policy(Given.policy().setMaxPositions(3));
                  positions(d, MAIN, 1);
                  positions(d, MAIN2, 4);
                  d.plan(intent("reserves").setSymbol(ETH));
                })
            .when(d -> d.intent(intent("i"))),
        recorded(ReasonCode.RESERVATION_OVERDUE, "portfolio")
            .given(
                d -> {
                  d.plan(intent("i"));
                  d.clock(NOON + 10 * MINUTE);
                })
            .when(d -> d.clock(NOON + 10 * MINUTE + 1)));
  }

  /** Opens one coin each in symbols that cost 10, which is little of any limit but the count. */
  private static void positions(Desk desk, String account, int count) {
    for (int i = 0; i < count; i++) {
      desk.adopt(account, "COIN" + i + "USDT", OrderSide.BUY, "1", "10");
    }
  }

  private static Stream<Scenario> losses() {
    return Stream.of(
        recorded(ReasonCode.DAILY_LOSS_LIMIT, "portfolio")
            .given(d -> d.wallet(MAIN, "9750"))
            .when(d -> d.tick(NOON + 1)),
        recorded(ReasonCode.DRAWDOWN_LIMIT, "portfolio")
            .given(
                d -> {
                  d.policy(Given.policy().setMaxDailyLoss(1.0));
                  d.policyOfMain2(Given.policy().setMaxDailyLoss(1.0).setMaxDrawdown(0.2));
                  d.wallet(MAIN, "9200");
                  d.wallet(MAIN2, "9200");
                })
            .when(d -> d.tick(NOON + 1)),
        denied(ReasonCode.LOSS_STREAK_LIMIT, GATE)
            .given(
                d -> {
                  List.of(MAIN2, MAIN, MAIN2, MAIN, MAIN).forEach(each -> lose(d, each));
                })
            .when(d -> d.intent(intent("i"))));
  }

  /**
   * Trades at a loss of a dollar, at a step of its own: what closes at one step counts together.
   */
  private static void lose(Desk desk, String account) {
    desk.clock(desk.nowMs() + 1);
    desk.adopt(account, "COINUSDT", OrderSide.BUY, "1", "10");
    desk.adopt(account, "COINUSDT", OrderSide.SELL, "1", "9");
  }
}
