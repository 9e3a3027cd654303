package io.quantumtrader.topology.decision.ledger;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What results say of stops that were moved and of rungs that were taken. */
final class StopsAndRungsTest {

  private Optional<PositionLedger> row =
      Optional.of(Given.longBtc().setUpdatedAtMs(NOON - 9).build());
  private Optional<OpenPlan> plan = Optional.of(plan("main:BTCUSDT:1"));

  private static OpenPlan plan(String positionId) {
    return OpenPlan.newBuilder()
        .setPlanId("plan")
        .setAccount(MAIN)
        .setSymbol(BTC)
        .setAction(PlanAction.UPDATE_SL)
        .setSide(OrderSide.SELL)
        .setPositionId(positionId)
        .setQuantity(dec("0.02"))
        .setFilledQuantity(dec("0"))
        .setMargin(dec("0"))
        .setNotional(dec("1440"))
        .setGrantedAtMs(NOON - 5)
        .build();
  }

  private LedgerStage.Ruling rule(ApplyResult.Builder result) {
    return LedgerStage.rule(
        result.build(), new LedgerStage.View(row, false, plan, Fills.UNPLANNED), NOON);
  }

  private static ApplyResult.Builder moved(String stop) {
    return Given.result(BTC, OrderSide.SELL, null)
        .setPlanId("plan")
        .setOutcome(ResultOutcome.PROTECTED)
        .setStopPrice(stop == null ? null : dec(stop));
  }

  private static ApplyResult.Builder filled(OrderSide side, String quantity, int rung) {
    Fill fill = Given.fill("f", quantity, "72000");
    return Given.result(BTC, side, fill)
        .setPlanId("plan")
        .setTrigger(ExitTrigger.RUNG)
        .setRung(rung);
  }

  @Test
  void shouldPutAStopInPlaceThatTheExecutorMoved() {
    // when
    LedgerStage.Ruling ruling = rule(moved("70000"));

    // then
    PositionLedger after = ruling.folded().orElseThrow().row();
    assertThat(after.getStopPrice()).isEqualTo(dec("70000"));
    assertThat(after.getUpdatedAtMs()).isEqualTo(NOON);
    assertThat(after.getQuantity()).isEqualTo(dec("0.02"));
    assertThat(after.getRisk().getInitialStop()).isEqualTo(dec("69000"));
    assertThat(ruling.folded().orElseThrow().closedProfit()).isEmpty();
    assertThat(ruling.planEnded()).isTrue();
    assertThat(ruling.remarks()).isEmpty();
  }

  @Test
  void shouldNotCountAMovedStopAsFilled() {
    // when
    LedgerStage.Ruling ruling = rule(moved("70000").setFinalResult(false));

    // then
    assertThat(ruling.folded()).isPresent();
    assertThat(ruling.plan()).isEqualTo(plan);
  }

  @ParameterizedTest
  @EnumSource(value = ResultOutcome.class, mode = EnumSource.Mode.EXCLUDE, names = "PROTECTED")
  void shouldLeaveTheStopWhereItWasNotMoved(ResultOutcome outcome) {
    assertThat(rule(moved("70000").setOutcome(outcome)).folded()).isEmpty();
  }

  @Test
  void shouldLeaveTheStopWhereNoneIsNamed() {
    assertThat(rule(moved(null)).folded()).isEmpty();
  }

  @Test
  void shouldPutNoStopIntoAnotherPosition() {
    plan = Optional.of(plan("main:BTCUSDT:2"));
    assertThat(rule(moved("70000")).folded()).isEmpty();

    plan = Optional.empty();
    assertThat(rule(moved("70000")).folded()).isEmpty();
  }

  @Test
  void shouldPutNoStopWhereNothingIsOpen() {
    row = Optional.of(Given.longBtc().setSide(PositionSide.FLAT).setQuantity(dec("0")).build());
    assertThat(rule(moved("70000")).folded()).isEmpty();

    row = Optional.empty();
    assertThat(rule(moved("70000")).folded()).isEmpty();
  }

  @Test
  void shouldTakeTheRungThatAFillCarries() {
    // given
    row = Optional.of(Given.longBtc().setRungsTaken(List.of(3)).build());

    // when
    PositionLedger after = rule(filled(OrderSide.SELL, "0.005", 1)).folded().orElseThrow().row();

    // then in the order of the ladder
    assertThat(after.getQuantity()).isEqualTo(dec("0.015"));
    assertThat(after.getRungsTaken()).containsExactly(1, 3);
  }

  @Test
  void shouldKeepTheProfitBesideARung() {
    LedgerFold.Folded folded = rule(filled(OrderSide.SELL, "0.005", 1)).folded().orElseThrow();

    assertThat(folded.rows()).hasSize(1);
    assertThat(folded.row().getRealizedPnl()).isEqualTo(dec("5"));
    assertThat(folded.closedProfit()).isEmpty();
  }

  @Test
  void shouldTakeARungOnce() {
    row = Optional.of(Given.longBtc().setRungsTaken(List.of(1)).build());

    assertThat(rule(filled(OrderSide.SELL, "0.005", 1)).folded().orElseThrow().row())
        .extracting(PositionLedger::getRungsTaken)
        .isEqualTo(List.of(1));
  }

  @ParameterizedTest
  @CsvSource({"RUNG, 0", "RUNG, -1", "KILL_SCORE, 1", "NONE, 1"})
  void shouldTakeNoRungThatIsNone(ExitTrigger trigger, int rung) {
    assertThat(
            rule(filled(OrderSide.SELL, "0.005", rung).setTrigger(trigger))
                .folded()
                .orElseThrow()
                .row()
                .getRungsTaken())
        .isEmpty();
  }

  @Test
  void shouldTakeNoRungInThePositionThatFollows() {
    // when a close goes through zero
    PositionLedger turned = rule(filled(OrderSide.SELL, "0.03", 1)).folded().orElseThrow().row();
    PositionLedger closed = rule(filled(OrderSide.SELL, "0.02", 1)).folded().orElseThrow().row();

    // then
    assertThat(turned.getSide()).isEqualTo(PositionSide.SHORT);
    assertThat(turned.getRungsTaken()).isEmpty();
    assertThat(closed.getSide()).isEqualTo(PositionSide.FLAT);
    assertThat(closed.getRungsTaken()).isEmpty();
  }

  @Test
  void shouldTakeNoRungWhereNothingIsOpen() {
    LedgerFold.Folded flat = new LedgerFold.Folded(List.of(Fills.NONE), Optional.of(dec("1")));

    assertThat(LedgerFold.withRung(flat, 1)).isEqualTo(flat);
  }
}
