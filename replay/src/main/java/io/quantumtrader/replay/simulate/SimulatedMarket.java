package io.quantumtrader.replay.simulate;

import io.quantumtrader.market.GeneratedMarket;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.market.GeneratedSymbol;
import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A generated market of four symbols, with crashes and symbols that stand still. */
final class SimulatedMarket {

  static final long MINUTE_MS = 60_000;

  /** The three that are traded where too few pass, and one that is not among them. */
  static final List<String> SYMBOLS = List.of("BNBUSDT", "BTCUSDT", "ETHUSDT", "SOLUSDT");

  private static final double WILDER = 2.5;
  private static final int SCALE = 18;

  private final GeneratedMarket market;
  private final Map<String, BigDecimal> ticks = new HashMap<>();
  private final Map<String, Double> factors = new HashMap<>();
  private final Map<String, Double> spikes = new HashMap<>();
  private final Map<String, Long> frozenUntilMs = new HashMap<>();
  private final Map<String, Candle> last = new HashMap<>();
  private final Map<String, Candle> forming = new TreeMap<>();
  private final long intervalMs;

  /**
   * Creates it.
   *
   * @param intervalMs length of its candles, a multiple of a minute
   */
  SimulatedMarket(long seed, long intervalMs) {
    this.intervalMs = intervalMs;
    GeneratedMarketSettings all = GeneratedMarketSettings.withSeed(seed);
    List<GeneratedSymbol> symbols = new ArrayList<>();
    for (GeneratedSymbol each : all.symbols()) {
      if (SYMBOLS.contains(each.symbol())) {
        ticks.put(each.symbol(), each.tick());
        symbols.add(
            new GeneratedSymbol(
                each.symbol(),
                each.price(),
                each.tick(),
                each.sigma() * WILDER,
                each.beta(),
                each.notional()));
      }
    }
    market =
        new GeneratedMarket(
            new GeneratedMarketSettings(
                seed,
                symbols,
                all.trendDrift(),
                all.pullBack(),
                all.meanRegimeCandles() / 3,
                all.volatileFactor()));
  }

  /** Returns candles of before, that close at a time. */
  List<Candle> past(long closeMs) {
    return drawn(closeMs, intervalMs);
  }

  /** Returns what is traded in the minute that ends at a time, one candle for each symbol. */
  List<Candle> minute(long closeMs) {
    List<Candle> minutes = drawn(closeMs, MINUTE_MS);
    minutes.forEach(each -> forming.merge(each.getSymbol(), each, SimulatedMarket::joined));
    return minutes;
  }

  /** Returns the candles that close at a time; none where that is in the middle of an interval. */
  List<Candle> closed(long closeMs) {
    if (closeMs % intervalMs != 0) {
      return List.of();
    }
    List<Candle> closed = new ArrayList<>();
    for (Candle candle : forming.values()) {
      closed.add(
          Candle.newBuilder(candle)
              .setOpenTimeMs(closeMs - intervalMs)
              .setIntervalMs(intervalMs)
              .build());
    }
    forming.clear();
    return closed;
  }

  private static Candle joined(Candle first, Candle second) {
    return Candle.newBuilder(first)
        .setHigh(first.getHigh().max(second.getHigh()))
        .setLow(first.getLow().min(second.getLow()))
        .setClose(second.getClose())
        .setVolume(first.getVolume().add(second.getVolume()))
        .build();
  }

  private List<Candle> drawn(long closeMs, long lengthMs) {
    List<Candle> candles = new ArrayList<>();
    for (Candle drawn : market.next(closeMs, lengthMs).candles()) {
      Candle candle = scaled(drawn);
      if (closeMs >= frozenUntilMs.getOrDefault(candle.getSymbol(), 0L)) {
        last.put(candle.getSymbol(), candle);
        candles.add(candle);
      }
    }
    spikes.clear();
    return candles;
  }

  private Candle scaled(Candle drawn) {
    String symbol = drawn.getSymbol();
    double factor = factors.getOrDefault(symbol, 1.0) * spikes.getOrDefault(symbol, 1.0);
    if (factor == 1.0) {
      return drawn;
    }
    BigDecimal open = last.containsKey(symbol) ? last.get(symbol).getClose() : drawn.getOpen();
    BigDecimal close = times(symbol, drawn.getClose(), factor);
    BigDecimal high = times(symbol, drawn.getHigh(), factor).max(open).max(close);
    BigDecimal low = times(symbol, drawn.getLow(), factor).min(open).min(close);
    return new Candle(
        symbol,
        drawn.getOpenTimeMs(),
        drawn.getIntervalMs(),
        open,
        high,
        low,
        close,
        drawn.getVolume());
  }

  private BigDecimal times(String symbol, BigDecimal price, double factor) {
    BigDecimal tick = ticks.get(symbol);
    return price
        .multiply(BigDecimal.valueOf(factor))
        .divide(tick, 0, RoundingMode.HALF_EVEN)
        .max(BigDecimal.ONE)
        .multiply(tick);
  }

  /** Returns a symbol. */
  static String symbol(SplittableRandom random) {
    return SYMBOLS.get(random.nextInt(SYMBOLS.size()));
  }

  /** Lets one price, or all, move at once and stay there, or come back. */
  void crash(SplittableRandom random) {
    double size = 0.01 + 0.3 * random.nextDouble() * random.nextDouble();
    double factor = random.nextBoolean() ? 1 - size : 1 + size;
    boolean all = random.nextInt(3) == 0;
    String one = symbol(random);
    boolean stays = random.nextInt(4) != 0;
    for (String symbol : SYMBOLS) {
      if (all || symbol.equals(one)) {
        (stays ? factors : spikes).merge(symbol, factor, (a, b) -> a * b);
      }
    }
  }

  /** Lets a symbol stand still for some intervals; mostly few enough for it to go on as before. */
  void freeze(SplittableRandom random, long nowMs) {
    int intervals = random.nextInt(15) == 0 ? 7 : 2 + random.nextInt(3);
    frozenUntilMs.put(symbol(random), nowMs + intervals * intervalMs);
  }

  /** Returns the last price of a symbol, quote currency. */
  BigDecimal price(String symbol) {
    return last.get(symbol).getClose();
  }

  /** Returns the smallest step of a symbol's price. */
  BigDecimal tick(String symbol) {
    return ticks.get(symbol);
  }

  /** Returns the last candle of a symbol. */
  Candle last(String symbol) {
    return last.get(symbol);
  }

  /** Returns whether a candle of the world's interval closes with this one. */
  boolean closes(Candle candle) {
    return (candle.getOpenTimeMs() + candle.getIntervalMs()) % intervalMs == 0;
  }

  /** Returns the last candle of the world's interval as of a minute, at the minute's prices. */
  Candle ofInterval(Candle minute) {
    long closedMs = minute.getOpenTimeMs() + MINUTE_MS;
    return Candle.newBuilder(minute)
        .setOpenTimeMs(closedMs - Math.floorMod(closedMs, intervalMs) - intervalMs)
        .setIntervalMs(intervalMs)
        .build();
  }

  /** Returns a price that differs by a factor, a multiple of the tick. */
  BigDecimal near(String symbol, double factor) {
    return times(symbol, price(symbol), factor).setScale(SCALE, RoundingMode.DOWN);
  }
}
