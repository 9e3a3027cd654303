package io.quantumtrader.replay.sweep;

import java.util.Arrays;

/**
 * Mean over standard deviation of returns, per period and not annualised, with what is needed to
 * say how sure it is.
 *
 * @param value the ratio; 0 where returns do not vary
 * @param periods how many returns there were
 * @param skewness third standardised moment of the returns; 0 where they do not vary
 * @param kurtosis fourth standardised moment, 3 for the normal distribution
 */
public record SharpeRatio(double value, int periods, double skewness, double kurtosis) {

  private static final double NORMAL_KURTOSIS = 3;

  /** Returns the ratio of returns; moments are those of the sample, divided by their number. */
  public static SharpeRatio of(double[] returns) {
    double mean = Arrays.stream(returns).average().orElse(0);
    double second = moment(returns, mean, 2);
    if (second <= 0) {
      return new SharpeRatio(0, returns.length, 0, NORMAL_KURTOSIS);
    }
    double deviation = Math.sqrt(second);
    return new SharpeRatio(
        mean / deviation,
        returns.length,
        moment(returns, mean, 3) / (second * deviation),
        moment(returns, mean, 4) / (second * second));
  }

  private static double moment(double[] returns, double mean, int power) {
    return Arrays.stream(returns).map(each -> Math.pow(each - mean, power)).average().orElse(0);
  }
}
