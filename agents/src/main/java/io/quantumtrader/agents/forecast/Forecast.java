package io.quantumtrader.agents.forecast;

import java.util.Locale;

/**
 * How probable it is what the price does over the horizon that a model was trained for.
 *
 * @param up probability that it rises, 0 to 1
 * @param flat probability that it does neither, 0 to 1
 * @param down probability that it falls, 0 to 1; the three add up to 1 within {@link #TOLERANCE}
 */
public record Forecast(double up, double flat, double down) {

  /** How far the sum of the probabilities may lie from 1. */
  public static final double TOLERANCE = 1e-6;

  /**
   * Creates a forecast.
   *
   * @throws NotANumberException if a probability is NaN or infinite
   * @throws IllegalArgumentException if one is not from 0 to 1, or they do not add up to 1
   */
  public Forecast {
    if (!Double.isFinite(up) || !Double.isFinite(flat) || !Double.isFinite(down)) {
      throw new NotANumberException("probabilities that are no numbers: " + text(up, flat, down));
    }
    if (!isShare(up) || !isShare(flat) || !isShare(down)) {
      throw new IllegalArgumentException(
          "probabilities that are not from 0 to 1: " + text(up, flat, down));
    }
    if (!(Math.abs(up + flat + down - 1) <= TOLERANCE)) {
      throw new IllegalArgumentException(
          "probabilities that add up to %s, not to 1: %s"
              .formatted(up + flat + down, text(up, flat, down)));
    }
  }

  /**
   * Returns the forecast whose probabilities are in a given proportion.
   *
   * @param up weight of rising, 0 or more
   * @param flat weight of neither, 0 or more
   * @param down weight of falling, 0 or more; the sum is above 0
   * @throws NotANumberException if a weight is NaN or infinite, or all are 0
   * @throws IllegalArgumentException if one is below 0
   */
  public static Forecast proportional(double up, double flat, double down) {
    double sum = up + flat + down;
    return new Forecast(up / sum, flat / sum, down / sum);
  }

  /** Returns the probability of an outcome. */
  public double of(Outcome outcome) {
    return switch (outcome) {
      case DOWN -> down;
      case FLAT -> flat;
      case UP -> up;
    };
  }

  /**
   * Returns the outcome that is more probable than each other one; FLAT where there is none, since
   * then no direction is.
   */
  public Outcome mostProbable() {
    if (up > flat && up > down) {
      return Outcome.UP;
    }
    return down > flat && down > up ? Outcome.DOWN : Outcome.FLAT;
  }

  private static boolean isShare(double probability) {
    return probability >= 0 && probability <= 1;
  }

  private static String text(double up, double flat, double down) {
    return String.format(Locale.ROOT, "up %s, flat %s, down %s", up, flat, down);
  }
}
