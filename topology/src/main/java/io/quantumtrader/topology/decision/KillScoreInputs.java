package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.topology.decision.kernel.HarvestTheta;
import io.quantumtrader.topology.decision.kernel.IntervalScale;
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
   * Returns the kernel's own parameters with these references, scaled to the candle interval.
   *
   * @param sigmaPerHour reference volatility per hour
   * @param tsPerHour reference trend strength per hour
   * @param intervalMs nominal candle interval, milliseconds, above 0
   */
  public static HarvestTheta.Kill theta(double sigmaPerHour, double tsPerHour, long intervalMs) {
    return HarvestTheta.Kill.DEFAULT.withReferences(
        IntervalScale.fromHour(sigmaPerHour, intervalMs),
        IntervalScale.fromHour(tsPerHour, intervalMs));
  }
}
