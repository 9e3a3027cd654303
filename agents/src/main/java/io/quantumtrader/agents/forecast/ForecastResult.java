package io.quantumtrader.agents.forecast;

import java.util.Optional;

/** What came of asking a model. */
public sealed interface ForecastResult {

  /** Returns the model that was asked. */
  ModelId id();

  /** Returns its forecast, or empty where it gave none. */
  default Optional<Forecast> given() {
    return this instanceof Given given ? Optional.of(given.forecast()) : Optional.empty();
  }

  /**
   * It gave a forecast.
   *
   * @param id the model
   * @param forecast its forecast
   * @param nanos how long the model itself took, nanoseconds; of an ensemble the sum of its members
   */
  record Given(ModelId id, Forecast forecast, long nanos) implements ForecastResult {}

  /**
   * It gave none.
   *
   * @param id the model
   * @param fault the kind of reason
   * @param why the reason, one line with the numbers
   */
  record Failed(ModelId id, ForecastFault fault, String why) implements ForecastResult {}
}
