package io.quantumtrader.topology.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reason code through the whole topology, generated from the enum, so that a new code without
 * a scenario fails. Beside what is asserted here, everything that the provoking step makes is
 * compared with {@code golden/codes.txt}: numbers, look-ups with their ages, policy, plans.
 */
final class EveryCodeTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/codes.txt");
  private static final boolean WRITE = Boolean.getBoolean("quantum.docs.write");

  /** The universe ranks what it holds itself, and looks nothing up. */
  private static final Set<String> WITHOUT_LOOKUPS = Set.of(Stage.UNIVERSE.label());

  @TempDir Path directory;

  static Stream<ReasonCode> codes() {
    return Scenarios.codes();
  }

  @ParameterizedTest
  @MethodSource("codes")
  void shouldComeOutOfTheWholeTopology(ReasonCode code) throws IOException {
    // given
    Scenario scenario = Scenarios.of(code);
    Outcome outcome = run(scenario);

    // then
    switch (scenario.carrier()) {
      case DECISION -> assertDecided(scenario, outcome, only(outcome, scenario));
      case PLAN_NOTE, NOTE -> assertNoted(scenario, outcome);
      case CALIBRATION -> assertCalibrated(scenario, outcome);
      case UNIVERSE_LIST ->
          assertThat(outcome.universes())
              .extracting(Universe::getCode)
              .containsExactly(code.name());
      case DEAD_LETTER -> assertThat(outcome.decisions()).isEmpty();
    }
    assertThat(outcome.deadLetters())
        .isEqualTo(
            scenario.carrier() == Scenario.Carrier.DEAD_LETTER ? List.of(code.name()) : List.of());
    assertPlans(scenario, outcome);
    if (!WRITE) {
      assertThat(outcome.text()).isEqualTo(golden(code));
    }
  }

  private Outcome run(Scenario scenario) {
    try (Desk desk = new Desk(directory, scenario.partitions()).open()) {
      scenario.given().accept(desk);
      desk.drain();
      scenario.when().accept(desk);
      return Outcome.of(desk);
    }
  }

  private static Decision only(Outcome outcome, Scenario scenario) {
    List<Decision> found =
        outcome.decisions().stream()
            .filter(each -> each.getCode().equals(scenario.code().name()))
            .toList();
    assertThat(found).as("decisions of %s", outcome.text()).hasSize(1);
    return found.get(0);
  }

  private static void assertDecided(Scenario scenario, Outcome outcome, Decision decision) {
    assertThat(decision.getStage()).isEqualTo(scenario.stage());
    assertThat(decision.getVerdict()).as(outcome.text()).isEqualTo(scenario.verdict());
    assertThat(decision.getNumbers()).as("numbers of %s", outcome.text()).isNotEmpty();
    assertThat(decision.getNumbers()).extracting(NumberOf::getName).doesNotContain("");
    assertThat(decision.getPolicyName()).isNotEmpty();
    if (!WITHOUT_LOOKUPS.contains(decision.getStage())) {
      assertThat(decision.getLookups()).as("look-ups of %s", outcome.text()).isNotEmpty();
      assertThat(decision.getLookups())
          .as("rows that are there have an age")
          .allMatch(each -> each.getAsOfMs() == null || each.getAgeMs() != null);
    }
    if (decision.getVerdict() == Verdict.DENIED) {
      assertThat(outcome.decisions()).as("one outcome of one input").hasSize(1);
    }
  }

  private static void assertNoted(Scenario scenario, Outcome outcome) {
    assertThat(outcome.decisions()).hasSize(1);
    Decision decision = outcome.decisions().get(0);
    assertDecided(scenario, outcome, decision);
    assertThat(Outcome.numbers(decision)).contains("note=" + scenario.code().name());
    for (ApplyPlan plan : outcome.plans()) {
      assertThat(plan.getNotes()).contains(scenario.code().name());
    }
  }

  private static void assertCalibrated(Scenario scenario, Outcome outcome) {
    assertThat(outcome.calibrated())
        .extracting(each -> each.getCalibration().getCode())
        .containsExactly(scenario.code().name());
    assertThat(outcome.decisions()).hasSize(1);
    assertDecided(scenario, outcome, outcome.decisions().get(0));
  }

  /** A plan comes of a grant and of nothing else, and its permit goes out beside it. */
  private static void assertPlans(Scenario scenario, Outcome outcome) {
    assertThat(outcome.plans()).as(outcome.text()).hasSize(scenario.plans());
    assertThat(outcome.permits())
        .containsExactlyElementsOf(outcome.plans().stream().map(ApplyPlan::getPermit).toList());
    assertThat(outcome.permits())
        .extracting(Permit::getPlanId)
        .containsExactlyElementsOf(outcome.plans().stream().map(ApplyPlan::getPlanId).toList());
  }

  @Test
  void shouldHaveNoScenarioOfACodeMadeElsewhere() {
    assertThat(Scenarios.all()).extracting(Scenario::code).hasSameElementsAs(codes().toList());
  }

  @Test
  void shouldHaveWrittenDownWhatComesOutOfEach() throws IOException {
    if (WRITE) {
      String text =
          codes()
              .map(code -> "== " + code + "\n" + run(Scenarios.of(code)).text())
              .collect(Collectors.joining());
      Files.writeString(GOLDEN, text);
    }
    assertThat(Files.readString(GOLDEN).lines().filter(line -> line.startsWith("== ")).toList())
        .containsExactlyElementsOf(codes().map(code -> "== " + code).toList());
  }

  private static String golden(ReasonCode code) throws IOException {
    return Files.readString(GOLDEN)
        .lines()
        .dropWhile(line -> !line.equals("== " + code))
        .skip(1)
        .takeWhile(line -> !line.startsWith("== "))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
