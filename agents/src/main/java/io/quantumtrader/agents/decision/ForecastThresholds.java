package io.quantumtrader.agents.decision;

/**
 * Probabilities from which a forecast is acted on. There are no defaults: they depend on the
 * horizon and on how often a model's classes occur.
 *
 * <p>Because the probabilities add up to 1, exit and leave above 1 - enter mean that no forecast
 * both opens a view and would close it, so a forecast that stays the same makes no view flap.
 *
 * @param enter probability of a direction from which a view begins, above 1/3 to 1
 * @param exit probability of the opposite direction from which a view ends, above 1 - enter to 1
 * @param leave probability of neither from which a view ends, above 1 - enter to 1
 */
public record ForecastThresholds(double enter, double exit, double leave) {

  /**
   * Creates thresholds.
   *
   * @throws IllegalArgumentException if one is outside of its range
   */
  public ForecastThresholds {
    boolean ranges = enter > 1.0 / 3 && enter <= 1 && exit <= 1 && leave <= 1;
    if (!ranges || !(exit > 1 - enter) || !(leave > 1 - enter)) {
      throw new IllegalArgumentException(
          "expected 1/3 < enter <= 1, 1 - enter < exit <= 1, 1 - enter < leave <= 1: %s, %s, %s"
              .formatted(enter, exit, leave));
    }
  }
}
