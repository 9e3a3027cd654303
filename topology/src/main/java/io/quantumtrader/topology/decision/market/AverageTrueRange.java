package io.quantumtrader.topology.decision.market;

/**
 * Average true range after Wilder (New Concepts in Technical Trading Systems, 1978) over 14
 * candles: the mean of the first 14 true ranges, from then on (13 x average + true range) / 14.
 *
 * @param count true ranges so far, 0 or more
 * @param value their sum while they are fewer than 14, then the average; quote currency
 */
public record AverageTrueRange(long count, double value) {

  /** No true range yet. */
  public static final AverageTrueRange NONE = new AverageTrueRange(0, 0);

  /** Candles that are averaged over. */
  public static final int PERIOD = 14;

  /**
   * Returns the average with one more candle.
   *
   * @param previousClose close before it; NaN where there is none, its range counts then
   */
  public AverageTrueRange next(double high, double low, double previousClose) {
    double range = trueRange(high, low, previousClose);
    if (count + 1 < PERIOD) {
      return new AverageTrueRange(count + 1, value + range);
    }
    double average =
        count + 1 == PERIOD ? (value + range) / PERIOD : (value * (PERIOD - 1) + range) / PERIOD;
    return new AverageTrueRange(count + 1, average);
  }

  private static double trueRange(double high, double low, double previousClose) {
    double range = high - low;
    if (Double.isNaN(previousClose)) {
      return range;
    }
    return Math.max(range, Math.max(Math.abs(high - previousClose), Math.abs(low - previousClose)));
  }

  /** Returns whether 14 true ranges are known. */
  public boolean isKnown() {
    return count >= PERIOD;
  }
}
