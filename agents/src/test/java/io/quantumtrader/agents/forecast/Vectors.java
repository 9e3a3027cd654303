package io.quantumtrader.agents.forecast;

import io.quantumtrader.agents.feature.Feature;
import io.quantumtrader.agents.feature.FeatureVector;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Features for tests. */
public final class Vectors {

  private static final long MINUTE_MS = 60_000;

  private Vectors() {}

  /** Returns features that are all zero but for some. */
  public static FeatureVector with(Map<Feature, Double> known) {
    return of(known, 0);
  }

  /** Returns features of which only some are known. */
  public static FeatureVector of(List<Feature> inputs, double... values) {
    Map<Feature, Double> known = new EnumMap<>(Feature.class);
    for (int i = 0; i < values.length; i++) {
      known.put(inputs.get(i), values[i]);
    }
    return of(known, Double.NaN);
  }

  private static FeatureVector of(Map<Feature, Double> known, double others) {
    double[] values =
        Arrays.stream(Feature.values())
            .mapToDouble(feature -> known.getOrDefault(feature, others))
            .toArray();
    return FeatureVector.of("AUSDT", MINUTE_MS, MINUTE_MS, values);
  }
}
