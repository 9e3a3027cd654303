package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.MarketState;

/** Names of market regimes. */
public final class Regimes {

  private Regimes() {}

  /** Returns the likeliest regime: trend, mr or chop; the first of them where they tie. */
  public static String of(MarketState state) {
    return of(state.getPTrend(), state.getPMr(), state.getPChop());
  }

  /** Returns the likeliest of these regimes; the first of them where they tie. */
  public static String of(double trend, double mr, double chop) {
    if (trend >= mr && trend >= chop) {
      return "trend";
    }
    return mr >= chop ? "mr" : "chop";
  }
}
