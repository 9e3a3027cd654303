package io.quantumtrader.topology.codes;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.codes.Desk.ETH;
import static io.quantumtrader.topology.codes.Desk.MAIN2;
import static io.quantumtrader.topology.codes.Scenario.denied;
import static io.quantumtrader.topology.codes.Scenario.noted;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.stream.Stream;

/** How large an entry may be, and what is said about the size and the stop that it gets. */
final class GovernorScenarios {

  private static final String GOVERNOR = "governor";
  private static final String GATE = "portfolio-gate";

  private GovernorScenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(denials(), sizeNotes(), stopNotes()).flatMap(each -> each);
  }

  private static Stream<Scenario> denials() {
    return Stream.of(
        denied(ReasonCode.SIZE_MISSING, GOVERNOR)
            .when(d -> d.intent(intent("i").setSizing(Sizing.FRACTION).setAmount(dec("0.5")))),
        denied(ReasonCode.LEVERAGE_OUT_OF_RANGE, GOVERNOR)
            .when(d -> d.intent(intent("i").setLeverage(126.0))),
        denied(ReasonCode.MIN_QUANTITY, GOVERNOR)
            .when(d -> d.intent(intent("i").setAmount(dec("35.4")))),
        denied(ReasonCode.MIN_NOTIONAL, GOVERNOR)
            .given(d -> d.instrument(Given.instrument(BTC).setMinNotional(dec("71.1"))))
            .when(d -> d.intent(intent("i").setAmount(dec("50")))),
        denied(ReasonCode.RATE_HOURLY, GOVERNOR)
            .given(
                d -> {
                  grantedAndRefused(d, 0);
                  grantedAndRefused(d, 6);
                  grantedAndRefused(d, 12);
                  d.clock(NOON + 18 * MINUTE);
                  d.candle(BTC, NOON + 17 * MINUTE, "71000");
                })
            .when(d -> d.intent(intent("i").setCreatedAtMs(d.nowMs()))),
        denied(ReasonCode.RATE_BURST, GOVERNOR)
            .given(
                d -> {
                  grantedAndRefused(d, 0);
                  grantedAndRefused(d, 1);
                  d.clock(NOON + 2 * MINUTE);
                  d.candle(BTC, NOON + MINUTE, "71000");
                })
            .when(d -> d.intent(intent("i").setCreatedAtMs(d.nowMs()))));
  }

  /**
   * An entry that was granted, however it ended, counts for its account and symbol alone: those of
   * main2 and of another symbol stand beside it and would fill the rate twice as fast.
   */
  private static void grantedAndRefused(Desk desk, int minute) {
    desk.clock(NOON + minute * MINUTE);
    desk.candle(BTC, desk.nowMs() - MINUTE, "71000");
    desk.stateOfEth();
    refused(desk, intent("main-" + minute));
    refused(desk, intent("main2-" + minute).setAccount(MAIN2));
    refused(desk, intent("eth-" + minute).setSymbol(ETH));
  }

  private static void refused(Desk desk, TradeIntent.Builder entry) {
    ApplyPlan plan = desk.plan(entry.setCreatedAtMs(desk.nowMs()));
    desk.result(
        Given.result(plan, null)
            .setResultId("refused-" + plan.getPlanId())
            .setOutcome(ResultOutcome.REJECTED));
  }

  private static Stream<Scenario> sizeNotes() {
    return Stream.of(
        noted(ReasonCode.QUANTITY_FROM_RISK, GATE)
            .given(d -> d.policy(Given.policy().setRiskPerTrade(0.002)))
            .when(d -> d.intent(intent("i").setSizing(Sizing.NONE).setAmount(null))),
        noted(ReasonCode.LEVERAGE_CAPPED, GATE).when(d -> d.intent(intent("i").setLeverage(20.0))),
        noted(ReasonCode.LEVERAGE_CAPPED_BRACKET, GATE)
            .given(d -> d.instrument(Given.instrument(BTC).setBrackets(Given.brackets())))
            .when(d -> d.intent(intent("i").setLeverage(10.0))),
        noted(ReasonCode.QUANTITY_CAPPED_BRACKET, GATE)
            .given(
                d ->
                    d.instrument(
                        Given.instrument(BTC).setBrackets(List.of(Given.bracket("0", "500", 20)))))
            .when(d -> d.intent(intent("i"))),
        noted(ReasonCode.QUANTITY_CAPPED_MARKET, GATE)
            .given(d -> d.instrument(Given.instrument(BTC).setMaxMarketQuantity(dec("0.005"))))
            .when(d -> d.intent(intent("i"))),
        noted(ReasonCode.LEVERAGE_ROUNDED, GATE).when(d -> d.intent(intent("i").setLeverage(2.5))),
        noted(ReasonCode.QUANTITY_CAPPED_NOTIONAL, GATE)
            .given(d -> d.policy(Given.policy().setMaxNotionalPerOrder(500.0)))
            .when(d -> d.intent(intent("i"))),
        noted(ReasonCode.QUANTITY_CAPPED_SHARE, GATE)
            .given(
                d -> {
                  d.policy(Given.policy().setMaxDailyLoss(0.9).setMaxDrawdown(0.9));
                  d.wallet(MAIN, "1500");
                  d.tick(NOON + 1);
                })
            .when(d -> d.intent(intent("i"))),
        noted(ReasonCode.QUANTITY_CAPPED_SENDER, "apply-layer")
            .given(d -> d.openLong(MAIN))
            .when(
                d ->
                    d.intent(
                        BridgeScenarios.closing("i")
                            .setSizing(Sizing.QUANTITY)
                            .setAmount(dec("0.03")))),
        noted(ReasonCode.QUANTITY_SCALED_KILL, GATE)
            .given(d -> d.policy(Given.policy().setKillOpenThreshold(0.1)))
            .when(d -> d.intent(intent("i"))),
        noted(ReasonCode.QUANTITY_UPSIZED, GATE)
            .given(
                d -> {
                  d.instrument(Given.instrument(BTC).setMinNotional(dec("71.1")));
                  d.policy(Given.policy().setAllowUpsize(true));
                })
            .when(d -> d.intent(intent("i").setAmount(dec("50")))));
  }

  private static Stream<Scenario> stopNotes() {
    return Stream.of(
        noted(ReasonCode.RISK_ATR_IMPLAUSIBLE, GATE)
            .when(d -> d.intent(intent("i").setAtr(71000.0))),
        noted(ReasonCode.RISK_ATR_MISSING, GATE)
            .given(d -> d.state(Given.state(BTC).setAtr(null)))
            .when(d -> d.intent(intent("i"))),
        noted(ReasonCode.STOP_DISCARDED, GATE)
            .when(d -> d.intent(intent("i").setStopLoss(dec("72000")))),
        noted(ReasonCode.STOP_OUTSIDE_BOUNDS, GATE)
            .when(d -> d.intent(intent("i").setStopLoss(dec("70999")))),
        noted(ReasonCode.STOP_MOVED_INTO_BAND, GATE)
            .given(d -> d.instrument(Given.instrument(BTC).setPercentDown(dec("0.99"))))
            .when(d -> d.intent(intent("i").setStopLoss(dec("70000")))),
        noted(ReasonCode.TARGET_OUTSIDE_BAND, GATE)
            .given(d -> d.instrument(Given.instrument(BTC).setPercentUp(dec("1.01"))))
            .when(d -> d.intent(intent("i").setTakeProfit(dec("80000")))),
        noted(ReasonCode.TARGET_DISCARDED, GATE)
            .when(d -> d.intent(intent("i").setTakeProfit(dec("70000")))));
  }
}
