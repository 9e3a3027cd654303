package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the desk sees to protective orders. */
class PartitionDeskProtectionTest extends DeskTestBase {

  @Test
  void shouldPlaceStopAndTargetOnTheTick() {
    // given: long, so the stop lies below and the target above
    ApplyPlan plan =
        ApplyPlan.newBuilder(entry())
            .setStopPrice(new BigDecimal("1900.04"))
            .setTargetPrice(new BigDecimal("2500.07"))
            .build();

    // when
    take(plan);

    // then
    assertThat(exchange.calls())
        .containsExactly(
            "execute " + order(), "protect " + order() + "-s", "protect " + order() + "-t");
    assertThat(accounts.getLast().getPositions().getFirst().getStopPrice())
        .isEqualByComparingTo("1900.1");
    assertThat(accounts.getLast().getPositions().getFirst().getTargetPrice())
        .isEqualByComparingTo("2500.0");
  }

  @Test
  void shouldEndAPlanOnlyWhenItsProtectionIsSettled() {
    // given
    ApplyPlan plan = ApplyPlan.newBuilder(entry()).setStopPrice(new BigDecimal("1900")).build();
    exchange.loseProtectionAnswers(1);

    // when
    take(plan);
    List<ResultOutcome> before = outcomes();
    tick(NOW + 1_000);

    // then
    assertThat(before)
        .containsExactly(ResultOutcome.SUBMITTING, ResultOutcome.FILLED, ResultOutcome.UNRESOLVED);
    assertOneFinal(ResultOutcome.FILLED);
    assertThat(results).filteredOn(result -> result.getFill() != null).hasSize(1);
    assertThat(results.getLast().getFilledQuantity()).isEqualByComparingTo("2");
  }

  @Test
  void shouldNotWaitLongerAndLongerForTheStopOfAFill() {
    // given: the answers to the stop are lost again and again
    ApplyPlan plan = ApplyPlan.newBuilder(entry()).setStopPrice(new BigDecimal("1900")).build();
    exchange.loseProtectionAnswers(8);

    // when: 1, 2 and then 4 seconds lie between two looks
    take(plan);
    for (long second = 1; second <= 27; second++) {
      tick(NOW + second * 1_000);
    }

    // then
    assertOneFinal(ResultOutcome.FILLED);
  }

  @Test
  void shouldTellThatAFillIsUnprotected() {
    // given: a stop above the price of what was bought
    ApplyPlan plan =
        ApplyPlan.newBuilder(entry())
            .setStopPrice(new BigDecimal("2100"))
            .setTargetPrice(new BigDecimal("2500"))
            .build();

    // when
    take(plan);

    // then
    assertOneFinal(ResultOutcome.FILLED);
    assertThat(results.getLast().getCode()).isEqualTo("PROTECTION_REJECTED");
    assertThat(results.getLast().getNumbers().toString()).contains("STOP", "2100");
    assertThat(accounts.getLast().getPositions().getFirst().getTargetPrice())
        .isEqualByComparingTo("2500");
  }

  @ParameterizedTest(name = "closed {0} of 2: {1} rest")
  @CsvSource({"1, 1", "2, 0"})
  void shouldClearProtectionWithThePosition(String quantity, int resting) {
    // given
    take(ApplyPlan.newBuilder(entry()).setStopPrice(new BigDecimal("1900")).build());

    // when
    take(Plans.close(2, ETH, OrderSide.SELL, quantity));

    // then
    assertThat(exchange.calls()).contains("clear " + ETH);
    assertThat(exchange.protection("main", ETH).orElseThrow()).hasSize(resting);
  }
}
