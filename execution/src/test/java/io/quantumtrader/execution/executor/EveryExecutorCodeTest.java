package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every code of the executor through the whole session, generated from the enum, so that a new code
 * without a scenario fails. The codes of all other stages are provoked in the topology's module.
 */
class EveryExecutorCodeTest {

  private static final String STAGE = "executor";

  static Stream<ReasonCode> codes() {
    return Stream.of(ReasonCode.values()).filter(code -> code.stage().equals(STAGE));
  }

  private static ExecutorScenarios.Scenario of(ReasonCode code) {
    List<ExecutorScenarios.Scenario> found =
        ExecutorScenarios.all().stream().filter(each -> each.code() == code).toList();
    assertThat(found)
        .as(
            "%s needs one scenario: add to ExecutorScenarios how it comes about through the"
                + " session. A code that nothing can provoke is taken out of ReasonCode.",
            code)
        .hasSize(1);
    return found.get(0);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void shouldComeOutOfTheWholeSession(ReasonCode code) {
    // given
    ExecutorScenarios.Scenario scenario = of(code);
    ExecutorFloor floor = new ExecutorFloor(scenario.mode());
    scenario.given().accept(floor);

    // when
    floor.take(scenario.plan());
    scenario.then().accept(floor);
    List<ApplyResult> results = floor.resultsOf(scenario.plan());

    // then
    ApplyResult last = results.getLast();
    assertThat(last.getCode()).as("%s", results).isEqualTo(code.name());
    assertThat(last.getOutcome()).isEqualTo(scenario.outcome());
    assertThat(last.getFinalResult()).isEqualTo(scenario.last());
    assertThat(results)
        .filteredOn(ApplyResult::getFinalResult)
        .as("one final result, where the plan has ended")
        .hasSize(scenario.last() ? 1 : 0);
    assertThat(results)
        .filteredOn(each -> each.getFill() != null)
        .as("what is refused is not filled")
        .hasSize(scenario.outcome() == ResultOutcome.FILLED ? 1 : 0);
    assertThat(last.getNumbers())
        .extracting(each -> each.getName() + "=" + each.getValue())
        .containsExactlyElementsOf(scenario.numbers());
    assertThat(last.getMessage().isEmpty() && scenario.numbers().isEmpty())
        .as("there are numbers, or a sentence where there are none to be had")
        .isFalse();
  }

  @Test
  void shouldHaveNoScenarioOfACodeMadeElsewhere() {
    assertThat(ExecutorScenarios.all())
        .extracting(ExecutorScenarios.Scenario::code)
        .hasSameElementsAs(codes().toList());
  }
}
