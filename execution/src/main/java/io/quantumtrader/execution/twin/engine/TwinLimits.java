package io.quantumtrader.execution.twin.engine;

/**
 * How much a client may ask.
 *
 * @param weightPerMinute request weight a minute and address
 * @param ordersPer10s orders in ten seconds and account
 * @param ordersPerMinute orders a minute and account
 * @param requestsPastLimit how many requests beyond the limit of a minute are answered 429 before
 *     the address is banned, 0 or more
 * @param banMs how long it then is, milliseconds
 */
public record TwinLimits(
    int weightPerMinute, int ordersPer10s, int ordersPerMinute, int requestsPastLimit, long banMs) {

  /** Returns the exchange's own. */
  public static TwinLimits usual() {
    return new TwinLimits(2400, 300, 1200, 10, 120_000);
  }
}
