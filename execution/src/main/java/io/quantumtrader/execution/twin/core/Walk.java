package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;

/** A random walk of one symbol's price; the same seed makes the same one. */
final class Walk {
  private static final double LARGEST_STEP = 0.02;
  private static final double USUAL_VALUE = 50_000;

  private final Random random;
  private final double sigma;

  /**
   * Creates it.
   *
   * @param sigma standard deviation of a step, a share of the price, 0 or more
   */
  Walk(long seed, String symbol, double sigma) {
    random = new Random(seed * 31 + symbol.hashCode());
    this.sigma = sigma;
  }

  /** Returns the next price, on the symbol's tick, above 0. */
  BigDecimal next(BigDecimal price, TwinSymbol symbol) {
    double step = random.nextGaussian() * sigma;
    double held = Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, step));
    return BigDecimal.valueOf(price.doubleValue() * Math.exp(held))
        .divide(symbol.tick(), 0, RoundingMode.HALF_EVEN)
        .max(BigDecimal.ONE)
        .multiply(symbol.tick());
  }

  /** Returns how much was traded at a price, base units, on the symbol's step. */
  BigDecimal traded(BigDecimal price, TwinSymbol symbol) {
    double quantity = USUAL_VALUE * (0.5 + random.nextDouble()) / price.doubleValue();
    return BigDecimal.valueOf(quantity)
        .divide(symbol.step(), 0, RoundingMode.UP)
        .multiply(symbol.step());
  }
}
