package io.quantumtrader.agents.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether what was said to be likely came about as often: of forecasts p of something and whether
 * it came, o = 1 or 0.
 */
public final class Calibration {

  private Calibration() {}

  /**
   * A forecast and what came.
   *
   * @param probability what was said, 0 to 1
   * @param came whether it came
   */
  public record Case(double probability, boolean came) {

    /** Checks the range. */
    public Case {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("a probability must be from 0 to 1, not " + probability);
      }
    }

    private double outcome() {
      return came ? 1 : 0;
    }
  }

  /**
   * A bin of the reliability curve.
   *
   * @param from least probability in it
   * @param to greatest; in the last bin 1 belongs to it
   * @param count how many cases fell there
   * @param said mean probability that was said; NaN where there is no case
   * @param came share of them that came; NaN where there is no case
   */
  public record Bin(double from, double to, int count, double said, double came) {}

  /**
   * Returns the Brier score: the mean of (p - o)^2, 0 for a prophet, 0.25 for who always says one
   * half (Brier, <i>Verification of forecasts expressed in terms of probability</i>, 1950). NaN
   * without a case.
   */
  public static double brier(List<Case> cases) {
    return cases.stream()
        .mapToDouble(each -> Math.pow(each.probability() - each.outcome(), 2))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Returns the reliability curve: the cases in bins of equal width.
   *
   * @param bins how many, 1 or more
   */
  public static List<Bin> curve(List<Case> cases, int bins) {
    int[] counts = new int[bins];
    double[] said = new double[bins];
    double[] came = new double[bins];
    for (Case each : cases) {
      int bin = Math.min(bins - 1, (int) (each.probability() * bins));
      counts[bin]++;
      said[bin] += each.probability();
      came[bin] += each.outcome();
    }
    List<Bin> curve = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      curve.add(
          new Bin(
              (double) bin / bins,
              (bin + 1.0) / bins,
              counts[bin],
              said[bin] / counts[bin],
              came[bin] / counts[bin]));
    }
    return List.copyOf(curve);
  }

  /**
   * Returns the expected calibration error: how far share and saying lie apart, by bin, weighted by
   * their cases (Naeini, Cooper and Hauskrecht, 2015). NaN without a case.
   */
  public static double error(List<Case> cases, int bins) {
    double sum = 0;
    for (Bin bin : curve(cases, bins)) {
      sum += bin.count() == 0 ? 0 : bin.count() * Math.abs(bin.came() - bin.said());
    }
    return sum / cases.size();
  }
}
