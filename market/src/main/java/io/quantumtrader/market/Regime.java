package io.quantumtrader.market;

/** How a generated price behaves for a while. */
enum Regime {
  /** Drifts upward. */
  TREND_UP(1, 0),
  /** Drifts downward. */
  TREND_DOWN(-1, 0),
  /** Neither drifts nor returns: a random walk. */
  CHOP(0, 0),
  /** Is drawn back to where it was when the regime began. */
  MEAN_REVERTING(0, 1);

  private final int drift;
  private final int pull;

  Regime(int drift, int pull) {
    this.drift = drift;
    this.pull = pull;
  }

  /** Returns the direction of the drift: 1, 0 or -1. */
  int drift() {
    return drift;
  }

  /** Returns 1 where the price is drawn back to its anchor, else 0. */
  int pull() {
    return pull;
  }
}
