package io.quantumtrader.topology.decision.kernel;

/**
 * How likely each regime is; the three sum to 1.
 *
 * @param trend 0 to 1
 * @param meanReversion 0 to 1
 * @param chop 0 to 1
 */
public record RegimeProbabilities(double trend, double meanReversion, double chop) {

  /**
   * Returns {@code trend}, {@code mr} or {@code chop}, whichever is likeliest; the first on a tie.
   */
  public String likeliest() {
    if (trend >= meanReversion && trend >= chop) {
      return "trend";
    }
    return meanReversion >= chop ? "mr" : "chop";
  }
}
