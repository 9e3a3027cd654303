package io.quantumtrader.market.live;

/**
 * How much may be asked for, so that whatever else asks from the same address is not shut out. The
 * exchange counts the weight of requests by the minute of its own clock and says with each answer
 * how much that is.
 */
final class WeightPace {

  /** What the exchange allows an address a minute. */
  static final int LIMIT = 2_400;

  /** What candles may fill it up to; the rest is for orders, positions, marks and the time. */
  static final int FOR_CANDLES = 1_600;

  private static final long MINUTE_MS = 60_000;

  private int used;
  private long minute = Long.MIN_VALUE;

  /**
   * Takes what an answer said.
   *
   * @param usedWeight weight that was counted so far in the minute, 0 or more
   * @param exchangeMs the exchange's time, epoch milliseconds UTC
   */
  void told(int usedWeight, long exchangeMs) {
    used = usedWeight;
    minute = Math.floorDiv(exchangeMs, MINUTE_MS);
  }

  /** Returns whether candles of a weight may be asked for now. */
  boolean allows(int weight, long exchangeMs) {
    boolean sameMinute = Math.floorDiv(exchangeMs, MINUTE_MS) == minute;
    return !sameMinute || used + weight <= FOR_CANDLES;
  }
}
