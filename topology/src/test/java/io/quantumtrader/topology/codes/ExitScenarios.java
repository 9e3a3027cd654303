package io.quantumtrader.topology.codes;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.codes.Desk.ETH;
import static io.quantumtrader.topology.codes.Desk.MAIN2;
import static io.quantumtrader.topology.codes.Scenario.calibrated;
import static io.quantumtrader.topology.codes.Scenario.denied;
import static io.quantumtrader.topology.codes.Scenario.granted;
import static io.quantumtrader.topology.codes.Scenario.noted;
import static io.quantumtrader.topology.codes.Scenario.recorded;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** What becomes of an exit: heat gate and apply layer, each over a position of both accounts. */
final class ExitScenarios {

  private static final String APPLY = "apply-layer";

  private ExitScenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(heat(), words(), position(), parts(), stops(), orders())
        .flatMap(each -> each)
        .map(
            each ->
                each.given(
                    d -> {
                      d.openLong(MAIN);
                      d.openLong(MAIN2);
                      d.adopt(MAIN2, ETH, OrderSide.BUY, "2", "2500");
                      d.clock(NOON + 1);
                      each.given().accept(d);
                    }));
  }

  private static Stream<Scenario> heat() {
    return Stream.of(
        calibrated(ReasonCode.CLOSE_PASSED, Verdict.GRANTED).when(d -> d.proposal(kill(0.64, 0.5))),
        calibrated(ReasonCode.HEAT_HOLD, Verdict.DENIED).when(d -> d.proposal(kill(0.65, 1.99))),
        calibrated(ReasonCode.HEAT_STOP_INSTEAD, Verdict.GRANTED)
            .when(d -> d.proposal(kill(0.65, 1.99).setNewStop(dec("70500")))),
        calibrated(ReasonCode.PROFIT_OVERRIDE, Verdict.GRANTED)
            .when(d -> d.proposal(kill(0.65, 2.0))));
  }

  private static Stream<Scenario> words() {
    return Stream.of(
        denied(ReasonCode.ACTION_HOLD, APPLY).when(d -> d.proposal(Given.proposal())),
        denied(ReasonCode.ACTION_UNKNOWN, APPLY)
            .when(d -> d.proposal(Given.proposal().setAction("PARTIAL_OF_IT"))),
        noted(ReasonCode.ACTION_NORMALIZED_TO_STOP, APPLY)
            .when(d -> d.proposal(Given.proposal().setAction("UNKNOWN").setNewStop(dec("70500")))),
        noted(ReasonCode.ACTION_NORMALIZED_TO_CLOSE, APPLY)
            .when(d -> d.proposal(Given.proposal().setAction("EXIT"))),
        noted(ReasonCode.ACTION_NORMALIZED_TO_HOLD, APPLY)
            .denied()
            .when(d -> d.proposal(Given.proposal().setAction("UNKNOWN"))));
  }

  private static Stream<Scenario> position() {
    return Stream.of(
        denied(ReasonCode.POSITION_CHANGED, APPLY)
            .when(d -> d.proposal(close().setPositionId("main:BTCUSDT:2"))),
        denied(ReasonCode.PROPOSAL_STALE, APPLY)
            .given(d -> d.clock(NOON + 60_001))
            .when(d -> d.proposal(rung())),
        denied(ReasonCode.RUNG_TAKEN, APPLY)
            .given(
                d -> {
                  d.plans();
                  d.proposal(rung());
                  ApplyPlan plan = d.plans().getLast();
                  d.result(
                      Given.result(plan, Given.fill("rung", "0.005", "74000"))
                          .setTrigger(ExitTrigger.RUNG)
                          .setRung(1));
                })
            .when(d -> d.proposal(rung())),
        denied(ReasonCode.EXIT_IN_FLIGHT, APPLY)
            .given(d -> d.proposal(close()))
            .when(d -> d.proposal(close())),
        granted(ReasonCode.CLOSE_GRANTED, APPLY).when(d -> d.proposal(rung())));
  }

  /** Half of the position of 0.02 is the largest order. */
  private static Stream<Scenario> parts() {
    AtomicReference<ApplyPlan> part = new AtomicReference<>();
    return Stream.of(
        noted(ReasonCode.CLOSE_IN_PARTS, APPLY)
            .given(ExitScenarios::ordersOfHalf)
            .when(d -> d.proposal(close())),
        granted(ReasonCode.CLOSE_REST_GRANTED, APPLY)
            .given(
                d -> {
                  ordersOfHalf(d);
                  d.plans();
                  d.proposal(close());
                  part.set(d.plans().getLast());
                })
            .when(d -> d.result(Given.result(part.get(), Given.fill("part", "0.01", "71000")))));
  }

  private static void ordersOfHalf(Desk desk) {
    desk.instrument(Given.instrument(BTC).setMaxMarketQuantity(dec("0.01")));
  }

  private static Stream<Scenario> stops() {
    return Stream.of(
        denied(ReasonCode.STOP_MISSING, APPLY)
            .when(d -> d.proposal(Given.proposal().setAction("UPDATE_SL"))),
        denied(ReasonCode.STOP_NOT_TIGHTER, APPLY).when(d -> d.proposal(stop("69580"))),
        denied(ReasonCode.STOP_BEYOND_MARKET, APPLY).when(d -> d.proposal(stop("72000"))),
        granted(ReasonCode.STOP_GRANTED, APPLY).when(d -> d.proposal(stop("69580.1"))),
        denied(ReasonCode.PLAN_DUPLICATE, APPLY)
            .given(
                d -> {
                  d.plans();
                  d.proposal(stop("70500"));
                  ApplyPlan plan = d.plans().getLast();
                  d.result(
                      Given.result(plan, null)
                          .setOutcome(ResultOutcome.PROTECTED)
                          .setStopPrice(dec("70400")));
                })
            .when(d -> d.proposal(stop("70500"))));
  }

  private static Stream<Scenario> orders() {
    return Stream.of(
        granted(ReasonCode.MANUAL_CLOSE, APPLY)
            .given(d -> d.control(closeOrder(MAIN)))
            .when(d -> d.clock(NOON + 2)),
        denied(ReasonCode.EXIT_LOCKED, APPLY)
            .given(
                d ->
                    d.control(
                        ordered(MAIN)
                            .setLocks(List.of(Given.lock(BTC, false, true, null)))
                            .build()))
            .when(d -> d.proposal(rung())),
        recorded(ReasonCode.EXPOSURE_REACHED, APPLY)
            .given(
                d -> d.control(ordered(MAIN).setReduces(List.of(Given.reduce("r-1", 0.6))).build()))
            .when(d -> d.clock(NOON + 2)),
        denied(ReasonCode.NOTHING_TO_PROTECT, APPLY)
            .given(
                d ->
                    d.control(
                        ordered(MAIN)
                            .setStops(List.of(Given.stopOrder("s-1", ETH, "2400")))
                            .build()))
            .when(d -> d.clock(NOON + 2)),
        granted(ReasonCode.LIQUIDATION_GUARD, APPLY)
            .given(
                d -> {
                  d.policyOfMain2(Given.policy().setMaxDailyLoss(0.999).setMaxDrawdown(0.999));
                  d.policy(Given.policy().setMaxDailyLoss(0.999).setMaxDrawdown(0.999));
                  d.wallet(MAIN, "141");
                  d.wallet(MAIN2, "2000");
                })
            .when(d -> d.tick(NOON + 2)));
  }

  private static Control.Builder ordered(String account) {
    return Control.newBuilder(Given.control(account, TradingState.ACTIVE));
  }

  private static Control closeOrder(String account) {
    return Control.newBuilder(Given.control(account, TradingState.HALTED))
        .setCloses(
            List.of(
                ManualClose.newBuilder()
                    .setId("c-1")
                    .setSymbol(BTC)
                    .setReason("enough")
                    .setAtMs(NOON)
                    .build()))
        .build();
  }

  private static HarvestProposal.Builder close() {
    return kill(0.6, 0.5);
  }

  private static HarvestProposal.Builder kill(double score, double r) {
    return Given.proposal()
        .setAction("FULL_CLOSE_PROPOSED")
        .setTrigger(ExitTrigger.KILL_SCORE)
        .setShare(1.0)
        .setKillScore(score)
        .setRNet(r);
  }

  private static HarvestProposal.Builder rung() {
    return Given.proposal()
        .setAction("PARTIAL_25")
        .setTrigger(ExitTrigger.RUNG)
        .setRung(1)
        .setShare(0.25);
  }

  private static HarvestProposal.Builder stop(String price) {
    return Given.proposal()
        .setAction("UPDATE_SL")
        .setTrigger(ExitTrigger.TRAILING_STOP)
        .setNewStop(dec(price));
  }
}
