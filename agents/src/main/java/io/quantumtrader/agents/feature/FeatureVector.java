package io.quantumtrader.agents.feature;

import io.quantumtrader.schemas.avro.MarketState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All features of one symbol at one time. It never changes. */
public final class FeatureVector {

  private final String symbol;
  private final long asOfMs;
  private final long intervalMs;
  private final Map<Feature, Double> values;

  private FeatureVector(String symbol, long asOfMs, long intervalMs, Map<Feature, Double> values) {
    this.symbol = Objects.requireNonNull(symbol, "symbol");
    this.asOfMs = asOfMs;
    this.intervalMs = intervalMs;
    this.values = values;
  }

  /**
   * Computes all features.
   *
   * @param bars closed candles of the symbol; those that closed after the state are not read
   * @param state state of the market
   * @throws IllegalArgumentException if the newest candle is not the one the state is of
   */
  public static FeatureVector of(Bars bars, MarketState state) {
    if (bars.size() == 0 || bars.back(0).closeTimeMs() != state.getAsOfMs()) {
      throw new IllegalArgumentException(
          "the newest candle of %s is not that of the state at %d"
              .formatted(state.getSymbol(), state.getAsOfMs()));
    }
    Map<Feature, Double> values = new EnumMap<>(Feature.class);
    for (Feature feature : Feature.values()) {
      values.put(feature, feature.of(bars, state));
    }
    return new FeatureVector(state.getSymbol(), state.getAsOfMs(), state.getIntervalMs(), values);
  }

  /**
   * Returns one with given values.
   *
   * @param values in the order of {@link Feature}, NaN for what is not known
   */
  public static FeatureVector of(String symbol, long asOfMs, long intervalMs, double... values) {
    if (values.length != Feature.values().length) {
      throw new IllegalArgumentException(
          "%d values for %d features".formatted(values.length, Feature.values().length));
    }
    Map<Feature, Double> byFeature = new EnumMap<>(Feature.class);
    int next = 0;
    for (Feature feature : Feature.values()) {
      byFeature.put(feature, values[next++]);
    }
    return new FeatureVector(symbol, asOfMs, intervalMs, byFeature);
  }

  /** Returns the instrument. */
  public String symbol() {
    return symbol;
  }

  /** Returns the close time of the newest candle that was seen, epoch milliseconds UTC. */
  public long asOfMs() {
    return asOfMs;
  }

  /** Returns the interval of the candles, milliseconds. */
  public long intervalMs() {
    return intervalMs;
  }

  /** Returns the value of a feature, NaN where it is not known. */
  public double value(Feature feature) {
    return values.get(feature);
  }

  /** Returns the values of some features, in their order, NaN for what is not known. */
  public double[] values(List<Feature> wanted) {
    return wanted.stream().mapToDouble(this::value).toArray();
  }

  /** Returns which of some features are not known. */
  public List<Feature> missing(List<Feature> wanted) {
    return wanted.stream().filter(feature -> Double.isNaN(value(feature))).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureVector that
        && symbol.equals(that.symbol)
        && asOfMs == that.asOfMs
        && intervalMs == that.intervalMs
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(symbol, asOfMs, intervalMs, values);
  }

  @Override
  public String toString() {
    return "%s at %d: %s".formatted(symbol, asOfMs, values);
  }
}
