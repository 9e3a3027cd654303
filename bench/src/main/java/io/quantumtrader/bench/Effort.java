package io.quantumtrader.bench;

/**
 * How much is measured.
 *
 * @param rounds rounds that count, 1 or more
 * @param warmUp rounds before them that do not
 * @param quick whether everything is small: tries the measurement out and measures nothing
 */
public record Effort(int rounds, int warmUp, boolean quick) {

  /** One short round, in which nothing is warm. */
  public static final Effort QUICK = new Effort(1, 0, true);

  /** Rounds that are measured by default. */
  public static final int ROUNDS = 5;

  private static final int WARM_UP = 3;

  /** Returns the requested number of rounds, warmed up. */
  public static Effort of(int rounds) {
    return new Effort(rounds, WARM_UP, false);
  }

  /** Returns the number for a measurement, or the one for trying it out. */
  public int size(int measured, int tried) {
    return quick ? tried : measured;
  }
}
