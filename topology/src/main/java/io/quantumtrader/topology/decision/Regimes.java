package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.MarketState;

/** Names of market regimes. */
public final class Regimes {

  private Regimes() {}

  /** Returns the likeliest regime: trend, mr or chop; the first of them where they tie. */
  public static String of(MarketState state) {
    if (state.getPTrend() >= state.getPMr() && state.getPTrend() >= state.getPChop()) {
      return "trend";
    }
    return state.getPMr() >= state.getPChop() ? "mr" : "chop";
  }
}
