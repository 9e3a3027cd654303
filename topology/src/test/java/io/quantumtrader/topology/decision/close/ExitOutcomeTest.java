package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered of an exit once its plan has ended. */
final class ExitOutcomeTest {

  private static final ExitAttempt LAST =
      new ExitAttempt(MAIN, "key", 2, "0123456789abcdef", NOON - 5);

  private static OpenPlan plan(ExitTrigger trigger, int rung) {
    return OpenPlan.newBuilder()
        .setPlanId("0123456789abcdef")
        .setAccount(MAIN)
        .setSymbol(BTC)
        .setAction(PlanAction.PARTIAL_25)
        .setSide(OrderSide.SELL)
        .setPositionId("main:BTCUSDT:1")
        .setQuantity(dec("0.005"))
        .setFilledQuantity(dec("0"))
        .setMargin(dec("0"))
        .setNotional(dec("360"))
        .setGrantedAtMs(NOON - 5)
        .setTrigger(trigger)
        .setRung(rung)
        .build();
  }

  private static Optional<ExitAttempt> after(
      OpenPlan plan, ResultOutcome outcome, PositionLedger.Builder row) {
    return ExitOutcome.after(
        plan,
        LAST,
        Given.result(BTC, OrderSide.SELL, null).setOutcome(outcome).build(),
        Optional.ofNullable(row).map(PositionLedger.Builder::build),
        NOON);
  }

  @Test
  void shouldTryOnceMoreWhatDidNotCloseThePosition() {
    assertThat(after(plan(ExitTrigger.KILL_SCORE, 0), ResultOutcome.REJECTED, Given.longBtc()))
        .contains(new ExitAttempt(MAIN, "key", 3, "", NOON));
  }

  @Test
  void shouldRememberAsDoneWhatPutAStopInPlace() {
    assertThat(after(plan(ExitTrigger.TRAILING_STOP, 0), ResultOutcome.PROTECTED, Given.longBtc()))
        .contains(LAST);
  }

  @Test
  void shouldRememberARungAsDoneOnceAFillCarriedIt() {
    // when
    Optional<ExitAttempt> taken =
        after(
            plan(ExitTrigger.RUNG, 2),
            ResultOutcome.FILLED,
            Given.longBtc().setRungsTaken(List.of(1, 2)));
    Optional<ExitAttempt> another =
        after(
            plan(ExitTrigger.RUNG, 2),
            ResultOutcome.FILLED,
            Given.longBtc().setRungsTaken(List.of(1)));
    Optional<ExitAttempt> noRung =
        after(
            plan(ExitTrigger.KILL_SCORE, 2),
            ResultOutcome.FILLED,
            Given.longBtc().setRungsTaken(List.of(1, 2)));

    // then
    assertThat(taken).contains(LAST);
    assertThat(another.orElseThrow().getAttempt()).isEqualTo(3);
    assertThat(noRung.orElseThrow().getAttempt()).isEqualTo(3);
  }

  @Test
  void shouldForgetAnExitWhosePositionIsGone() {
    OpenPlan plan = plan(ExitTrigger.KILL_SCORE, 0);

    assertThat(after(plan, ResultOutcome.FILLED, null)).isEmpty();
    assertThat(
            after(
                plan,
                ResultOutcome.FILLED,
                Given.longBtc().setSide(PositionSide.FLAT).setQuantity(dec("0"))))
        .isEmpty();
    assertThat(
            after(plan, ResultOutcome.PROTECTED, Given.longBtc().setPositionId("main:BTCUSDT:2")))
        .isEmpty();
  }
}
