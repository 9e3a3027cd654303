package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;

import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.GateResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A long of 0.02 at 71000 with its stop at 69000; proposals are made at 72000. */
abstract class ExitLayerCases {

  Policy.Builder policy = Given.policy().setName("own").setVersion(3);
  TradingState tradingState = TradingState.ACTIVE;
  List<SymbolLock> locks = List.of();
  Optional<PositionLedger> row = Optional.of(Given.longBtc().setLeverage(3).build());
  List<OpenPlan> plans = List.of();
  Optional<ExitAttempt> attempt = Optional.empty();
  Optional<Instrument> instrument = Optional.of(Given.instrument(BTC).build());

  GateResult<ClosePlan> rule(ExitAsk ask) {
    return ExitLayer.rule(
        ask,
        new ExitLayer.View(policy.build(), tradingState, locks, row, plans, attempt, instrument),
        NOON);
  }

  GateResult<ClosePlan> rule(HarvestProposal.Builder proposal) {
    return rule(ExitAsk.of(proposal.build()));
  }

  Optional<Finding> denial(HarvestProposal.Builder proposal) {
    return rule(proposal).denial();
  }

  ClosePlan granted(HarvestProposal.Builder proposal) {
    return ((GateResult.Granted<ClosePlan>) rule(proposal)).value();
  }

  static HarvestProposal.Builder close() {
    return Given.proposal()
        .setAction("FULL_CLOSE_PROPOSED")
        .setTrigger(ExitTrigger.KILL_SCORE)
        .setKillScore(0.7)
        .setPTrend(0.2)
        .setPMr(0.5)
        .setPChop(0.3)
        .setReasons(List.of("kill_score_triggered", "ts_drop"));
  }

  static HarvestProposal.Builder rung(int rung) {
    return Given.proposal()
        .setAction("PARTIAL_25")
        .setTrigger(ExitTrigger.RUNG)
        .setRung(rung)
        .setShare(0.25);
  }

  static HarvestProposal.Builder stop(String price) {
    return Given.proposal()
        .setAction("UPDATE_SL")
        .setTrigger(ExitTrigger.TRAILING_STOP)
        .setStopTrigger(ExitTrigger.TRAILING_STOP)
        .setNewStop(dec(price));
  }

  static ExitAsk asked(ExitTrigger trigger, String action, long atMs) {
    return new ExitAsk(
        MAIN,
        BTC,
        "main:BTCUSDT:1",
        trigger,
        0,
        ExitAction.read(action, Optional.empty(), false),
        Optional.empty(),
        atMs,
        dec("72000"),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        "operator",
        "because",
        Optional.empty());
  }

  static Risk risk(String stop, String target) {
    return Risk.newBuilder()
        .setInitialStop(dec(stop))
        .setTarget(target == null ? null : dec(target))
        .setFactor(1.5)
        .setSource(RiskSource.STATE_ATR)
        .build();
  }

  static OpenPlan plan(PlanAction action) {
    return OpenPlan.newBuilder()
        .setPlanId("fedcba9876543210")
        .setAccount(MAIN)
        .setSymbol(BTC)
        .setAction(action)
        .setSide(OrderSide.SELL)
        .setPositionId("main:BTCUSDT:1")
        .setQuantity(dec("0.01"))
        .setFilledQuantity(dec("0"))
        .setMargin(dec("0"))
        .setNotional(dec("720"))
        .setGrantedAtMs(NOON - 7)
        .build();
  }
}
