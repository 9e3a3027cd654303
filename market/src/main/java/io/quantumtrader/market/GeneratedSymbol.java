package io.quantumtrader.market;

import java.math.BigDecimal;

/**
 * What a generated symbol looks like.
 *
 * @param symbol instrument, upper case
 * @param price price it starts near, quote currency, above 0
 * @param tick smallest price step, quote currency, above 0
 * @param sigma volatility of the log return of one candle in a usual market, above 0
 * @param beta share of the common factor, 0 or more
 * @param notional mean traded notional of one candle, quote currency, above 0
 */
public record GeneratedSymbol(
    String symbol, double price, BigDecimal tick, double sigma, double beta, double notional) {

  public GeneratedSymbol {
    if (price <= 0 || tick.signum() <= 0 || sigma <= 0 || beta < 0 || notional <= 0) {
      throw new IllegalArgumentException(
          "price, tick, sigma and notional must be above 0, beta 0 or more: " + symbol);
    }
  }
}
