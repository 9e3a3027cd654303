package io.quantumtrader.topology.decision.kernel;

/**
 * How much speaks for leaving a position: a sigmoid of four components. Formulas: legacy exit
 * contract, section 5.1.
 *
 * @param score 0 to 1; 0.5 where nothing speaks for it
 * @param regimeFlip 1 where the trend is gone, else 0
 * @param sigmaSpike volatility above its reference, 0 to its cap
 * @param tsDrop trend strength below its reference, 0 to its cap
 * @param agePenalty share of the greatest age, 0 to 1
 */
public record KillScore(
    double score, double regimeFlip, double sigmaSpike, double tsDrop, double agePenalty) {

  private static final double NO_TREND = 0.5;

  /**
   * The market as the kill score sees it.
   *
   * @param sigma volatility per interval
   * @param ts trend strength
   * @param pTrend probability of the trend regime
   * @param pMr probability of the mean-reverting regime
   * @param pChop probability of the choppy regime
   */
  public record Market(double sigma, double ts, double pTrend, double pMr, double pChop) {}

  /**
   * Computes the score.
   *
   * @param ageSeconds age of the position, seconds; 0 for an entry
   * @throws KernelRefusal where the volatility reference or the greatest age is 0
   */
  public static KillScore of(Market market, double ageSeconds, HarvestTheta.Kill theta) {
    boolean flipped =
        market.pTrend() < theta.trendMin() && market.pChop() + market.pMr() > NO_TREND;
    return of(market, ageSeconds, flipped, theta);
  }

  /**
   * Computes the score with the regime flip decided by the caller, who may know whether the
   * position was opened in a trend at all.
   *
   * @param ageSeconds age of the position, seconds; 0 for an entry
   * @param flipped whether the regime flipped
   * @throws KernelRefusal where the volatility reference or the greatest age is 0
   */
  public static KillScore of(
      Market market, double ageSeconds, boolean flipped, HarvestTheta.Kill theta) {
    if (theta.sigmaReference() == 0 || theta.maxAgeSeconds() == 0) {
      throw KernelRefusal.zeroDivision();
    }
    double flip = flipped ? 1 : 0;
    double spike =
        Arithmetic.clamp(market.sigma() / theta.sigmaReference() - 1, 0, theta.sigmaSpikeCap());
    double drop = Arithmetic.clamp(theta.tsReference() - market.ts(), 0, theta.tsDropCap());
    double age = Arithmetic.clamp(ageSeconds / theta.maxAgeSeconds(), 0, 1);
    double z =
        theta.flipWeight() * flip
            + theta.sigmaWeight() * spike
            + theta.tsWeight() * drop
            + theta.ageWeight() * age;
    return new KillScore(1 / (1 + StrictMath.exp(-z)), flip, spike, drop, age);
  }
}
