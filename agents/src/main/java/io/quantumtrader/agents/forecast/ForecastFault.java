package io.quantumtrader.agents.forecast;

/** Why there is no forecast. */
public enum ForecastFault {
  /**
   * The model was refused when it was loaded, is closed, or the library it runs on is not there.
   */
  MODEL_MISSING,
  /** It threw, or answered something that is no forecast, as probabilities that add up to 2. */
  MODEL_FAILED,
  /** It took longer than its budget, or is still busy with an earlier call that did. */
  MODEL_TOO_SLOW,
  /** It answered NaN or an infinite number. */
  MODEL_NOT_A_NUMBER,
  /** Features that it reads are not known; it was not asked. */
  FEATURES_MISSING,
  /** Too few members of an ensemble, by weight, gave a forecast. */
  NO_QUORUM
}
