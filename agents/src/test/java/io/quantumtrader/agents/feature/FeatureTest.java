package io.quantumtrader.agents.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.MarketState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of the features, computed by hand or by another way, and what they are allowed to see. */
final class FeatureTest {

  private static final Offset<Double> CLOSE = within(1e-9);

  private static double of(Feature feature, double... closes) {
    return Markets.vector(Markets.ofCloses(closes)).value(feature);
  }

  /** Closes that rise by one each, the last of them 100. */
  private static double[] rising(int count) {
    double[] closes = new double[count];
    for (int i = 0; i < count; i++) {
      closes[i] = 100 - (count - 1) + i;
    }
    return closes;
  }

  @Test
  void shouldComputeReturnsFromCloseToClose() {
    assertThat(of(Feature.RETURN_1, 80, 100)).isCloseTo(Math.log(1.25), CLOSE);
    assertThat(of(Feature.RETURN_5, rising(6))).isCloseTo(Math.log(100.0 / 95), CLOSE);
    assertThat(of(Feature.RETURN_15, rising(16))).isCloseTo(Math.log(100.0 / 85), CLOSE);
    assertThat(of(Feature.RETURN_60, rising(61))).isCloseTo(Math.log(100.0 / 40), CLOSE);
  }

  @Test
  void shouldComputeVolatilityAsTheDeviationOfASample() {
    // given fifteen returns that take turns: eight of +r, seven of -r
    double r = 0.01;
    double[] closes = new double[16];
    closes[0] = 100;
    for (int i = 1; i < closes.length; i++) {
      closes[i] = closes[i - 1] * Math.exp(i % 2 == 1 ? r : -r);
    }

    // then: mean r / 15, so the squares add up to 15 r^2 - r^2 / 15
    double expected = Math.sqrt((15 * r * r - r * r / 15) / 14);
    assertThat(of(Feature.VOLATILITY_15, closes)).isCloseTo(expected, CLOSE);
    assertThat(of(Feature.VOLATILITY_60, rising(61))).isPositive();
  }

  @Test
  void shouldComputeWhatIsReadOffRanges() {
    // highs lie one above, lows one below open and close: three wide where the close moves by one
    assertThat(of(Feature.RANGE_15, rising(16)))
        .isCloseTo(
            Arrays.stream(rising(16)).skip(1).map(close -> 3 / close).average().orElseThrow(),
            CLOSE);
    // the lowest low is that of the first of sixty, 41 - 1 - 1; the highest high 101
    assertThat(of(Feature.PLACE_60, rising(61))).isCloseTo((100 - 39) / (101.0 - 39), CLOSE);
    assertThat(of(Feature.BODY_1, 99, 100)).isCloseTo(1 / 3.0, CLOSE);
    assertThat(of(Feature.BODY_1, 101, 100)).isCloseTo(-1 / 3.0, CLOSE);
  }

  @Test
  void shouldComputeWhatIsHeldAgainstMeans() {
    // twenty closes that rise by one: mean 90.5, variance (20^2 - 1) / 12
    assertThat(of(Feature.DEVIATION_20, rising(20))).isCloseTo(9.5 / Math.sqrt(399 / 12.0), CLOSE);
    // equal volumes: the notional is as the closes, whose mean is 70.5
    assertThat(of(Feature.VOLUME_60, rising(60))).isCloseTo(Math.log(100 / 70.5), CLOSE);
  }

  @Test
  void shouldComputeRelativeStrengthByPlainMeans() {
    assertThat(of(Feature.RSI_14, rising(15))).isEqualTo(1);
    double[] turning = rising(15);
    turning[14] = turning[13] - 1;
    assertThat(of(Feature.RSI_14, turning)).isCloseTo(13 / 14.0, CLOSE);
    double[] still = new double[15];
    Arrays.fill(still, 100);
    assertThat(of(Feature.RSI_14, still)).as("no change is neither").isNaN();
  }

