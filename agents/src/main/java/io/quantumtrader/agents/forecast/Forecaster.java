package io.quantumtrader.agents.forecast;

import io.quantumtrader.agents.feature.Feature;
import io.quantumtrader.agents.feature.FeatureVector;
import java.util.List;

/**
 * A model that forecasts from features. For the same features it gives the same forecast. It is
 * used by one thread at a time, and may be slow, fail or hang: {@link GuardedForecaster} deals with
 * that.
 */
public interface Forecaster extends AutoCloseable {

  /** Returns which model it is. */
  ModelId id();

  /** Returns the features that it reads, in its own order. */
  List<Feature> inputs();

  /**
   * Forecasts.
   *
   * @param features all of {@link #inputs} have to be known in it
   * @throws NotANumberException if the model's answer has NaN or an infinite number in it
   * @throws Exception if the model cannot answer for any other reason
   */
  Forecast forecast(FeatureVector features) throws Exception;

  /** Gives back what it holds outside of the heap. */
  @Override
  void close();
}
