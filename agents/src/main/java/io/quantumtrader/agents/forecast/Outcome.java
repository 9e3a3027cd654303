package io.quantumtrader.agents.forecast;

/** What the price may do over the horizon that a model was trained for. */
public enum Outcome {
  /** It falls. */
  DOWN(0),
  /** It does neither. */
  FLAT(1),
  /** It rises. */
  UP(2);

  private final int label;

  Outcome(int label) {
    this.label = label;
  }

  /** Returns which class of the models it is, and which of their probabilities: 0, 1 or 2. */
  public int label() {
    return label;
  }
}
