package io.quantumtrader.schemas.policy;

/** Scales what was set for hourly candles to another interval, by the square root of time. */
public final class IntervalScale {

  private static final double HOUR_MS = 3_600_000;

  private IntervalScale() {}

  /**
   * Returns the value per interval.
   *
   * @param hourly value per hour
   * @param intervalMs nominal candle interval, milliseconds, above 0
   */
  public static double fromHour(double hourly, long intervalMs) {
    return hourly * Math.sqrt(intervalMs / HOUR_MS);
  }
}
