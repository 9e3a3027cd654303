package io.quantumtrader.topology.decision.ledger;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.fill;
import static io.quantumtrader.topology.Given.result;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.topology.Given;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LedgerStageTest {

  private static final OpeningRisk RISK =
      new OpeningRisk(Optional.empty(), Optional.empty(), Given.policy().build());

  private Optional<PositionLedger> row = Optional.empty();
  private boolean booked;
  private Optional<OpenPlan> plan =
      Optional.of(
          OpenPlan.newBuilder()
              .setPlanId("plan")
              .setAccount(MAIN)
              .setSymbol(BTC)
              .setAction(PlanAction.ENTRY)
              .setSide(OrderSide.BUY)
              .setQuantity(dec("1"))
              .setFilledQuantity(dec("0.2"))
              .setMargin(dec("50"))
              .setNotional(dec("100"))
              .setGrantedAtMs(NOON)
              .build());

  private LedgerStage.Ruling rule(ApplyResult.Builder result) {
    return LedgerStage.rule(result.build(), new LedgerStage.View(row, booked, plan, RISK), NOON);
  }

  private static String codes(LedgerStage.Ruling ruling) {
    return String.join(" ", ruling.remarks().stream().map(remark -> remark.code().name()).toList());
  }

  private static ApplyResult.Builder part(Fill fill) {
    return result(BTC, OrderSide.BUY, fill)
        .setPlanId("plan")
        .setOutcome(ResultOutcome.PARTIALLY_FILLED)
        .setFinalResult(false);
  }

  @Test
  void shouldMoveAPartFillFromThePlanToTheLedger() {
    // when
    LedgerStage.Ruling ruling = rule(part(fill("f", "0.3", "100")));

    // then
    assertThat(ruling.folded().get().row().getQuantity()).isEqualTo(dec("0.3"));
    assertThat(ruling.plan().get().getFilledQuantity()).isEqualTo(dec("0.5"));
    assertThat(ruling.planEnded()).isFalse();
    assertThat(ruling.remarks()).isEmpty();
  }

  @Test
  void shouldCountNoMoreOfAPlanAsFilledThanItIs() {
    assertThat(rule(part(fill("f", "3", "100"))).plan().get().getFilledQuantity())
        .isEqualTo(dec("1"));
  }

  @Test
  void shouldEndThePlanWithItsFinalResult() {
    // when
    LedgerStage.Ruling ruling = rule(part(fill("f", "0.8", "100")).setFinalResult(true));

    // then
    assertThat(ruling.planEnded()).isTrue();
    assertThat(ruling.plan()).isEmpty();
    assertThat(ruling.folded()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(ResultOutcome.class)
  void shouldEndThePlanWithTheFinalResultAlone(ResultOutcome outcome) {
    // when
    LedgerStage.Ruling open = rule(part(null).setOutcome(outcome));
    LedgerStage.Ruling ended = rule(part(null).setOutcome(outcome).setFinalResult(true));

    // then
    assertThat(open.planEnded()).isFalse();
    assertThat(open.plan()).isEqualTo(plan);
    assertThat(open.folded()).isEmpty();
    assertThat(ended.planEnded()).isTrue();
    assertThat(ended.plan()).isEmpty();
  }

  @Test
  void shouldEndNothingThatIsNotOpen() {
    // given
    plan = Optional.empty();

    // then
    assertThat(rule(part(null).setFinalResult(true)).planEnded()).isFalse();
  }

  @Test
  void shouldBookAFillOnce() {
    // given
    booked = true;

    // when
    LedgerStage.Ruling ruling = rule(part(fill("f", "0.3", "100")));

    // then
    assertThat(codes(ruling)).isEqualTo("FILL_DUPLICATE");
    assertThat(ruling.folded()).isEmpty();
    assertThat(ruling.plan()).isEqualTo(plan);
    assertThat(text(ruling.remarks().get(0).numbers().list()))
        .containsExactly("fillId=f", "side=BUY", "quantity=0.3", "price=100", "planId=plan");
  }

  @Test
  void shouldEndThePlanEvenWhereItsFillWasBooked() {
    // given
    booked = true;

    // then
    assertThat(rule(part(fill("f", "0.3", "100")).setFinalResult(true)).planEnded()).isTrue();
  }

  @Test
  void shouldBookALateFillAndSaySo() {
    // given
    plan = Optional.empty();

    // when
    LedgerStage.Ruling ruling = rule(part(fill("f", "0.3", "100")));

    // then
    assertThat(codes(ruling)).isEqualTo("FILL_WITHOUT_PLAN");
    assertThat(ruling.folded().get().row().getQuantity()).isEqualTo(dec("0.3"));
  }

  @ParameterizedTest
  @EnumSource(ResultOrigin.class)
  void shouldExpectNoPlanBehindWhatTheExchangeDidItself(ResultOrigin origin) {
    // given
    plan = Optional.empty();

    // when
    LedgerStage.Ruling ruling = rule(part(fill("f", "0.3", "100")).setOrigin(origin));

    // then
    assertThat(codes(ruling)).isEqualTo(origin == ResultOrigin.PLAN ? "FILL_WITHOUT_PLAN" : "");
    assertThat(ruling.folded()).isPresent();
  }

  private static Arguments of(String name, UnaryOperator<ApplyResult.Builder> change) {
    return Arguments.of(name, change);
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        of("no quantity", r -> r.setFill(fill("f", "0", "100"))),
        of("quantity below 0", r -> r.setFill(fill("f", "-1", "100"))),
        of("no price", r -> r.setFill(fill("f", "1", "0"))),
        of("price below 0", r -> r.setFill(fill("f", "1", "-1"))),
        of("no fill id", r -> r.setFill(fill("", "1", "100"))),
        of("no side", r -> r.setSide(OrderSide.UNRECOGNIZED)),
        of("no symbol", r -> r.setSymbol("")),
        of("symbol of another kind", r -> r.setSymbol("BTC:USDT")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void shouldRefuseFillsThatMakeNoSense(String name, UnaryOperator<ApplyResult.Builder> change) {
    // when
    LedgerStage.Ruling ruling = rule(change.apply(part(fill("f", "1", "100"))));

    // then
    assertThat(codes(ruling)).isEqualTo("FILL_INVALID");
    assertThat(ruling.folded()).isEmpty();
    assertThat(ruling.plan()).isEqualTo(plan);
  }

  @Test
  void shouldRefuseSumsThatNoRecordCanHold() {
    // given
    row = Optional.of(Given.position(BTC, PositionSide.LONG, "99999999999999999999", "1").build());

    // when
    LedgerStage.Ruling ruling = rule(part(fill("f", "1", "1")));

    // then
    assertThat(codes(ruling)).isEqualTo("FILL_INVALID");
  }

  @ParameterizedTest
  @CsvSource({
    "1763553599999,1763553599999",
    "1763553600000,1763553600000", // noon
    "1763553600001,1763553600000", // ahead of the clock
    "1,1",
    "0,1763553600000",
    "-1,1763553600000"
  })
  void shouldTakeTheTimeOfAFillFromTheExchangeWhereItCanBe(long executedAtMs, long expected) {
    // given
    row = Optional.of(Given.position(BTC, PositionSide.SHORT, "1", "100").build());
    Fill fill = Fill.newBuilder(fill("f", "1", "100")).setAtMs(executedAtMs).build();

    // when
    PositionLedger flat = rule(part(fill)).folded().get().row();

    // then
    assertThat(flat.getFlatSinceMs()).isEqualTo(expected);
  }

  @Test
  void shouldTakeALeverageOfOneWhereNoneIsSaid() {
    assertThat(rule(part(fill("f", "1", "1")).setLeverage(0)).folded().get().row().getLeverage())
        .isEqualTo(1);
  }
}
