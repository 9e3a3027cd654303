package io.quantumtrader.topology.decision.kernel;

import java.util.OptionalDouble;

/**
 * A position as the kernels see it. Prices in quote currency.
 *
 * @param symbol instrument
 * @param side LONG or SHORT; what else is given is refused by the stops kernel and taken for SHORT
 *     by the harvest kernel
 * @param entryPrice average entry price
 * @param currentPrice last price
 * @param peakPrice highest price since it was opened
 * @param troughPrice lowest price since it was opened
 * @param ageSeconds time since it was opened, seconds
 * @param unrealizedPnl profit at the current price, quote currency per base unit
 * @param currentStop stop that is in place
 */
public record KernelPosition(
    String symbol,
    String side,
    double entryPrice,
    double currentPrice,
    double peakPrice,
    double troughPrice,
    double ageSeconds,
    double unrealizedPnl,
    OptionalDouble currentStop) {

  /** Side of a position that gains when the price rises. */
  public static final String LONG = "LONG";

  /** Side of a position that gains when the price falls. */
  public static final String SHORT = "SHORT";

  /** Returns +1 for LONG and -1 for anything else. */
  int direction() {
    return side.equals(LONG) ? 1 : -1;
  }
}
