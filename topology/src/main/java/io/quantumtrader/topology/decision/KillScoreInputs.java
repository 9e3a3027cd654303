package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.IntervalScale;
import io.quantumtrader.topology.decision.kernel.HarvestTheta;
import io.quantumtrader.topology.decision.kernel.KillScore;

/** What the harvest kernel's kill score is given, for an entry as for an open position. */
public final class KillScoreInputs {

  private KillScoreInputs() {}

  /** Returns the market as the kill score sees it. */
  public static KillScore.Market market(MarketState state) {
    return new KillScore.Market(
        state.getSigma(), state.getTs(), state.getPTrend(), state.getPMr(), state.getPChop());
  }

  /**
   * Returns the kernel's own parameters with the policy's references, scaled to the candle
   * interval. A reference volatility of zero would be divided by: the kernel's own holds in its
   * place.
   *
   * @param policy its references are per hour
   * @param intervalMs nominal candle interval, milliseconds, above 0
   */
  public static HarvestTheta.Kill theta(Policy policy, long intervalMs) {
    double sigmaPerHour =
        policy.getKillSigmaRef() > 0
            ? policy.getKillSigmaRef()
            : HarvestTheta.Kill.DEFAULT.sigmaReference();
    return HarvestTheta.Kill.DEFAULT.withReferences(
        IntervalScale.fromHour(sigmaPerHour, intervalMs),
        IntervalScale.fromHour(policy.getKillTsRef(), intervalMs));
  }
}
