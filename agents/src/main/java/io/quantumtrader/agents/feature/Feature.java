package io.quantumtrader.agents.feature;

import io.quantumtrader.schemas.avro.MarketState;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;

/**
 * The features, each a pure function of closed candles and of the state of the market after the
 * newest of them. A running model and its training read the same ones. A change of a formula is a
 * new feature under a new name: models that were trained on the old one would see something else.
 *
 * <p>None reads a candle that closed after the time it is of. What cannot be computed is no number
 * ({@link Double#NaN}), never a stand-in.
 */
public enum Feature {
  /** Log return of the last candle. */
  RETURN_1(
      "return_1",
      "log return",
      2,
      "Log return of the last candle",
      (bars, state) -> returnOver(bars, 1)),
  /** Log return over five candles. */
  RETURN_5(
      "return_5",
      "log return",
      6,
      "Log return over five candles",
      (bars, state) -> returnOver(bars, 5)),
  /** Log return over fifteen candles. */
  RETURN_15(
      "return_15",
      "log return",
      16,
      "Log return over fifteen candles",
      (bars, state) -> returnOver(bars, 15)),
  /** Log return over sixty candles. */
  RETURN_60(
      "return_60",
      "log return",
      61,
      "Log return over sixty candles",
      (bars, state) -> returnOver(bars, 60)),
  /** Standard deviation of the last fifteen log returns. */
  VOLATILITY_15(
      "volatility_15",
      "log return per candle",
      16,
      "Standard deviation of the last fifteen log returns",
      (bars, state) -> volatility(bars, 15)),
  /** Standard deviation of the last sixty log returns. */
  VOLATILITY_60(
      "volatility_60",
      "log return per candle",
      61,
      "Standard deviation of the last sixty log returns",
      (bars, state) -> volatility(bars, 60)),
  /** Mean of high less low over the close, of fifteen candles. */
  RANGE_15(
      "range_15",
      "share of the price",
      15,
      "Mean of high less low over the close, of fifteen candles",
      (bars, state) -> meanRange(bars, 15)),
  /**
   * Where the close lies between the lowest low and the highest high of sixty candles (the
   * stochastic oscillator's %K).
   */
  PLACE_60(
      "place_60",
      "0 to 1",
      60,
      "Where the close lies between the lowest low and the highest high of sixty candles (the stochastic oscillator's %K)",
      (bars, state) -> place(bars, 60)),
  /** The close less the mean of twenty closes, in their standard deviations (Bollinger). */
  DEVIATION_20(
      "deviation_20",
      "standard deviations",
      20,
      "The close less the mean of twenty closes, in their standard deviations (Bollinger)",
      (bars, state) -> deviation(bars, 20)),
  /**
   * Relative strength of fourteen changes by plain means (Cutler's RSI, which unlike Wilder's
   * depends on no candle before its window).
   */
  RSI_14(
      "rsi_14",
      "0 to 1",
      15,
      "Relative strength of fourteen changes by plain means (Cutler's RSI, which unlike Wilder's depends on no candle before its window)",
      (bars, state) -> relativeStrength(bars, 14)),
  /** Log of the notional volume of the last candle over the mean of sixty. */
  VOLUME_60(
      "volume_60",
      "log ratio",
      60,
      "Log of the notional volume of the last candle over the mean of sixty",
      (bars, state) -> volumeRatio(bars, 60)),
  /** Close less open over high less low of the last candle. */
  BODY_1(
      "body_1",
      "-1 to 1",
      1,
      "Close less open over high less low of the last candle",
      (bars, state) -> body(bars)),
  /** Robust volatility of the market state. */
  SIGMA(
      "sigma",
      "log return per candle",
      0,
      "Robust volatility of the market state",
      (bars, state) -> state.getSigma()),
  /** Robust trend of the market state. */
  MU(
      "mu",
      "log price per candle",
      0,
      "Robust trend of the market state",
      (bars, state) -> state.getMu()),
  /** Trend strength of the market state, with the sign of its trend. */
  TREND(
      "trend",
      "ratio",
      0,
      "Trend strength of the market state, with the sign of its trend",
      (bars, state) -> Math.signum(state.getMu()) * state.getTs()),
  /** Probability of the trend regime. */
  P_TREND(
      "p_trend",
      "0 to 1",
      0,
      "Probability of the trend regime",
      (bars, state) -> state.getPTrend()),
  /** Probability of the mean-reverting regime. */
  P_MR(
      "p_mr",
      "0 to 1",
      0,
      "Probability of the mean-reverting regime",
      (bars, state) -> state.getPMr()),
  /** Share of neighbouring returns with the same sign. */
  PERSISTENCE(
      "persistence",
      "0 to 1",
      0,
      "Share of neighbouring returns with the same sign",
      (bars, state) -> state.getDp()),
  /** Variance ratio of the market state. */
  VARIANCE_RATIO(
      "variance_ratio",
      "1 for a random walk",
      0,
      "Variance ratio of the market state",
      (bars, state) -> state.getVr()),
  /** Average true range over the last price. */
  ATR_SHARE(
      "atr_share",
      "share of the price",
      0,
      "Average true range over the last price",
      (bars, state) -> atrShare(state)),
  /** Sine of the time of the day, UTC. */
  DAY_SIN(
      "day_sin",
      "-1 to 1",
      0,
      "Sine of the time of the day, UTC",
      (bars, state) -> Math.sin(dayAngle(state))),
  /** Cosine of the time of the day, UTC. */
  DAY_COS(
      "day_cos",
      "-1 to 1",
      0,
      "Cosine of the time of the day, UTC",
      (bars, state) -> Math.cos(dayAngle(state)));

