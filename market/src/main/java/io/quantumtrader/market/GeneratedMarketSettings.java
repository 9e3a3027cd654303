package io.quantumtrader.market;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a generated market is made of. The reasons for the numbers are in {@code
 * docs/adr/0004-generated-market-and-agent-thresholds.md}.
 *
 * @param seed the same seed gives the same prices
 * @param symbols the symbols, 1 or more
 * @param trendDrift drift of a trend, in standard deviations of one candle, 0 or more
 * @param pullBack share of the distance to its anchor by which a mean-reverting price returns in
 *     one candle, 0 to 1
 * @param meanRegimeCandles mean length of a regime, candles, 1 or more
 * @param volatileFactor how many times its usual volatility a wild market has, and how many times
 *     less a quiet one, 1 or more
 */
public record GeneratedMarketSettings(
    long seed,
    List<GeneratedSymbol> symbols,
    double trendDrift,
    double pullBack,
    double meanRegimeCandles,
    double volatileFactor) {

  /** Seed of the market that is generated where none is named. */
  public static final long DEFAULT_SEED = 42;

  public GeneratedMarketSettings {
    symbols = List.copyOf(symbols);
    if (symbols.isEmpty()) {
      throw new IllegalArgumentException("a market needs a symbol");
    }
    if (trendDrift < 0
        || pullBack < 0
        || pullBack > 1
        || meanRegimeCandles < 1
        || volatileFactor < 1) {
      throw new IllegalArgumentException(
          "trendDrift must be 0 or more, pullBack 0 to 1, meanRegimeCandles and volatileFactor 1 or"
              + " more");
    }
  }

  /** Returns sixteen known symbols at plausible prices, with this seed. */
  public static GeneratedMarketSettings withSeed(long seed) {
    return new GeneratedMarketSettings(seed, knownSymbols(), 0.15, 0.05, 150, 2.0);
  }

  private static List<GeneratedSymbol> knownSymbols() {
    return List.of(
        symbol("BTCUSDT", 91_000, "0.1", 0.0008, 1.0, 6e6),
        symbol("ETHUSDT", 3_000, "0.01", 0.0010, 1.2, 4e6),
        symbol("BNBUSDT", 900, "0.01", 0.0009, 0.9, 8e5),
        symbol("SOLUSDT", 140, "0.01", 0.0012, 1.3, 1.5e6),
        symbol("XRPUSDT", 2.2, "0.0001", 0.0011, 1.1, 9e5),
        symbol("DOGEUSDT", 0.16, "0.00001", 0.0013, 1.3, 5e5),
        symbol("ADAUSDT", 0.45, "0.00001", 0.0012, 1.2, 3e5),
        symbol("AVAXUSDT", 14, "0.001", 0.0013, 1.3, 2e5),
        symbol("LINKUSDT", 13.5, "0.001", 0.0012, 1.2, 2.5e5),
        symbol("LTCUSDT", 90, "0.01", 0.0011, 0.9, 2e5),
        symbol("DOTUSDT", 2.8, "0.0001", 0.0012, 1.1, 1e5),
        symbol("TRXUSDT", 0.28, "0.00001", 0.0008, 0.5, 1e5),
        symbol("NEARUSDT", 2.1, "0.0001", 0.0014, 1.3, 1.2e5),
        symbol("APTUSDT", 3.0, "0.0001", 0.0014, 1.2, 1e5),
        symbol("SUIUSDT", 1.6, "0.0001", 0.0015, 1.4, 4e5),
        symbol("UNIUSDT", 7.0, "0.001", 0.0014, 1.1, 1.5e5));
  }

  private static GeneratedSymbol symbol(
      String name, double price, String tick, double sigma, double beta, double notional) {
    return new GeneratedSymbol(name, price, new BigDecimal(tick), sigma, beta, notional);
  }
}
