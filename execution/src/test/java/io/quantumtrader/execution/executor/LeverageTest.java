package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No entry is sent before the exchange has said that its leverage is set. */
final class LeverageTest {

  private final ExecutorFloor floor = new ExecutorFloor(ExecutorMode.TRADE);
  private final ApplyPlan plan =
      Plans.plan(1, "main", "ETHUSDT", OrderSide.BUY, PlanAction.ENTRY, "2").build();

  private List<String> orders() {
    return floor.exchange().calls().stream().filter(call -> call.startsWith("execute")).toList();
  }

  @Test
  void shouldEndAnEntryWhoseLeverageIsRefused() {
    // given
    floor
        .exchange()
        .answerLeverage(
            new Acknowledgement.Refused(ReasonCode.LEVERAGE_OUT_OF_RANGE, List.of(), "too high"));

    // when
    ApplyResult last = floor.take(plan).getLast();

    // then
    assertThat(last.getOutcome()).isEqualTo(ResultOutcome.REJECTED);
    assertThat(last.getCode()).isEqualTo(ReasonCode.LEVERAGE_OUT_OF_RANGE.name());
    assertThat(orders()).isEmpty();
  }

  @Test
  void shouldSendAnEntryOnlyOnceTheLeverageIsAnswered() {
    // given
    floor.exchange().answerLeverage(new Acknowledgement.Unresolved("no answer"));

    // when
    ApplyResult unresolved = floor.take(plan).getLast();
    List<String> before = orders();
    floor.clock(7_000);

    // then
    assertThat(unresolved.getOutcome()).isEqualTo(ResultOutcome.UNRESOLVED);
    assertThat(before).isEmpty();
    assertThat(floor.resultsOf(plan).getLast().getOutcome()).isEqualTo(ResultOutcome.FILLED);
    assertThat(orders()).hasSize(1);
  }
}
