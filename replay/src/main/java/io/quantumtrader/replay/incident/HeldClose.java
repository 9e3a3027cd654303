package io.quantumtrader.replay.incident;

/**
 * A close that was asked for by its kill score and held back.
 *
 * @param atMs when, epoch milliseconds UTC
 * @param killScore the score, 0 to 1
 * @param code why it was held back
 */
public record HeldClose(long atMs, double killScore, String code) {}
