package io.quantumtrader.agents.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.agents.feature.FeatureVector;
import io.quantumtrader.agents.forecast.Ensemble.Member;
import io.quantumtrader.agents.forecast.ForecastResult.Failed;
import io.quantumtrader.agents.forecast.ForecastResult.Given;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnsembleTest {

  private static final ModelId ID = new ModelId("all", "1");
  private static final FeatureVector KNOWN = Vectors.with(Map.of());
  private static final double TINY = 1e-12;

  @Test
  void shouldCombineByTheWeightedMean() {
    // Up: (3 x 0.6 + 1 x 0.2) / 4, flat: (3 x 0.3 + 1 x 0.1) / 4, down: (3 x 0.1 + 1 x 0.7) / 4.
    try (Ensemble ensemble =
        ensemble(1, 0, member("a", 3, 0.6, 0.3, 0.1), member("b", 1, 0.2, 0.1, 0.7))) {
      EnsembleVote vote = ensemble.forecast(KNOWN);

      assertForecast(vote, 0.5, 0.25, 0.25);
      assertThat(vote.combined().id()).isEqualTo(ID);
      assertThat(vote.agreement()).isEqualTo(0.75, within(TINY));
      assertThat(vote.abstains()).isFalse();
      assertThat(vote.members()).extracting(each -> each.id().name()).containsExactly("a", "b");
      assertThat(((Given) vote.combined()).nanos()).isEqualTo(20);
    }
  }

  @Test
  void shouldGoOnWithoutAMemberThatFails() {
    // Up: (2 x 0.5 + 1 x 0.8) / 3, flat: (2 x 0.5 + 1 x 0.2) / 3; the weight of c is left out.
    try (Ensemble ensemble =
        ensemble(
            0.5,
            0,
            member("a", 2, 0.5, 0.5, 0),
            member("b", 1, 0.8, 0.2, 0),
            new Member(GuardedForecaster.missing(ModelId.unversioned("c"), "no file"), 3))) {
      EnsembleVote vote = ensemble.forecast(KNOWN);

      assertForecast(vote, 0.6, 0.4, 0);
      assertThat(vote.members().get(2))
          .isEqualTo(new Failed(ModelId.unversioned("c"), ForecastFault.MODEL_MISSING, "no file"));
      // a finds up no more probable than flat, so b alone agrees: 1 of the 3 that answered.
      assertThat(vote.agreement()).isEqualTo(1.0 / 3, within(TINY));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Weight of the one that answers beside 1 that does not; quorum 0.75.
    "2.99, true",
    "3, false",
    "3.01, false",
  })
  void shouldAskForAQuorum(double weight, boolean abstains) {
    try (Ensemble ensemble =
        ensemble(0.75, 0, member("a", weight, 0.6, 0.3, 0.1), missing("b", 1))) {
      EnsembleVote vote = ensemble.forecast(KNOWN);

      assertThat(vote.abstains()).isEqualTo(abstains);
      assertThat(vote.combined().given().isEmpty()).isEqualTo(abstains);
    }
  }

  @Test
  void shouldSayHowFarItIsFromAQuorum() {
    try (Ensemble ensemble = ensemble(0.6, 0, member("a", 1, 0.6, 0.3, 0.1), missing("b", 1))) {
      EnsembleVote vote = ensemble.forecast(KNOWN);

      assertThat(vote.combined())
          .isEqualTo(
              new Failed(
                  ID, ForecastFault.NO_QUORUM, "0.500 of the weight answered, 0.600 has to"));
      assertThat(vote.agreement()).isZero();
      assertThat(vote.members()).hasSize(2);
    }
  }

  @Test
  void shouldHaveNoQuorumWhereNobodyAnswers() {
    try (Ensemble ensemble = ensemble(0.001, 0, missing("a", 1), missing("b", 1))) {
      assertThat(ensemble.forecast(KNOWN).abstains()).isTrue();
    }
  }

  /** The weights 0.1 to 0.7 add up to other numbers in another order. */
  @Test
  void shouldNotLoseAQuorumToRounding() {
    Member[] members = new Member[7];
    for (int i = 0; i < members.length; i++) {
      members[i] = member("m" + i, 0.1 * (i + 1), 0.6, 0.3, 0.1);
    }
    try (Ensemble ensemble = ensemble(1, 1, members)) {
      EnsembleVote vote = ensemble.forecast(KNOWN);

      assertThat(vote.abstains()).isFalse();
      assertForecast(vote, 0.6, 0.3, 0.1);
    }
    // 0.1 + 0.6 of 1 is below 0.7 by the last bit.
    try (Ensemble ensemble =
        ensemble(
            0.7,
            0,
            member("a", 0.1, 0.6, 0.3, 0.1),
            member("b", 0.6, 0.6, 0.3, 0.1),
            missing("c", 0.3))) {
      assertThat(ensemble.forecast(KNOWN).abstains()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Weight of the one for up beside 1 for down; agreement 0.75, with up the outcome of both.
    "2.99, true",
    "3, false",
    "3.01, false",
  })
  void shouldAbstainWhereTooFewAgree(double weight, boolean abstains) {
    try (Ensemble ensemble =
        ensemble(1, 0.75, member("a", weight, 0.9, 0.1, 0), member("b", 1, 0.2, 0.2, 0.6))) {
      EnsembleVote vote = ensemble.forecast(KNOWN);

      assertThat(vote.abstains()).isEqualTo(abstains);
      assertThat(vote.agreement()).isEqualTo(weight / (weight + 1), within(TINY));
      assertThat(vote.combined().given().map(Forecast::mostProbable)).contains(Outcome.UP);
    }
  }

  @Test
  void shouldCloseItsMembers() throws Exception {
    ScriptedForecaster first = new ScriptedForecaster("a", () -> new Forecast(1, 0, 0));
    ScriptedForecaster second = new ScriptedForecaster("b", () -> new Forecast(1, 0, 0));

    ensemble(1, 0, member(first, 1), member(second, 1)).close();

    first.closed.await();
    second.closed.await();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseWeightsThatAreNone(double weight) {
    assertThatIllegalArgumentException().isThrownBy(() -> missing("a", weight));
  }

  @Test
  void shouldRefuseSettingsOutsideOfTheirRanges() {
    for (double quorum : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ensemble(quorum, 0, missing("a", 1)).close());
    }
    for (double agreement : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ensemble(1, agreement, missing("a", 1)).close());
    }
    assertThatIllegalArgumentException().isThrownBy(() -> ensemble(1, 0).close());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ensemble(1, 0, missing("a", 1), missing("a", 1)).close())
        .withMessageContaining("a@none twice");
  }

  @Test
  void shouldRefuseAVoteThatActsWithoutAForecast() {
    Failed failed = new Failed(ID, ForecastFault.NO_QUORUM, "why");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EnsembleVote(failed, List.of(), 0, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EnsembleVote(failed, List.of(), 1.1, true));
  }

  private static void assertForecast(EnsembleVote vote, double up, double flat, double down) {
    Forecast forecast = vote.combined().given().orElseThrow();
    assertThat(forecast.up()).isEqualTo(up, within(TINY));
    assertThat(forecast.flat()).isEqualTo(flat, within(TINY));
    assertThat(forecast.down()).isEqualTo(down, within(TINY));
  }

  private static Ensemble ensemble(double quorum, double agreement, Member... members) {
    return new Ensemble(ID, Arrays.asList(members), quorum, agreement);
  }

  private static Member member(String name, double weight, double up, double flat, double down) {
    Forecast forecast = new Forecast(up, flat, down);
    return member(new ScriptedForecaster(name, () -> forecast), weight);
  }

  /** Each call takes ten nanoseconds. */
  private static Member member(ScriptedForecaster model, double weight) {
    long[] clock = new long[1];
    return new Member(
        new GuardedForecaster(model, Duration.ofMinutes(1), () -> clock[0] += 10), weight);
  }

  private static Member missing(String name, double weight) {
    return new Member(GuardedForecaster.missing(ModelId.unversioned(name), "no file"), weight);
  }
}
