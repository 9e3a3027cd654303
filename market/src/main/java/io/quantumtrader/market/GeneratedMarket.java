package io.quantumtrader.market;

import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A market made up from a seed: each symbol is a share of a common factor and a path of its own,
 * and all of them trend, chop and revert for a while, calmly or wildly. The prices depend on the
 * seed and on how many candles were drawn, never on time; {@code StrictMath} makes them the same on
 * every machine. Not safe for use by several threads.
 */
public final class GeneratedMarket {

  /** Weight of the common factor against the path of its own, so that both together have 1. */
  private static final double COMMON = 0.6;

  private static final double OWN = StrictMath.sqrt(1 - COMMON * COMMON);

  /**
   * A price is drawn back to where it started by this share in each candle: a half-life of days.
   */
  private static final double HOME = 1e-4;

  private static final int MOVES_WITHIN_A_CANDLE = 4;
  private static final int VOLUME_SCALE = 3;

  private final GeneratedPath factor;
  private final List<Line> lines;

  /** Creates the market before its first candle. */
  public GeneratedMarket(GeneratedMarketSettings settings) {
    this.factor = new GeneratedPath(mixed(settings.seed(), -1), settings);
    List<GeneratedSymbol> symbols =
        settings.symbols().stream().sorted(Comparator.comparing(GeneratedSymbol::symbol)).toList();
    this.lines = new ArrayList<>();
    for (int i = 0; i < symbols.size(); i++) {
      lines.add(new Line(symbols.get(i), new GeneratedPath(mixed(settings.seed(), i), settings)));
    }
  }

  /**
   * Draws the next candle of every symbol.
   *
   * @param closeTimeMs when they close, epoch milliseconds UTC
   * @param intervalMs nominal interval, milliseconds above 0; they open that much earlier
   * @return the candles, ordered by symbol
   */
  public MarketStep next(long closeTimeMs, long intervalMs) {
    double common = factor.move();
    List<Candle> candles = new ArrayList<>(lines.size());
    for (Line line : lines) {
      candles.add(line.next(common, closeTimeMs - intervalMs, intervalMs));
    }
    return new MarketStep(closeTimeMs, candles);
  }

  private static long mixed(long seed, long stream) {
    long z = seed + (stream + 2) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A symbol on its way. */
  private static final class Line {

    private final GeneratedSymbol symbol;
    private final GeneratedPath path;
    private double logPrice;
    private BigDecimal last;

    Line(GeneratedSymbol symbol, GeneratedPath path) {
      this.symbol = symbol;
      this.path = path;
      this.logPrice = StrictMath.log(symbol.price());
      this.last = price(logPrice);
    }

    Candle next(double common, long openTimeMs, long intervalMs) {
      double home = HOME * (StrictMath.log(symbol.price()) - logPrice);
      double move = home + symbol.sigma() * (COMMON * symbol.beta() * common + OWN * path.move());
      BigDecimal open = last;
      BigDecimal high = open;
      BigDecimal low = open;
      double wobble = symbol.sigma() * path.volatility() / MOVES_WITHIN_A_CANDLE;
      for (int i = 1; i < MOVES_WITHIN_A_CANDLE; i++) {
        BigDecimal between =
            price(logPrice + move * i / MOVES_WITHIN_A_CANDLE + wobble * path.noise());
        high = high.max(between);
        low = low.min(between);
      }
      logPrice += move;
      last = price(logPrice);
      return new Candle(
          symbol.symbol(),
          openTimeMs,
          intervalMs,
          open,
          high.max(last),
          low.min(last),
          last,
          volume(move));
    }

    // More is traded where the price moves more.
    private BigDecimal volume(double move) {
      double activity = 0.5 + 0.5 * Math.abs(move) / symbol.sigma();
      double units = symbol.notional() * activity * StrictMath.exp(0.3 * path.noise());
      return BigDecimal.valueOf(units / last.doubleValue())
          .setScale(VOLUME_SCALE, RoundingMode.HALF_EVEN);
    }

    private BigDecimal price(double log) {
      BigDecimal ticks =
          BigDecimal.valueOf(StrictMath.exp(log))
              .divide(symbol.tick(), 0, RoundingMode.HALF_EVEN)
              .max(BigDecimal.ONE);
      return ticks.multiply(symbol.tick());
    }
  }
}
