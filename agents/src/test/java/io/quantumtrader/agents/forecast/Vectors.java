package io.quantumtrader.agents.forecast;

import io.quantumtrader.agents.feature.Feature;
import io.quantumtrader.agents.feature.FeatureVector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Features for tests. */
public final class Vectors {

  private static final long MINUTE_MS = 60_000;

  private Vectors() {}

  /** Returns features that are all zero but for some. */
  public static FeatureVector with(Map<Feature, Double> known) {
    double[] values = new double[Feature.values().length];
    known.forEach((feature, value) -> values[feature.ordinal()] = value);
    return FeatureVector.of("AUSDT", MINUTE_MS, MINUTE_MS, values);
  }

  /** Returns features of which only some are known. */
  public static FeatureVector of(List<Feature> inputs, double... values) {
    double[] all = new double[Feature.values().length];
    Arrays.fill(all, Double.NaN);
    for (int i = 0; i < values.length; i++) {
      all[inputs.get(i).ordinal()] = values[i];
    }
    return FeatureVector.of("AUSDT", MINUTE_MS, MINUTE_MS, all);
  }
}
