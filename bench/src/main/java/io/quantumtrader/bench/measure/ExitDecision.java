package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.run.Sample;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Calibration;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.topology.decision.close.ClosePlan;
import io.quantumtrader.topology.decision.close.ExitAsk;
import io.quantumtrader.topology.decision.close.ExitLayer;
import io.quantumtrader.topology.decision.heat.HeatGate;
import io.quantumtrader.topology.decision.heat.PortfolioHeat.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A proposal to close a position, through all that decides about it, without Kafka, stores and
 * bytes: heat gate and apply layer.
 */
final class ExitDecision {

  private static final long NOW_MS = 1_763_553_600_000L;
  private static final String ACCOUNT = "main";
  private static final String SYMBOL = Sample.symbol(7);
  private static final String POSITION = ACCOUNT + ":" + SYMBOL + ":1";

  private final Policy policy = Sample.policy(List.of(SYMBOL), NOW_MS);
  private final Optional<Instrument> instrument = Optional.of(Sample.instrument(SYMBOL, NOW_MS));
  private final HeatGate.Heat heat = new HeatGate.Heat(OptionalDouble.of(0.1), Level.COLD);
  private final HarvestProposal proposal = proposal();
  private final Optional<PositionLedger> position = Optional.of(position());

  private static PositionLedger position() {
    return PositionLedger.newBuilder()
        .setAccount(ACCOUNT)
        .setSymbol(SYMBOL)
        .setPositionId(POSITION)
        .setOpenSequence(1)
        .setSide(PositionSide.LONG)
        .setQuantity(Sample.decimal(2))
        .setEntryPrice(Sample.decimal(100))
        .setLeverage(2)
        .setRealizedPnl(Sample.decimal(0))
        .setFees(Sample.decimal(0))
        .setPositionRealizedPnl(Sample.decimal(0))
        .setPositionFees(Sample.decimal(0))
        .setOpenedAtMs(NOW_MS)
        .setUpdatedAtMs(NOW_MS)
        .setStopPrice(Sample.decimal(98))
        .build();
  }

  private static HarvestProposal proposal() {
    return HarvestProposal.newBuilder()
        .setAccount(ACCOUNT)
        .setSymbol(SYMBOL)
        .setPositionId(POSITION)
        .setSide(PositionSide.LONG)
        .setAction("FULL_CLOSE_PROPOSED")
        .setTrigger(ExitTrigger.KILL_SCORE)
        .setShare(1.0)
        .setQuantity(Sample.decimal(2))
        .setEntryPrice(Sample.decimal(100))
        .setMarkPrice(Sample.decimal(101))
        .setUnrealizedPnl(Sample.decimal(2))
        .setRNet(0.5)
        .setRiskUnit(2)
        .setCostEstimate(0.1)
        .setKillScore(0.62)
        .setKRegimeFlip(0)
        .setKSigmaSpike(0)
        .setKTsDrop(0)
        .setKAgePenalty(0)
        .setAgeMs(60_000)
        .setAsOfMs(NOW_MS)
        .build();
  }

  /** Decides about the proposal. */
  ApplyPlan decide() {
    Calibration calibration = HeatGate.calibrate(proposal, heat, policy, NOW_MS);
    HarvestProposal calibrated =
        HarvestProposal.newBuilder(proposal).setCalibration(calibration).build();
    ExitLayer.View view =
        new ExitLayer.View(
            policy,
            TradingState.ACTIVE,
            List.of(),
            position,
            List.of(),
            Optional.empty(),
            instrument);
    return ExitLayer.rule(ExitAsk.of(calibrated), view, NOW_MS)
        .fold(
            why -> {
              throw new IllegalStateException("denied: " + why);
            },
            ClosePlan::plan);
  }
}
