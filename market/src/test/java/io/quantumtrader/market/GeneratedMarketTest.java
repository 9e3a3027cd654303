package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.policy.IntervalScale;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GeneratedMarketTest {

  private static final long MINUTE = 60_000;
  private static final int WINDOW = 300;

  @Test
  void shouldGiveTheSamePricesForTheSameSeed() {
    List<Candle> first = draw(GeneratedMarketSettings.withSeed(7), 500, 0);
    List<Candle> again = draw(GeneratedMarketSettings.withSeed(7), 500, 0);
    List<Candle> other = draw(GeneratedMarketSettings.withSeed(8), 500, 0);

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void shouldNotLetTimeChangeThePrices() {
    List<Candle> then = draw(GeneratedMarketSettings.withSeed(7), 50, 0);
    List<Candle> later = draw(GeneratedMarketSettings.withSeed(7), 50, 1_700_000_000_000L);

    assertThat(later)
        .extracting(Candle::getClose)
        .isEqualTo(then.stream().map(Candle::getClose).toList());
  }

  @Test
  void shouldGiveOneCandleOfEverySymbolInOrder() {
    MarketStep step =
        new GeneratedMarket(GeneratedMarketSettings.withSeed(1)).next(120_000, MINUTE);

    assertThat(step.closeTimeMs()).isEqualTo(120_000);
    assertThat(step.candles()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(step.candles())
        .extracting(Candle::getSymbol)
        .isSorted()
        .contains("BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT");
    assertThat(step.candles())
        .allSatisfy(
            candle -> {
              assertThat(candle.getOpenTimeMs()).isEqualTo(60_000);
              assertThat(candle.getIntervalMs()).isEqualTo(MINUTE);
            });
  }

  @Test
  void shouldGiveConsistentCandlesOnTheTick() {
    GeneratedMarketSettings settings = GeneratedMarketSettings.withSeed(3);
    Map<String, GeneratedSymbol> symbols = new HashMap<>();
    settings.symbols().forEach(symbol -> symbols.put(symbol.symbol(), symbol));
    Map<String, Candle> before = new HashMap<>();

    for (Candle candle : draw(settings, 2_000, 0)) {
      Candle last = before.put(candle.getSymbol(), candle);
      assertThat(candle.getHigh()).isGreaterThanOrEqualTo(candle.getOpen().max(candle.getClose()));
      assertThat(candle.getLow())
          .isLessThanOrEqualTo(candle.getOpen().min(candle.getClose()))
          .isPositive();
      assertThat(candle.getVolume()).isPositive();
      assertThat(candle.getClose().remainder(symbols.get(candle.getSymbol()).tick())).isZero();
      if (last != null) {
        assertThat(candle.getOpen()).isEqualTo(last.getClose());
        // A move of a fifth would be taken for a fault.
        assertThat(candle.getClose().doubleValue() / last.getClose().doubleValue())
            .isCloseTo(1, within(0.1));
      }
    }
  }

  @Test
  void shouldMoveSymbolsTogetherButNotAlike() {
    Map<String, double[]> closes =
        closes(draw(GeneratedMarketSettings.withSeed(42), 5_000, 0), 5_000);

    double correlation =
        correlation(returns(closes.get("BTCUSDT")), returns(closes.get("ETHUSDT")));

    assertThat(correlation).isBetween(0.2, 0.8);
  }

  /** Hypothesis and selection rule: docs/adr/0004. */
  @ParameterizedTest
  @ValueSource(longs = {GeneratedMarketSettings.DEFAULT_SEED, 1, 2, 3})
  void shouldLetAFairShareOfStatesPassTheScaledFiltersAtAnyTime(long seed) {
    int candles = 2_000;
    Map<String, double[]> closes =
        closes(draw(GeneratedMarketSettings.withSeed(seed), candles, 0), candles);
    List<Long> passing = new ArrayList<>();

    for (int end = WINDOW; end <= candles; end += 100) {
      int to = end;
      passing.add(closes.values().stream().filter(prices -> passes(prices, to)).count());
    }

    double share = passing.stream().mapToLong(each -> each).average().orElseThrow() / closes.size();
    assertThat(share).isBetween(0.3, 0.9);
    assertThat(passing).allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(3));
  }

  private static boolean passes(double[] prices, int to) {
    double[] window = Arrays.copyOfRange(prices, to - WINDOW, to);
    MarketStateKernel.State state =
        MarketStateKernel.compute(window, new KernelScratch()).orElseThrow();
    return state.sigma() >= IntervalScale.fromHour(0.005, MINUTE)
        && state.ts() >= IntervalScale.fromHour(0.3, MINUTE);
  }

  private static List<Candle> draw(GeneratedMarketSettings settings, int steps, long beginMs) {
    GeneratedMarket market = new GeneratedMarket(settings);
    List<Candle> drawn = new ArrayList<>();
    for (int step = 1; step <= steps; step++) {
      drawn.addAll(market.next(beginMs + step * MINUTE, MINUTE).candles());
    }
    return drawn;
  }

  private static Map<String, double[]> closes(List<Candle> candles, int steps) {
    Map<String, double[]> closes = new HashMap<>();
    int width = candles.size() / steps;
    for (int i = 0; i < candles.size(); i++) {
      closes.computeIfAbsent(candles.get(i).getSymbol(), any -> new double[steps])[i / width] =
          candles.get(i).getClose().doubleValue();
    }
    return closes;
  }

  private static double[] returns(double[] prices) {
    double[] returns = new double[prices.length - 1];
    for (int i = 0; i < returns.length; i++) {
      returns[i] = Math.log(prices[i + 1] / prices[i]);
    }
    return returns;
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }
}
