package io.quantumtrader.topology.decision.harvest;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.decision.KillScoreInputs;
import io.quantumtrader.topology.decision.kernel.HarvestTheta;
import io.quantumtrader.topology.decision.kernel.KillScore;

/**
 * What speaks for leaving an open position. The references are scaled to the candle interval, and a
 * missing trend counts only for a position that was opened in one: for any other it is no change,
 * and counting it would close most positions at once.
 */
final class PositionKillScore {

  /** Without a market state nothing speaks for leaving, not even age. */
  static final KillScore UNKNOWN = new KillScore(0.5, 0, 0, 0, 0);

  private static final String TREND = "trend";
  private static final double MS_PER_SECOND = 1_000;

  private PositionKillScore() {}

  /** Returns the score of a position of this age, milliseconds. */
  static KillScore of(PositionLedger row, long ageMs, MarketState state, Policy policy) {
    HarvestTheta.Kill theta = KillScoreInputs.theta(policy, state.getIntervalMs());
    KillScore.Market market = KillScoreInputs.market(state);
    double ageSeconds = ageMs / MS_PER_SECOND;
    return TREND.equals(row.getOpenedRegime())
        ? KillScore.of(market, ageSeconds, theta)
        : KillScore.of(market, ageSeconds, false, theta);
  }
}