  /** Closes that a market state is computed from, so before which there is none. */
  public static final int STATE_WARM_UP = 257;

  private static final double DAY_MS = 86_400_000.0;
  private static final Map<String, Feature> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Feature::label, Function.identity()));
  private static final int LONGEST =
      Arrays.stream(values()).mapToInt(Feature::window).max().orElseThrow();

  private final String label;
  private final String unit;
  private final int window;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // the formulas hold nothing
  private final ToDoubleBiFunction<Bars, MarketState> formula;

  Feature(
      String label,
      String unit,
      int window,
      String meaning,
      ToDoubleBiFunction<Bars, MarketState> formula) {
    this.label = label;
    this.unit = unit;
    this.window = window;
    this.meaning = meaning;
    this.formula = formula;
  }

  /** Returns its name, as in records and models. */
  public String label() {
    return label;
  }

  /** Returns its unit or its range. */
  public String unit() {
    return unit;
  }

  /** Returns what it is, for people, without a full stop. */
  public String meaning() {
    return meaning;
  }

  /** Returns how many closed candles it reads, the newest among them; 0 for the state alone. */
  public int window() {
    return window;
  }

  /** Returns how many closed candles there have to have been before it is known. */
  public int warmUp() {
    return Math.max(window, STATE_WARM_UP);
  }

  /** Returns the feature of a name, or empty. */
  public static Optional<Feature> named(String label) {
    return Optional.ofNullable(BY_NAME.get(label));
  }

  /** Returns how many candles the longest of them reads. */
  public static int longestWindow() {
    return LONGEST;
  }

  /**
   * Returns its value, or NaN where it has none: fewer candles than its window, a state that does
   * not know it, or a formula without a value, as the place in a range of no width.
   *
   * @param bars closed candles, the newest of them that of the state
   * @param state state of the market after the newest candle
   */
  double of(Bars bars, MarketState state) {
    if (bars.size() < window) {
      return Double.NaN;
    }
    double value = formula.applyAsDouble(bars, state);
    return Double.isFinite(value) ? value : Double.NaN;
  }

  private static double returnOver(Bars bars, int candles) {
    return Math.log(bars.back(0).close() / bars.back(candles).close());
  }

  /** By the sample's formula, with one less than there are returns below the line. */
  private static double volatility(Bars bars, int returns) {
    double mean = 0;
    for (int i = 0; i < returns; i++) {
      mean += bars.logReturn(i) / returns;
    }
    double squares = 0;
    for (int i = 0; i < returns; i++) {
      double off = bars.logReturn(i) - mean;
      squares += off * off;
    }
    return Math.sqrt(squares / (returns - 1));
  }

  private static double meanRange(Bars bars, int candles) {
    double sum = 0;
    for (int i = 0; i < candles; i++) {
      Bar bar = bars.back(i);
      sum += (bar.high() - bar.low()) / bar.close();
    }
    return sum / candles;
  }

  private static double place(Bars bars, int candles) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < candles; i++) {
      low = Math.min(low, bars.back(i).low());
      high = Math.max(high, bars.back(i).high());
    }
    return (bars.back(0).close() - low) / (high - low);
  }

  private static double deviation(Bars bars, int candles) {
    double mean = 0;
    for (int i = 0; i < candles; i++) {
      mean += bars.back(i).close() / candles;
    }
    double squares = 0;
    for (int i = 0; i < candles; i++) {
      double off = bars.back(i).close() - mean;
      squares += off * off;
    }
    return (bars.back(0).close() - mean) / Math.sqrt(squares / candles);
  }

  private static double relativeStrength(Bars bars, int candles) {
    double up = 0;
    double down = 0;
    for (int i = 0; i < candles; i++) {
      double change = bars.back(i).close() - bars.back(i + 1).close();
      up += Math.max(0, change);
      down += Math.max(0, -change);
    }
    return up / (up + down);
  }

  private static double volumeRatio(Bars bars, int candles) {
    double mean = 0;
    for (int i = 0; i < candles; i++) {
      mean += bars.back(i).notional() / candles;
    }
    return Math.log(bars.back(0).notional() / mean);
  }

  private static double body(Bars bars) {
    Bar bar = bars.back(0);
    return (bar.close() - bar.open()) / (bar.high() - bar.low());
  }

  private static double atrShare(MarketState state) {
    return state.getAtr() == null
        ? Double.NaN
        : state.getAtr() / state.getLastPrice().doubleValue();
  }

  private static double dayAngle(MarketState state) {
    return 2 * Math.PI * Math.floorMod(state.getAsOfMs(), (long) DAY_MS) / DAY_MS;
  }
}
