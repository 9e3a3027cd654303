package io.quantumtrader.topology.decision.kernel;

/**
 * Working memory of the market state kernel, so that a state costs no allocation beyond its result.
 * Confined to one thread; carries nothing from one state to the next.
 */
public final class KernelScratch {

  double[] logs = new double[320];
  double[] returns = new double[320];
  double[] winsorised = new double[256];
  double[] sums = new double[256];
  double[] sorted = new double[256];
  double[] slopes = new double[256 * 255 / 2];
  final SlopeSample sample = new SlopeSample();
  final TurningOrder order = new TurningOrder();

  /** Makes room for a number of closes and for the longest window of slopes. */
  void reserve(int closes, int trendWindow) {
    logs = atLeast(logs, closes);
    returns = atLeast(returns, closes);
    winsorised = atLeast(winsorised, closes);
    sums = atLeast(sums, closes);
    sorted = atLeast(sorted, closes);
    order.reserve(trendWindow);
    slopes = atLeast(slopes, Math.multiplyExact(trendWindow, trendWindow - 1) / 2);
  }

  private static double[] atLeast(double[] array, int length) {
    return array.length >= length ? array : new double[length];
  }
}