  @Test
  void shouldReadTheStateAsItIs() {
    // given the candle that closes at six in the morning
    long six = Math.floorDiv(Markets.BEGIN, 86_400_000L) * 86_400_000L + 6 * 3_600_000L;
    MarketState state = Markets.state(six);
    Bars bars = new Bars(List.of(new Bar(six, 100, 101, 99, 100, 1)));

    // when
    FeatureVector seen = FeatureVector.of(bars, state);

    // then
    assertThat(seen.value(Feature.SIGMA)).isEqualTo(0.002);
    assertThat(seen.value(Feature.MU)).isEqualTo(-0.0004);
    assertThat(seen.value(Feature.TREND)).isEqualTo(-0.2);
    assertThat(seen.value(Feature.P_TREND)).isEqualTo(0.5);
    assertThat(seen.value(Feature.P_MR)).isEqualTo(0.2);
    assertThat(seen.value(Feature.PERSISTENCE)).isEqualTo(0.6);
    assertThat(seen.value(Feature.VARIANCE_RATIO)).isEqualTo(1.1);
    assertThat(seen.value(Feature.ATR_SHARE)).isCloseTo(0.015, CLOSE);
    assertThat(seen.value(Feature.DAY_SIN)).isCloseTo(1, CLOSE);
    assertThat(seen.value(Feature.DAY_COS)).isCloseTo(0, CLOSE);
    MarketState young = MarketState.newBuilder(state).setAtr(null).build();
    assertThat(FeatureVector.of(bars, young).value(Feature.ATR_SHARE)).isNaN();
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeKnownFromItsWindowOnAndNotBefore(Feature feature) {
    List<Bar> bars = Markets.walk(1, Feature.longestWindow());
    int window = Math.max(1, feature.window());
    assertThat(Markets.vector(bars.subList(0, window)).value(feature)).isFinite();
    if (feature.window() > 1) {
      assertThat(Markets.vector(bars.subList(0, window - 1)).value(feature)).isNaN();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadAllOfItsWindowAndNothingBeforeIt(Feature feature) {
    // given
    List<Bar> bars = Markets.walk(2, Feature.longestWindow() + 1);
    double whole = Markets.vector(bars).value(feature);
    int from = bars.size() - Math.max(1, feature.window());

    // then what lies before the window does not matter
    assertThat(Markets.vector(bars.subList(from, bars.size())).value(feature)).isEqualTo(whole);

    // and the oldest candle of the window does, unless it is read off the state alone
    if (feature.window() > 0) {
      List<Bar> changed = new ArrayList<>(bars);
      Bar oldest = bars.get(from);
      changed.set(from, new Bar(oldest.closeTimeMs(), 50, 400, 20, 60, 7));
      assertThat(Markets.vector(changed).value(feature)).isNotEqualTo(whole);
    }
  }

  /** The past is what it is, whatever comes after it: no feature may know the future. */
  @Test
  void shouldNotChangeWhereTheFutureIsCutOff() {
    // given a ring that has seen everything, and candles that come after the time that is asked of
    List<Bar> bars = Markets.walk(3, 400);
    for (int cut = 1; cut < bars.size(); cut += 13) {
      long asOf = bars.get(cut).closeTimeMs();
      BarRing past = new BarRing();
      bars.subList(0, cut + 1).forEach(bar -> past.add(bar, Markets.MINUTE));
      BarRing future = new BarRing();
      int more = Math.min(bars.size(), cut + 6);
      bars.subList(0, more).forEach(bar -> future.add(bar, Markets.MINUTE));

      // when
      FeatureVector known = FeatureVector.of(past.asOf(asOf), Markets.state(asOf));
      FeatureVector later = FeatureVector.of(future.asOf(asOf), Markets.state(asOf));

      // then what both know is the same
      for (Feature feature : Feature.values()) {
        if (!Double.isNaN(later.value(feature))) {
          assertThat(later.value(feature)).as(feature.label()).isEqualTo(known.value(feature));
        }
      }
    }
  }

  @Test
  void shouldRefuseAStateOfAnotherCandle() {
    List<Bar> bars = Markets.walk(4, 5);
    long before = bars.get(3).closeTimeMs();
    assertThatThrownBy(() -> FeatureVector.of(new Bars(bars), Markets.state(before)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BTCUSDT")
        .hasMessageContaining(Long.toString(before));
    assertThatThrownBy(() -> FeatureVector.of(new Bars(List.of()), Markets.state(before)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldBeginAnewBehindAGapAndTakeACandleThatComesAgain() {
    // given
    BarRing ring = new BarRing();
    List<Bar> bars = Markets.walk(5, 10);
    bars.subList(0, 5).forEach(bar -> ring.add(bar, Markets.MINUTE));
    Bar fifth = bars.get(4);
    Bar again = new Bar(fifth.closeTimeMs(), 1, 2, 0.5, 1.5, 3);

    // when, then
    assertThat(ring.add(again, Markets.MINUTE)).isTrue();
    assertThat(ring.asOf(again.closeTimeMs()).size()).isEqualTo(5);
    assertThat(ring.asOf(again.closeTimeMs()).back(0)).isEqualTo(again);
    assertThat(ring.add(bars.get(2), Markets.MINUTE)).as("an older one").isFalse();
    assertThat(ring.asOf(again.closeTimeMs()).size()).isEqualTo(5);

    // when one is left out
    ring.add(bars.get(6), Markets.MINUTE);

    // then
    assertThat(ring.asOf(Long.MAX_VALUE).size()).isEqualTo(1);

    // when the interval changes
    ring.add(bars.get(7), Markets.MINUTE);
    Bar hour = bars.get(7);
    ring.add(new Bar(hour.closeTimeMs() + Markets.MINUTE, 1, 2, 0.5, 1.5, 3), 5 * Markets.MINUTE);
    assertThat(ring.asOf(Long.MAX_VALUE).size()).isEqualTo(1);
  }

  @Test
  void shouldRefuseCandlesThatAreNoNeighbours() {
    List<Bar> bars = Markets.walk(6, 4);
    assertThatThrownBy(() -> new Bars(List.of(bars.get(0), bars.get(1), bars.get(3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("120000 ms apart");
    assertThatThrownBy(() -> new Bars(List.of(bars.get(0), bars.get(0))))
        .isInstanceOf(IllegalArgumentException.class);
    List<Bar> backwards = new ArrayList<>(bars);
    Collections.reverse(backwards);
    assertThatThrownBy(() -> new Bars(backwards)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldFindFeaturesByNameAndSayWhichAreMissing() {
    assertThat(Feature.values())
        .allSatisfy(
            each -> {
              assertThat(Feature.named(each.label())).contains(each);
              assertThat(each.label()).matches("[a-z][a-z0-9_]*");
              assertThat(each.unit()).isNotBlank();
              assertThat(each.warmUp()).isGreaterThanOrEqualTo(Feature.STATE_WARM_UP);
            });
    assertThat(Feature.named("nonsense")).isEmpty();
    FeatureVector young = Markets.vector(Markets.walk(7, 2));
    List<Feature> wanted = List.of(Feature.SIGMA, Feature.RETURN_60, Feature.RETURN_1);
    assertThat(young.missing(wanted)).containsExactly(Feature.RETURN_60);
    assertThat(young.values(wanted)[0]).isEqualTo(0.002);
    assertThat(young.values(wanted)[1]).isNaN();
  }
}
