package io.quantumtrader.market;

/**
 * How a candle file is replayed.
 *
 * @param speed event time over wall time, above 0; infinite for as fast as the pipeline keeps up
 */
public record ReplaySettings(double speed) {

  /** As fast as the pipeline keeps up. */
  public static final ReplaySettings MAX = new ReplaySettings(Double.POSITIVE_INFINITY);

  public ReplaySettings {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed must be above 0: " + speed);
    }
  }

  /** Returns whether wall time paces the replay. */
  boolean isPaced() {
    return !Double.isInfinite(speed);
  }
}
