package io.quantumtrader.topology.decision.kernel;

import java.util.Map;

/**
 * Parameters of the stops kernel.
 *
 * @param stopMin smallest stop and trailing distance, fraction of the price
 * @param targetMin smallest target distance, fraction of the price
 * @param stopFactors multiples of sigma to the stop per regime (trend, mr, chop); 1 where absent
 * @param targetFactors multiples of sigma to the target per regime; 1 where absent
 * @param trailFactors multiples of sigma to the trailing stop per regime; 1 where absent
 * @param extensionGain how much a trend lengthens the target distance
 * @param extensionMax how much it lengthens it at most
 * @param monotonic whether a stop is never loosened
 * @param eps prices that differ by no more are the same, quote currency
 */
public record StopsTheta(
    double stopMin,
    double targetMin,
    Map<String, Double> stopFactors,
    Map<String, Double> targetFactors,
    Map<String, Double> trailFactors,
    double extensionGain,
    double extensionMax,
    boolean monotonic,
    double eps) {

  /** What holds where nothing else is said. */
  public static final StopsTheta DEFAULT =
      new StopsTheta(
          0.005,
          0.01,
          Map.of("trend", 1.5, "mr", 0.8, "chop", 1.0),
          Map.of("trend", 2.5, "mr", 1.2, "chop", 1.5),
          Map.of("trend", 1.2, "mr", 1.5, "chop", 1.3),
          0.5,
          0.3,
          true,
          1e-8);

  public StopsTheta {
    stopFactors = Map.copyOf(stopFactors);
    targetFactors = Map.copyOf(targetFactors);
    trailFactors = Map.copyOf(trailFactors);
  }
}
