package io.quantumtrader.topology.decision.kernel;

import io.quantumtrader.schemas.policy.IntervalScale;

/**
 * Parameters of the harvest kernel. R is profit over the risk taken at the open.
 *
 * @param fallbackStop stop distance where no stop proposal gives one, fraction of the entry price
 * @param costBps cost of a round trip, basis points of the entry price
 * @param rungs from which R a quarter, a half and three quarters are closed, ascending
 * @param tranches utilities of the three tranches
 * @param temperature of the softmax over the tranches
 * @param lock R from which the stop goes to break-even
 * @param breakEvenPlus how far beyond the entry price that is, fraction of it
 * @param kill parameters of the kill score
 */
public record HarvestTheta(
    double fallbackStop,
    double costBps,
    Three rungs,
    Three tranches,
    double temperature,
    double lock,
    double breakEvenPlus,
    Kill kill) {

  /** What holds where nothing else is said. */
  public static final HarvestTheta DEFAULT =
      new HarvestTheta(
          0.02, 10.0, new Three(2, 4, 6), new Three(0, 0, 0), 1.0, 1.5, 0.002, Kill.DEFAULT);

  /** Three numbers, one for each rung of the ladder. */
  public record Three(double first, double second, double third) {}

  /**
   * Parameters of the kill score.
   *
   * @param trendMin trend probability below which the regime counts as flipped
   * @param sigmaReference volatility that is nothing unusual, per interval, not 0
   * @param sigmaSpikeCap largest volatility component
   * @param tsReference trend strength that is nothing unusual
   * @param tsDropCap largest trend component
   * @param maxAgeSeconds age at which the age component is full, seconds, not 0
   * @param flipWeight weight of the regime component
   * @param sigmaWeight weight of the volatility component
   * @param tsWeight weight of the trend component
   * @param ageWeight weight of the age component
   * @param threshold kill score from which a full close is proposed, 0 to 1
   */
  public record Kill(
      double trendMin,
      double sigmaReference,
      double sigmaSpikeCap,
      double tsReference,
      double tsDropCap,
      double maxAgeSeconds,
      double flipWeight,
      double sigmaWeight,
      double tsWeight,
      double ageWeight,
      double threshold) {

    /** What holds where nothing else is said; the references are hourly. */
    public static final Kill DEFAULT =
        new Kill(0.3, 0.01, 2.0, 0.3, 0.5, 86_400, 1.0, 0.5, 0.5, 0.3, 0.6);

    /**
     * Returns these parameters with other references, for example hourly ones scaled to the candle
     * interval with {@link IntervalScale#fromHour}.
     */
    public Kill withReferences(double sigma, double ts) {
      return new Kill(
          trendMin,
          sigma,
          sigmaSpikeCap,
          ts,
          tsDropCap,
          maxAgeSeconds,
          flipWeight,
          sigmaWeight,
          tsWeight,
          ageWeight,
          threshold);
    }
  }
}
