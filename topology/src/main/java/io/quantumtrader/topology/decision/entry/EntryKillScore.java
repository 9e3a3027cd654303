package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.topology.decision.KillScoreInputs;
import io.quantumtrader.topology.decision.kernel.HarvestTheta;
import io.quantumtrader.topology.decision.kernel.KillScore;

/**
 * What speaks for leaving a position the moment it is opened: the harvest kernel's kill score on
 * the symbol's state at age 0, its references scaled to the candle interval.
 *
 * <p>The regime component is the kernel's own, from the state alone. There is no position yet that
 * a change of regime could be told of, and without that component the score ends at 0.777, so that
 * an entry into a violent market without a trend would never be scaled down.
 */
public final class EntryKillScore {

  private EntryKillScore() {}

  /** Returns the score, 0 to 1. */
  public static double of(MarketState state, Policy policy) {
    HarvestTheta.Kill theta = KillScoreInputs.theta(policy, state.getIntervalMs());
    return KillScore.of(KillScoreInputs.market(state), 0, theta).score();
  }
}
