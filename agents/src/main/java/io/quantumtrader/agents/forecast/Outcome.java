package io.quantumtrader.agents.forecast;

/**
 * What the price may do over the horizon that a model was trained for. The order is that of the
 * classes of the models: 0 down, 1 flat, 2 up.
 */
public enum Outcome {
  /** It falls. */
  DOWN,
  /** It does neither. */
  FLAT,
  /** It rises. */
  UP
}
