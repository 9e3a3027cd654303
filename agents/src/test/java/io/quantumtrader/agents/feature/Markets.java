package io.quantumtrader.agents.feature;

import io.quantumtrader.schemas.avro.MarketState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Markets to compute features of. */
final class Markets {

  static final long MINUTE = 60_000;
  static final long BEGIN = 1_763_545_320_000L;

  private Markets() {}

  /** A random walk of closed candles, the same for the same seed. */
  static List<Bar> walk(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Bar> bars = new ArrayList<>();
    double price = 100;
    for (int i = 0; i < count; i++) {
      double open = price;
      price *= Math.exp(0.002 * random.nextDouble(-1, 1));
      double high = Math.max(open, price) * (1 + 0.001 * random.nextDouble());
      double low = Math.min(open, price) * (1 - 0.001 * random.nextDouble());
      bars.add(new Bar(BEGIN + i * MINUTE, open, high, low, price, random.nextDouble(1, 100)));
    }
    return bars;
  }

  /** Candles with these closes; each opens at the close before, one up and one down beyond both. */
  static List<Bar> ofCloses(double... closes) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < closes.length; i++) {
      double open = i == 0 ? closes[0] : closes[i - 1];
      bars.add(
          new Bar(
              BEGIN + i * MINUTE,
              open,
              Math.max(open, closes[i]) + 1,
              Math.min(open, closes[i]) - 1,
              closes[i],
              10));
    }
    return bars;
  }

  static MarketState state(long asOfMs) {
    return MarketState.newBuilder()
        .setSymbol("BTCUSDT")
        .setAsOfMs(asOfMs)
        .setIntervalMs(MINUTE)
        .setSigma(0.002)
        .setMu(-0.0004)
        .setTs(0.2)
        .setPTrend(0.5)
        .setPMr(0.2)
        .setPChop(0.3)
        .setDp(0.6)
        .setVr(1.1)
        .setSpikeProxy(1)
        .setAtr(1.5)
        .setLastPrice(new BigDecimal("100"))
        .setNotional24h(1e6)
        .setBufferSize(300)
        .build();
  }

  /** The features of the newest of these candles. */
  static FeatureVector vector(List<Bar> bars) {
    return FeatureVector.of(new Bars(bars), state(bars.getLast().closeTimeMs()));
  }
}
