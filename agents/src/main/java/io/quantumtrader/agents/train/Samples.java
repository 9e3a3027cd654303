package io.quantumtrader.agents.train;

import io.quantumtrader.agents.feature.Feature;
import io.quantumtrader.agents.forecast.Outcome;
import java.util.List;

/**
 * What a model learns from. The arrays are not copied and must not be changed.
 *
 * @param inputs the features, in the order that the model is to read them
 * @param x by sample, then by feature; all are numbers
 * @param y by sample: 0 where the price fell, 1 where it did neither, 2 where it rose, the labels
 *     of {@link Outcome}
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares samples, and a copy may be large
public record Samples(List<Feature> inputs, double[][] x, int[] y) {

  /**
   * Creates samples.
   *
   * @throws IllegalArgumentException if there are none, their sizes do not fit, one is no number in
   *     single precision, as models read it, or an outcome is not 0, 1 or 2
   */
  public Samples {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty() || x.length == 0 || x.length != y.length) {
      throw new IllegalArgumentException(
          "%d features, %d samples, %d outcomes".formatted(inputs.size(), x.length, y.length));
    }
    for (int i = 0; i < x.length; i++) {
      if (y[i] < 0 || y[i] >= Outcome.values().length) {
        throw new IllegalArgumentException("outcome of sample %d: %d".formatted(i, y[i]));
      }
      if (x[i].length != inputs.size()) {
        throw new IllegalArgumentException(
            "sample %d has %d values for %d features".formatted(i, x[i].length, inputs.size()));
      }
      for (int j = 0; j < x[i].length; j++) {
        if (!Float.isFinite((float) x[i][j])) {
          throw new IllegalArgumentException(
              "%s of sample %d: %s".formatted(inputs.get(j).label(), i, x[i][j]));
        }
      }
    }
  }

  /** Returns how many there are. */
  public int size() {
    return y.length;
  }
}
