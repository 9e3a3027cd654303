package io.quantumtrader.topology.decision.heat;

import io.quantumtrader.schemas.avro.Calibration;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.close.ExitAction;
import io.quantumtrader.topology.decision.heat.PortfolioHeat.Level;
import java.util.OptionalDouble;

/**
 * The heat gate (P2.6). A full close that is not protective is unstable if its kill score is high
 * or the portfolio is hot; the close policy says what becomes of it. Everything else passes:
 * partial closes, moved stops, and what protects under any policy.
 */
public final class HeatGate {

  /** Mode in which the original action holds. */
  public static final String SHADOW = "shadow";

  /** Mode in which the calibrated action holds. */
  public static final String ENFORCE = "enforce";

  private HeatGate() {}

  /**
   * What the account knows about its heat.
   *
   * @param heat portfolio heat at the last step of the clock; empty where it is not known
   * @param level its level
   */
  public record Heat(OptionalDouble heat, Level level) {}

  private record Verdict(String action, ReasonCode code, boolean unstable) {}

  /**
   * Returns what the gate makes of a proposal.
   *
   * @param nowMs the account's clock, epoch ms
   */
  public static Calibration calibrate(
      HarvestProposal proposal, Heat heat, Policy policy, long nowMs) {
    ClosePolicy closePolicy = ClosePolicy.named(policy.getClosePolicy());
    boolean shadow = SHADOW.equals(policy.getHeatMode());
    Verdict verdict = verdict(proposal, heat.level(), closePolicy, policy);
    return Calibration.newBuilder()
        .setCalibrated(!shadow)
        .setAction(verdict.action())
        .setCode(verdict.code().name())
        .setLevel(heat.level().name())
        .setHeat(heat.heat().isPresent() ? heat.heat().getAsDouble() : null)
        .setMode(shadow ? SHADOW : ENFORCE)
        .setClosePolicy(closePolicy.label())
        .setUnstable(verdict.unstable())
        .setAtMs(nowMs)
        .build();
  }

  private static Verdict verdict(
      HarvestProposal proposal, Level level, ClosePolicy closePolicy, Policy policy) {
    boolean full = ExitAction.read(proposal).kind() == ExitAction.Kind.FULL_CLOSE;
    boolean unstable =
        full
            && !isProtective(proposal.getTrigger())
            && (proposal.getKillScore() >= policy.getUnstableKillScore() || level == Level.HOT);
    if (!unstable || closePolicy == ClosePolicy.RISK_FIRST) {
      return new Verdict(proposal.getAction(), ReasonCode.CLOSE_PASSED, unstable);
    }
    if (closePolicy == ClosePolicy.PROFIT_OVERRIDE
        && proposal.getRNet() >= policy.getProfitOverrideR()) {
      return new Verdict(proposal.getAction(), ReasonCode.PROFIT_OVERRIDE, true);
    }
    return proposal.getNewStop() == null
        ? new Verdict(ExitAction.HOLD, ReasonCode.HEAT_HOLD, true)
        : new Verdict(ExitAction.UPDATE_SL, ReasonCode.HEAT_STOP_INSTEAD, true);
  }

  /** Returns whether an exit protects the account, so that nothing may hold it back. */
  public static boolean isProtective(ExitTrigger trigger) {
    return switch (trigger) {
      case STOP_HIT, TARGET_HIT, MANUAL_CLOSE, LIQUIDATION_GUARD -> true;
      case UNRECOGNIZED, NONE, RUNG, KILL_SCORE, PROFIT_LOCK, TRAILING_STOP, INTENT -> false;
    };
  }
}
