package io.quantumtrader.topology;

import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.util.Map;
import java.util.Optional;

/**
 * Computes the market state of closes, or finds it where it was computed before: it depends on the
 * closes alone, so that runs over the same candles may share it.
 */
@FunctionalInterface
public interface MarketKernel {

  /** Name of the setting under which a process passes one to the topology. */
  String SETTING = "quantum.market.kernel";

  /**
   * Returns what {@link MarketStateKernel#compute} returns for these closes.
   *
   * @param closes close prices, oldest first; not changed
   */
  Optional<MarketStateKernel.State> compute(double[] closes);

  /** Returns the one in a Streams configuration, or one that computes; that one for one thread. */
  static MarketKernel in(Map<String, ?> configuration) {
    if (configuration.get(SETTING) instanceof MarketKernel given) {
      return given;
    }
    KernelScratch scratch = new KernelScratch();
    return closes -> MarketStateKernel.compute(closes, scratch);
  }
}
