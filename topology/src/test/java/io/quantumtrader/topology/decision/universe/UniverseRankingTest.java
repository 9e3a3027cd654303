package io.quantumtrader.topology.decision.universe;

import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.decision.universe.States.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.RankedSymbol;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniverseRankingTest {

  private static final Policy POLICY = Policy.newBuilder().build();

  private static Ranking rank(MarketState.Builder... states) {
    List<MarketState> built = new ArrayList<>();
    for (MarketState.Builder state : states) {
      built.add(state.build());
    }
    return UniverseRanking.rank(built, POLICY, NOON);
  }

  private static List<String> symbols(Ranking ranking) {
    return ranking.symbols().stream().map(RankedSymbol::getSymbol).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "0.004999999, 0.4, false", "0.005, 0.4, true", "0.005000001, 0.4, true",
    "0.01, 0.299999999, false", "0.01, 0.3, true", "0.01, 0.300000001, true",
    "NaN, 0.4, false", "0.01, NaN, false"
  })
  void shouldTakeWhatIsVolatileAndTrendingEnough(double sigma, double ts, boolean taken) {
    // when
    Ranking ranking = rank(hourly("AUSDT").setSigma(sigma).setTs(ts));

    // then
    assertThat(symbols(ranking)).hasSize(taken ? 1 : 0);
    assertThat(ranking.code())
        .isEqualTo(taken ? ReasonCode.UNIVERSE_RANKED : ReasonCode.UNIVERSE_EMPTY);
    assertThat(ranking.passed()).isEqualTo(taken ? 1 : 0);
    assertThat(ranking.fresh()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0.00064, 0.0388, false", "0.00065, 0.0388, true", "0.00065, 0.0387, false"})
  void shouldScaleItsFiltersToTheInterval(double sigma, double ts, boolean taken) {
    // when
    Ranking ranking = rank(hourly("AUSDT").setIntervalMs(MINUTE).setSigma(sigma).setTs(ts));

    // then
    assertThat(symbols(ranking)).hasSize(taken ? 1 : 0);
    assertThat(ranking.minSigma()).isCloseTo(0.005 / Math.sqrt(60), within(1e-15));
    assertThat(ranking.minTs()).isCloseTo(0.3 / Math.sqrt(60), within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"7204999, true", "7205000, true", "7205001, false"})
  void shouldTakeOnlyFreshStates(long ageMs, boolean taken) {
    // when
    Ranking ranking = rank(hourly("AUSDT").setAsOfMs(NOON - ageMs));

    // then
    assertThat(symbols(ranking)).hasSize(taken ? 1 : 0);
    assertThat(ranking.fresh()).isEqualTo(taken ? 1 : 0);
  }

  @Test
  void shouldPassOverASuspectPrice() {
    assertThat(symbols(rank(hourly("AUSDT").setPriceSuspect(true), hourly("BUSDT"))))
        .containsExactly("BUSDT");
  }

  @Test
  void shouldPutTheBestFirstAndTiesBySymbol() {
    // when
    Ranking ranking =
        rank(
            hourly("CUSDT"),
            hourly("AUSDT"),
            hourly("TREND").setPTrend(0.9),
            hourly("VOLATILE").setSigma(0.02),
            hourly("STRONG").setTs(0.8),
            hourly("LIQUID").setNotional24h(1e9));

    // then
    assertThat(symbols(ranking))
        .containsExactly("STRONG", "LIQUID", "VOLATILE", "TREND", "AUSDT", "CUSDT");
  }

  @ParameterizedTest
  @CsvSource({
    "0.02, 0.8, 1, 1e10, 1",
    "9, 9, 1, 1e20, 1",
    "0.01, 0.8, 1, 1e10, 0.875",
    "0.02, 0.4, 1, 1e10, 0.825",
    "0.02, 0.8, 0, 1e10, 0.75",
    "0.02, 0.8, 1, 0, 0.85",
    "0.02, 0.8, 1, -5, 0.85",
    "0.02, 0.8, 1, 99999, 0.925"
  })
  void shouldWeighItsTerms(
      double sigma, double ts, double trend, double notional, double expected) {
    // given
    MarketState state =
        hourly("AUSDT").setSigma(sigma).setTs(ts).setPTrend(trend).setNotional24h(notional).build();

    // when
    double score = UniverseRanking.score(state);

    // then
    assertThat(score).isCloseTo(expected, within(1e-9));
  }

  @Test
  void shouldListAsManyAsThePolicySays() {
    // given
    List<MarketState> states =
        IntStream.range(0, 11).mapToObj(n -> hourly("S" + n).build()).toList();
    Policy two = Policy.newBuilder().setUniverseSize(2).build();

    // when
    Ranking ten = UniverseRanking.rank(states, POLICY, NOON);
    Ranking small = UniverseRanking.rank(states, two, NOON);

    // then
    assertThat(ten.symbols()).hasSize(10);
    assertThat(ten.passed()).isEqualTo(11);
    assertThat(symbols(small)).containsExactly("S0", "S1");
  }

  @Test
  void shouldFallBackToTheFreshCoreInItsOrder() {
    // when
    Ranking ranking =
        rank(
            hourly("AUSDT").setTs(0.1),
            hourly("BNBUSDT").setTs(0.1),
            hourly("ETHUSDT").setAsOfMs(NOON - 3 * HOUR),
            hourly("BTCUSDT").setSigma(0.001));

    // then
    assertThat(ranking.code()).isEqualTo(ReasonCode.UNIVERSE_FALLBACK);
    assertThat(symbols(ranking)).containsExactly("BTCUSDT", "BNBUSDT");
    assertThat(ranking.passed()).isZero();
    assertThat(ranking.fresh()).isEqualTo(3);
  }

  @Test
  void shouldHoldTheFallbackToTheSizeOfTheList() {
    // given
    Policy one = Policy.newBuilder().setUniverseSize(1).build();
    List<MarketState> states =
        List.of(hourly("ETHUSDT").setTs(0.1).build(), hourly("BTCUSDT").setTs(0.1).build());

    // when
    Ranking ranking = UniverseRanking.rank(states, one, NOON);

    // then
    assertThat(symbols(ranking)).containsExactly("BTCUSDT");
  }

  @Test
  void shouldNotFallBackWhileOneSymbolPasses() {
    assertThat(symbols(rank(hourly("AUSDT"), hourly("BTCUSDT").setTs(0.1))))
        .containsExactly("AUSDT");
  }

  @Test
  void shouldBeEmptyWithoutAnyState() {
    // when
    Ranking ranking = rank();

    // then
    assertThat(ranking.code()).isEqualTo(ReasonCode.UNIVERSE_EMPTY);
    assertThat(ranking.symbols()).isEmpty();
    assertThat(ranking.fresh()).isZero();
  }
}
