package io.quantumtrader.agents.decision;

/**
 * Thresholds of the trend rule, for candles of one hour; each is multiplied by sqrt(interval / 1 h)
 * for candles of another interval. Where they come from stands in {@code
 * docs/adr/0004-generated-market-and-agent-thresholds.md}.
 *
 * @param exit trend strength below which a view fades, and against it above which it ends, above 0
 * @param enter trend strength from which a view begins, above exit
 * @param strong trend strength from which a view is strong, above enter
 * @param quiet volatility below which no view begins, above 0
 * @param wild volatility above which no view begins, above quiet
 * @param slack factor 0 to 1: a view ends, and staying away begins, below quiet x slack or above
 *     wild / slack
 * @param blindIntervals intervals without a state after which a view ends, 1 or more
 */
public record TrendThresholds(
    double exit,
    double enter,
    double strong,
    double quiet,
    double wild,
    double slack,
    int blindIntervals) {

  /** The universe's own filter as the end of a view, each next level twice the one before. */
  public static final TrendThresholds DEFAULT =
      new TrendThresholds(0.3, 0.6, 1.2, 0.005, 0.05, 0.8, 5);

  public TrendThresholds {
    boolean ordered = exit > 0 && enter > exit && strong > enter && quiet > 0 && wild > quiet;
    if (!ordered || !(slack > 0 && slack <= 1) || blindIntervals < 1) {
      throw new IllegalArgumentException(
          "expected 0 < exit < enter < strong, 0 < quiet < wild, 0 < slack <= 1, blindIntervals >="
              + " 1");
    }
  }
}
