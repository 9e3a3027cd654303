package io.quantumtrader.binance;

import java.math.BigDecimal;

/**
 * A mark price.
 *
 * @param symbol contract
 * @param price quote currency, above 0; not on the tick
 * @param atMs time of the price on the exchange's clock, epoch milliseconds UTC, 0 or more
 */
public record MarkPrice(String symbol, BigDecimal price, long atMs) {}
