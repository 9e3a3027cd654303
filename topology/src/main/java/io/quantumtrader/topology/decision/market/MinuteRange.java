package io.quantumtrader.topology.decision.market;

/**
 * Minutes counted from the epoch, both ends included; none where the last is before the first.
 *
 * @param first first minute
 * @param last last minute
 */
public record MinuteRange(long first, long last) {

  /** No minute. */
  public static final MinuteRange NONE = new MinuteRange(0, -1);
}
