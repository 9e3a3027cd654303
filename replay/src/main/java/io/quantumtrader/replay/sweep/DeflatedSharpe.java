package io.quantumtrader.replay.sweep;

import java.util.Collection;

/**
 * How likely the best of many trials is better than the best that luck alone would have found.
 *
 * <p>Source: D. H. Bailey and M. López de Prado, "The Deflated Sharpe Ratio: Correcting for
 * Selection Bias, Backtest Overfitting and Non-Normality", Journal of Portfolio Management 40 (5),
 * 2014. With N trials whose Sharpe ratios have the variance V, the best of N without any skill is
 * expected at
 *
 * <pre>SR0 = sqrt(V) ((1 - g) Z(1 - 1/N) + g Z(1 - 1/(N e)))</pre>
 *
 * where g is Euler's constant and Z the quantile of the standard normal distribution. The deflated
 * ratio is the probability that the true one is above SR0:
 *
 * <pre>DSR = F((SR - SR0) sqrt(T - 1) / sqrt(1 - skewness SR + (kurtosis - 1) / 4 SR^2))</pre>
 *
 * with T returns, all ratios per period.
 *
 * <p>What it does not say: trials are taken as independent, and neighbours on a grid are not, which
 * makes N too large and V too small; which of the two weighs more is not known. Returns are taken
 * as independent too. Only the trials of one search are counted, none that was tried before it, and
 * it is about this history alone.
 *
 * @param expectedByLuck SR0, per period
 * @param probability DSR, 0 to 1
 */
public record DeflatedSharpe(double expectedByLuck, double probability) {

  private static final double EULER = 0.577_215_664_901_532_9;

  /**
   * Returns the ratio of the best of several trials.
   *
   * @param best the best trial's
   * @param all the ratios of all trials, the best's among them
   */
  public static DeflatedSharpe of(SharpeRatio best, Collection<Double> all) {
    return of(best, variance(all), all.size());
  }

  static DeflatedSharpe of(SharpeRatio best, double variance, int trials) {
    double luck = expectedByLuck(variance, trials);
    return new DeflatedSharpe(luck, probabilityAbove(best, luck));
  }

  /** Sample variance, divided by one less than their number; 0 for fewer than two. */
  static double variance(Collection<Double> values) {
    if (values.size() < 2) {
      return 0;
    }
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double sum = values.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
    return sum / (values.size() - 1);
  }

  /** Returns the best ratio that is expected of so many trials without skill; 0 for one. */
  static double expectedByLuck(double variance, int trials) {
    if (trials < 2) {
      return 0;
    }
    return Math.sqrt(variance)
        * ((1 - EULER) * Normal.quantile(1 - 1.0 / trials)
            + EULER * Normal.quantile(1 - 1 / (trials * Math.E)));
  }

  /** Returns the probability that the true ratio is above a threshold; 0 with too few returns. */
  private static double probabilityAbove(SharpeRatio ratio, double threshold) {
    double value = ratio.value();
    double spread = 1 - ratio.skewness() * value + (ratio.kurtosis() - 1) / 4 * value * value;
    if (ratio.periods() < 2 || spread <= 0) {
      return 0;
    }
    return Normal.probability(
        (value - threshold) * Math.sqrt(ratio.periods() - 1.0) / Math.sqrt(spread));
  }
}
