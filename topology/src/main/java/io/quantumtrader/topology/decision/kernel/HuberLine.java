package io.quantumtrader.topology.decision.kernel;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The line with the smallest Huber loss (delta 1.35), searched by the downhill simplex of Nelder
 * and Mead (1965) from the least squares line. Steps, tolerances (1e-4 in both coordinates and in
 * the loss) and the limit of 400 iterations and evaluations are SciPy's, because where the search
 * stops is part of the result.
 */
final class HuberLine {

  private static final double DELTA = 1.35;
  private static final double TOLERANCE = 1e-4;
  private static final int LIMIT = 400;
  private static final double NONZERO_STEP = 1.05;
  private static final double ZERO_STEP = 0.00025;

  private record Vertex(double slope, double intercept, double loss) {}

  private final double[] y;
  private final int from;
  private final int n;
  private int evaluations;
  private final Vertex[] simplex = new Vertex[3];

  private HuberLine(double[] y, int from, int n) {
    this.y = y;
    this.from = from;
    this.n = n;
  }

  /** Returns the slope of the line through y[from] to y[from + n - 1]. */
  static double slope(double[] y, int from, int n) {
    return new HuberLine(y, from, n).search();
  }

  private double search() {
    double[] line = Slopes.leastSquares(y, from, n);
    simplex[0] = vertex(line[0], line[1]);
    simplex[1] = vertex(stepped(line[0]), line[1]);
    simplex[2] = vertex(line[0], stepped(line[1]));
    sort();
    for (int iteration = 1; iteration < LIMIT && evaluations < LIMIT; iteration++) {
      if (converged()) {
        break;
      }
      step();
      sort();
    }
    return simplex[0].slope;
  }

  private static double stepped(double coordinate) {
    return coordinate == 0 ? ZERO_STEP : NONZERO_STEP * coordinate;
  }

  private void sort() {
    Arrays.sort(simplex, Comparator.comparingDouble(Vertex::loss));
  }

  private boolean converged() {
    for (int i = 1; i < simplex.length; i++) {
      boolean near =
          Math.abs(simplex[i].slope - simplex[0].slope) <= TOLERANCE
              && Math.abs(simplex[i].intercept - simplex[0].intercept) <= TOLERANCE
              && Math.abs(simplex[i].loss - simplex[0].loss) <= TOLERANCE;
      if (!near) {
        return false;
      }
    }
    return true;
  }

  /** Replaces the worst vertex, or shrinks the simplex towards the best one. */
  private void step() {
    Vertex reflected = away(1.0);
    if (reflected.loss < simplex[0].loss) {
      if (exhausted()) {
        return;
      }
      Vertex expanded = away(2.0);
      simplex[2] = expanded.loss < reflected.loss ? expanded : reflected;
      return;
    }
    if (reflected.loss < simplex[1].loss) {
      simplex[2] = reflected;
      return;
    }
    if (exhausted()) {
      return;
    }
    boolean outside = reflected.loss < simplex[2].loss;
    Vertex contracted = away(outside ? 0.5 : -0.5);
    if (outside ? contracted.loss <= reflected.loss : contracted.loss < simplex[2].loss) {
      simplex[2] = contracted;
      return;
    }
    shrink();
  }

  private void shrink() {
    for (int i = 1; i < simplex.length; i++) {
      if (exhausted()) {
        return;
      }
      simplex[i] =
          vertex(
              simplex[0].slope + 0.5 * (simplex[i].slope - simplex[0].slope),
              simplex[0].intercept + 0.5 * (simplex[i].intercept - simplex[0].intercept));
    }
  }

  /** The point on the ray from the worst vertex through the middle of the others. */
  private Vertex away(double factor) {
    double middleSlope = (simplex[0].slope + simplex[1].slope) / 2;
    double middleIntercept = (simplex[0].intercept + simplex[1].intercept) / 2;
    return vertex(
        (1 + factor) * middleSlope - factor * simplex[2].slope,
        (1 + factor) * middleIntercept - factor * simplex[2].intercept);
  }

  private boolean exhausted() {
    return evaluations >= LIMIT;
  }

  private Vertex vertex(double slope, double intercept) {
    evaluations++;
    double loss = 0;
    for (int i = 0; i < n; i++) {
      double residual = y[from + i] - (slope * i + intercept);
      double distance = Math.abs(residual);
      loss += distance <= DELTA ? 0.5 * residual * residual : DELTA * (distance - 0.5 * DELTA);
    }
    return new Vertex(slope, intercept, loss);
  }
}
