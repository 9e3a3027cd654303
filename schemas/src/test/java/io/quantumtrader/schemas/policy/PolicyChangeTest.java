package io.quantumtrader.schemas.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.PolicyChange.Difference;
import io.quantumtrader.schemas.policy.PolicyChange.Outcome;
import io.quantumtrader.schemas.policy.PolicyRules.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator types, and what comes of it. */
final class PolicyChangeTest {

  private static final Policy BASE = Policies.initial(7);

  @ParameterizedTest
  @CsvSource({"maxPositions", "max_positions", "MAX_POSITIONS", "max-positions", "maxpositions"})
  void shouldKnowAFieldInEverySpelling(String key) {
    Outcome outcome = PolicyChange.of(List.of(key + "=20")).on(BASE);

    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.policy().getMaxPositions()).isEqualTo(20);
  }

  @Test
  void shouldChangeNothingElse() {
    // when
    Outcome outcome =
        PolicyChange.of(
                List.of(
                    "maxPositions = 20",
                    "closePolicy=risk_first",
                    "harvestRungs=1,2,3.5",
                    "maxSymbolShare=0.25",
                    "permitMs=30000",
                    "allow_upsize=true"))
            .on(BASE);

    // then
    Policy expected =
        Policy.newBuilder(BASE)
            .setMaxPositions(20)
            .setClosePolicy("risk_first")
            .setHarvestRungs(List.of(1.0, 2.0, 3.5))
            .setMaxSymbolShare(0.25)
            .setPermitMs(30_000)
            .setAllowUpsize(true)
            .build();
    assertThat(outcome.policy()).isEqualTo(expected);
    assertThat(BASE).isEqualTo(Policies.initial(7));
    assertThat(PolicyChange.differences(BASE, outcome.policy()))
        .contains(
            new Difference("maxPositions", "10", "20"),
            new Difference("harvestRungs", "2,4,6", "1,2,3.5"))
        .hasSize(6);
  }

  @Test
  void shouldSayEverythingThatIsWrongAtOnce() {
    // when
    List<Violation> violations =
        PolicyChange.of(
                List.of(
                    "maxPosition=20",
                    "maxPositions=0",
                    "heatWarm=0.9",
                    "version=7",
                    "permitMs=soon",
                    "nonsense",
                    "=5",
                    "closePolicy=maybe",
                    "max_positions=3"))
            .on(BASE)
            .violations();

    // then
    assertThat(violations)
        .extracting(Violation::text)
        .satisfiesExactlyInAnyOrder(
            text -> assertThat(text).contains("'maxPosition'", "the nearest is maxPositions"),
            text -> assertThat(text).startsWith("maxPositions = 0 is below 1; allowed: 1 to 1000"),
            text -> assertThat(text).startsWith("heatWarm = 0.9 must be below heatHot = 0.65"),
            text -> assertThat(text).startsWith("version is written with each version"),
            text ->
                assertThat(text).startsWith("permitMs = 'soon' is not a whole number; allowed:"),
            text -> assertThat(text).startsWith("'nonsense' is not of the form KEY=VALUE"),
            text -> assertThat(text).startsWith("'=5' is not of the form KEY=VALUE"),
            text ->
                assertThat(text).startsWith("closePolicy = maybe is not one of hold_when_unstable"),
            text -> assertThat(text).isEqualTo("maxPositions is given twice"));
  }

  @ParameterizedTest
  @CsvSource({
    "max_postions, maxPositions",
    "closePolcy, closePolicy",
    "heat, heatHot",
    "kill_treshold, killThreshold"
  })
  void shouldNameTheNearest(String key, String nearest) {
    assertThat(PolicyFields.nearest(key)).isEqualTo(nearest);
  }

  @Test
  void shouldReadBackWhatItShows() {
    for (var field : PolicyFields.all()) {
      String shown = PolicyFields.text(BASE.get(field.pos()));
      Outcome outcome = PolicyChange.of(Map.of(field.name(), shown)).on(BASE);
      assertThat(outcome.policy()).as(field.name()).isEqualTo(BASE);
      assertThat(outcome.violations()).as(field.name()).isEmpty();
    }
    assertThat(PolicyFields.text(0.0000001)).isEqualTo("0.0000001");
  }
}
