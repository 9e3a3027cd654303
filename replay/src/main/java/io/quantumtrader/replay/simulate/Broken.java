package io.quantumtrader.replay.simulate;

/**
 * A promise that did not hold.
 *
 * @param promise which one
 * @param minute simulated minute in which it was found, 0 or more
 * @param what what was found
 */
public record Broken(Promise promise, int minute, String what) {}
