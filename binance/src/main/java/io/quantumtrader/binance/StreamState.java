package io.quantumtrader.binance;

/**
 * How a stream stands.
 *
 * @param connected whether a connection stands
 * @param sinceMs since when it has been so, epoch milliseconds UTC
 * @param reconnects how many connections were opened after the first one, planned ones included, 0
 *     or more
 * @param trouble why the last connection or attempt failed, one line; empty where none did
 */
public record StreamState(boolean connected, long sinceMs, long reconnects, String trouble) {}
