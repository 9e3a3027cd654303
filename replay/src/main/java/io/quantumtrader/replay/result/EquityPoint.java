package io.quantumtrader.replay.result;

/**
 * All accounts together at one step of the clock.
 *
 * @param atMs the step, epoch milliseconds UTC
 * @param equity wallets plus unrealised profit, quote currency
 * @param drawdown share that is missing from the highest equity so far, 0 to 1
 * @param exposure margin in use and reserved over equity, 0 or more
 * @param heat sum of |notional| x daily volatility over equity, 0 or more
 * @param open positions that are open
 */
public record EquityPoint(
    long atMs, double equity, double drawdown, double exposure, double heat, int open) {}
