package io.quantumtrader.market;

import java.util.List;
import java.util.Random;

/**
 * A log price that changes its regime now and then. The unit of its moves is one standard deviation
 * of a candle in a usual market.
 */
final class GeneratedPath {

  private static final List<Regime> REGIMES = List.of(Regime.values());

  private final Random random;
  private final GeneratedMarketSettings settings;
  private Regime regime;
  private double volatility;
  private double position;
  private double anchor;

  GeneratedPath(long seed, GeneratedMarketSettings settings) {
    this.random = new Random(seed);
    this.settings = settings;
    enter();
  }

  /** Moves on by one candle; returns the move. */
  double move() {
    if (random.nextDouble() * settings.meanRegimeCandles() < 1) {
      enter();
    }
    double drift = regime.drift() * settings.trendDrift() * volatility;
    double pull = regime.pull() * settings.pullBack() * (anchor - position);
    double move = drift + pull + volatility * noise();
    position += move;
    return move;
  }

  /** Returns the present volatility as a multiple of the usual one. */
  double volatility() {
    return volatility;
  }

  /**
   * Returns a standard normal number within six deviations, so that no candle looks like a fault.
   */
  double noise() {
    return Math.clamp(random.nextGaussian(), -6, 6);
  }

  private void enter() {
    regime = REGIMES.get(random.nextInt(REGIMES.size()));
    volatility =
        switch (random.nextInt(4)) {
          case 0 -> settings.volatileFactor();
          case 1 -> 1 / settings.volatileFactor();
          default -> 1;
        };
    anchor = position;
  }
}
