package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.topology.Given;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A close of 0.02 whose first order was for 0.008; the exchange takes no more at once. */
final class CloseRestTest {

  private static final String POSITION = MAIN + ":" + BTC + ":1";

  private static OpenPlan.Builder part() {
    return OpenPlan.newBuilder()
        .setPlanId("fedcba9876543210")
        .setAccount(MAIN)
        .setSymbol(BTC)
        .setAction(PlanAction.PARTIAL_50)
        .setTrigger(ExitTrigger.RUNG)
        .setSide(OrderSide.SELL)
        .setPositionId(POSITION)
        .setQuantity(dec("0.008"))
        .setRestQuantity(dec("0.012"))
        .setFilledQuantity(dec("0"))
        .setMargin(dec("0"))
        .setNotional(dec("576"))
        .setGrantedAtMs(NOON - 7);
  }

  private static ApplyResult result(ResultOutcome outcome, String filled, String price) {
    return Given.result(BTC, OrderSide.SELL, price == null ? null : Given.fill("f", filled, price))
        .setOutcome(outcome)
        .setFilledQuantity(dec(filled))
        .build();
  }

  private static Optional<PositionLedger> open(String quantity) {
    return Optional.of(Given.longBtc().setQuantity(dec(quantity)).build());
  }

  private static BigDecimal rest(ResultOutcome outcome, String filled) {
    return CloseRest.after(part().build(), result(outcome, filled, "71000"), open("0.012"))
        .orElseThrow()
        .rest();
  }

  @Test
  void shouldAskForWhatWasKeptForLater() {
    assertThat(rest(ResultOutcome.FILLED, "0.008")).isEqualByComparingTo("0.012");
  }

  @Test
  void shouldAskForWhatThePartItselfDidNotFillToo() {
    assertThat(rest(ResultOutcome.PARTIALLY_FILLED, "0.005")).isEqualByComparingTo("0.015");
    // More than was ordered changes nothing of what was kept.
    assertThat(rest(ResultOutcome.FILLED, "0.009")).isEqualByComparingTo("0.012");
  }

  @ParameterizedTest
  @CsvSource({"REJECTED", "LAPSED", "ALREADY_FLAT"})
  void shouldEndWithAPartThatFillsNothing(ResultOutcome outcome) {
    assertThat(CloseRest.after(part().build(), result(outcome, "0", null), open("0.02"))).isEmpty();
  }

  @Test
  void shouldAskForNothingOfAnotherPositionOrOfNone() {
    ApplyResult filled = result(ResultOutcome.FILLED, "0.008", "71000");
    OpenPlan ofAnother = part().setPositionId(MAIN + ":" + BTC + ":2").build();

    assertThat(CloseRest.after(ofAnother, filled, open("0.012"))).isEmpty();
    assertThat(CloseRest.after(part().build(), filled, Optional.empty())).isEmpty();
    assertThat(CloseRest.after(part().setRestQuantity(null).build(), filled, open("0.012")))
        .isEmpty();
  }

  @Test
  void shouldTakeThePlansOwnPriceWhereTheFillHasNone() {
    CloseRest.Ask ask =
        CloseRest.after(
                part().build(),
                result(ResultOutcome.PARTIALLY_FILLED, "0.008", null),
                open("0.012"))
            .orElseThrow();

    assertThat(ask.price()).isEqualByComparingTo("72000");
  }

  @Test
  void shouldPlanNoMoreThanIsOpen() {
    CloseRest.Ask ask =
        CloseRest.after(
                part().build(), result(ResultOutcome.FILLED, "0.008", "71000"), open("0.006"))
            .orElseThrow();
    CloseRest.View view =
        new CloseRest.View(
            Given.policy().build(),
            TradingState.ACTIVE,
            List.of(),
            open("0.006").orElseThrow(),
            List.of(),
            Optional.of(Given.instrument(BTC).setMaxMarketQuantity(dec("0.008")).build()));

    BigDecimal planned =
        CloseRest.rule(ask, view, NOON)
            .fold(why -> BigDecimal.ZERO, plan -> plan.plan().getQuantity());

    assertThat(planned).isEqualByComparingTo("0.006");
  }
}
