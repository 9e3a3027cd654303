package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * How a conditional order follows the price: once the price has reached its activation, the best
 * price from then on counts, and it triggers where the price has come back from that by a share.
 *
 * @param callbackRate how far the price comes back, percent, 0.1 to 10; 0 where it does not trail
 * @param activatePrice from which price on it follows, quote currency; 0 from the first moment
 */
public record AlgoTrail(BigDecimal callbackRate, BigDecimal activatePrice) {
  /** That of an order which does not trail. */
  public static final AlgoTrail NONE = new AlgoTrail(BigDecimal.ZERO, BigDecimal.ZERO);

  private static final BigDecimal LEAST = new BigDecimal("0.1");
  private static final BigDecimal MOST = BigDecimal.TEN;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Returns whether the rate is one that the exchange takes: 0.1 to 10 percent, in tenths. */
  boolean isInRange() {
    return callbackRate.compareTo(LEAST) >= 0
        && callbackRate.compareTo(MOST) <= 0
        && callbackRate.remainder(LEAST).signum() == 0;
  }

  /** Returns whether a price is the activation, or beyond it. */
  boolean activatesAt(Side side, BigDecimal latest) {
    return activatePrice.signum() == 0 || better(side, latest, activatePrice) || at(latest);
  }

  private boolean at(BigDecimal latest) {
    return latest.compareTo(activatePrice) == 0;
  }

  /** Returns whether one price is better than another for an order that waits to come back. */
  static boolean better(Side side, BigDecimal price, BigDecimal than) {
    int order = price.compareTo(than);
    return side == Side.SELL ? order > 0 : order < 0;
  }

  /** Returns where it triggers, quote currency, after a best price. */
  BigDecimal triggerAfter(Side side, BigDecimal best) {
    BigDecimal share = HUNDRED.add(side.signed(callbackRate));
    return best.multiply(share).divide(HUNDRED);
  }
}
