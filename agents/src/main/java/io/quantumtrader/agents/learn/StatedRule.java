package io.quantumtrader.agents.learn;

import io.quantumtrader.agents.feature.Bar;
import java.util.List;
import java.util.Optional;

/**
 * What would have come of a view that nobody acted on, under a rule that is stated: entry at a
 * price, a stop and a target at fixed distances, and a time after which it is closed at the market
 * (the triple barrier of López de Prado, <i>Advances in financial machine learning</i>, 2018,
 * chapter 3). It is a hypothesis: nothing says that an order would have been filled there.
 *
 * <p>Where a candle touches both stop and target, the stop counts. A candle that opens beyond one
 * of them is left at its open, which is worse than the stop and better than the target.
 *
 * @param stopDistance distance of the stop from the entry, as a share of its price, above 0 and
 *     below 1
 * @param targetDistance distance of the target likewise, above 0
 * @param horizonMs time after which it is closed, milliseconds, above 0
 * @param costs fees and slippage of entry and exit together, as a share of the entry's price, 0 or
 *     more
 */
public record StatedRule(double stopDistance, double targetDistance, long horizonMs, double costs) {

  /** Why it would have ended. */
  public enum Exit {
    /** The stop was touched, or opened beyond. */
    STOP,
    /** The target was. */
    TARGET,
    /** The time was over. */
    TIME
  }

  /**
   * What would have come of it.
   *
   * @param exit why it would have ended
   * @param price at what price
   * @param heldMs how long it would have been held, milliseconds
   * @param profit profit after costs, as a share of the entry's price
   * @param r the same in units of the stop's distance
   */
  public record Outcome(Exit exit, double price, long heldMs, double profit, double r) {}

  /** Checks the ranges. */
  public StatedRule {
    if (!(stopDistance > 0 && stopDistance < 1) || !(targetDistance > 0)) {
      throw new IllegalArgumentException(
          "stop distance %s must be between 0 and 1, target distance %s above 0"
              .formatted(stopDistance, targetDistance));
    }
    if (horizonMs <= 0 || !(costs >= 0)) {
      throw new IllegalArgumentException(
          "horizon %d ms must be above 0, costs %s 0 or more".formatted(horizonMs, costs));
    }
  }

  /**
   * Follows a view until it ends.
   *
   * @param direction 1 for long, -1 for short
   * @param entryMs when it would have been entered, epoch milliseconds UTC
   * @param entryPrice at what price, above 0
   * @param after closed candles that closed after the entry, oldest first
   * @return what would have come of it; empty while it is still open at the last of them
   */
  public Optional<Outcome> follow(int direction, long entryMs, double entryPrice, List<Bar> after) {
    if (Math.abs(direction) != 1 || !(entryPrice > 0)) {
      throw new IllegalArgumentException(
          "direction %d must be 1 or -1, price %s above 0".formatted(direction, entryPrice));
    }
    double stop = entryPrice * (1 - direction * stopDistance);
    double target = entryPrice * (1 + direction * targetDistance);
    for (Bar bar : after) {
      double worst = direction > 0 ? bar.low() : bar.high();
      double best = direction > 0 ? bar.high() : bar.low();
      long heldMs = bar.closeTimeMs() - entryMs;
      if (direction * (worst - stop) <= 0) {
        double price = direction * (bar.open() - stop) <= 0 ? bar.open() : stop;
        return Optional.of(outcome(Exit.STOP, direction, entryPrice, price, heldMs));
      }
      if (direction * (best - target) >= 0) {
        double price = direction * (bar.open() - target) >= 0 ? bar.open() : target;
        return Optional.of(outcome(Exit.TARGET, direction, entryPrice, price, heldMs));
      }
      if (heldMs >= horizonMs) {
        return Optional.of(outcome(Exit.TIME, direction, entryPrice, bar.close(), heldMs));
      }
    }
    return Optional.empty();
  }

  private Outcome outcome(Exit exit, int direction, double entry, double price, long heldMs) {
    double profit = direction * (price - entry) / entry - costs;
    return new Outcome(exit, price, heldMs, profit, profit / stopDistance);
  }
}
