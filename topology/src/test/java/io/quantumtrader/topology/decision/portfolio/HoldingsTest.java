package io.quantumtrader.topology.decision.portfolio;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.position;
import static io.quantumtrader.topology.Given.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HoldingsTest {

  static OpenPlan.Builder entry(String symbol, String quantity, String filled) {
    return OpenPlan.newBuilder()
        .setPlanId("plan-" + symbol)
        .setAccount(MAIN)
        .setSymbol(symbol)
        .setAction(PlanAction.ENTRY)
        .setSide(OrderSide.BUY)
        .setQuantity(dec(quantity))
        .setFilledQuantity(dec(filled))
        .setMargin(dec("60"))
        .setNotional(dec("120"))
        .setGrantedAtMs(NOON);
  }

  private static ValuedPosition valued(PositionLedger row) {
    return ValuedPosition.of(row, Optional.empty());
  }

  @Test
  void shouldCountNothingWhereNothingIs() {
    assertThat(Holdings.of(List.of(), List.of()))
        .isEqualTo(new Holdings(0, 0, 0, dec("0"), dec("0"), dec("0")));
  }

  @Test
  void shouldCountPositionsAndReservations() {
    // given
    PositionLedger btc = position(BTC, PositionSide.LONG, "2", "100").build();
    PositionLedger eth = position("ETHUSDT", PositionSide.SHORT, "3", "10").setLeverage(3).build();

    // when
    Holdings holdings =
        Holdings.of(List.of(valued(btc), valued(eth)), List.of(entry("SOLUSDT", "4", "0").build()));

    // then
    assertThat(holdings).isEqualTo(new Holdings(2, 1, 3, dec("110"), dec("60"), dec("350")));
    assertThat(holdings.margin()).isEqualTo(dec("170"));
  }

  @ParameterizedTest
  @CsvSource({"0,60,120", "1,45,90", "3,15,30", "4,0,0", "5,0,0"})
  void shouldReserveWhatIsNotFilled(String filled, String margin, String notional) {
    // when
    Holdings holdings = Holdings.of(List.of(), List.of(entry(BTC, "4", filled).build()));

    // then
    assertThat(holdings.marginReserved()).isEqualTo(dec(margin));
    assertThat(holdings.grossNotional()).isEqualTo(dec(notional));
    assertThat(holdings.slots()).isEqualTo(1);
  }

  @Test
  void shouldGiveASymbolFilledInPartOneSlot() {
    // given
    PositionLedger btc = position(BTC, PositionSide.LONG, "1", "30").build();

    // when
    Holdings holdings = Holdings.of(List.of(valued(btc)), List.of(entry(BTC, "4", "1").build()));

    // then
    assertThat(holdings).isEqualTo(new Holdings(1, 1, 1, dec("15"), dec("45"), dec("120")));
  }

  @Test
  void shouldReserveNothingForCloses() {
    // given
    OpenPlan close = entry(BTC, "4", "0").setAction(PlanAction.FULL_CLOSE).build();

    // then
    assertThat(Holdings.of(List.of(), List.of(close)).slots()).isZero();
    assertThat(Holdings.isReservation(close)).isFalse();
    assertThat(Holdings.isReservation(entry(BTC, "1", "0").build())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"LONG,110,20", "LONG,90,-20", "SHORT,110,-20", "SHORT,90,20"})
  void shouldValueAPositionAtItsSnapshot(PositionSide side, String mark, String profit) {
    // given
    PositionLedger row = position(BTC, side, "2", "100").build();

    // when
    ValuedPosition valued = ValuedPosition.of(row, Optional.of(snapshot(row, mark, NOON - 9)));

    // then
    assertThat(valued.unrealizedPnl()).isEqualTo(dec(profit));
    assertThat(valued.notional()).isEqualByComparingTo(dec(mark).add(dec(mark)));
    assertThat(valued.margin()).isEqualTo(dec("100"));
    assertThat(valued.asOfMs()).isEqualTo(NOON - 9);
  }

  @Test
  void shouldValueANewPositionAtItsEntry() {
    // given: the snapshot is of the position before
    PositionLedger old = position(BTC, PositionSide.LONG, "2", "100").build();
    PositionLedger row =
        position(BTC, PositionSide.LONG, "2", "150")
            .setPositionId("main:BTCUSDT:2")
            .setUpdatedAtMs(NOON - 4)
            .build();

    // when
    ValuedPosition valued = ValuedPosition.of(row, Optional.of(snapshot(old, "110", NOON)));

    // then
    assertThat(valued.mark()).isEqualTo(dec("150"));
    assertThat(valued.unrealizedPnl()).isZero();
    assertThat(valued.asOfMs()).isEqualTo(NOON - 4);
  }

  @Test
  void shouldTakeALeverageOfOneAtLeast() {
    // given
    PositionLedger row = position(BTC, PositionSide.LONG, "2", "100").setLeverage(0).build();

    // then
    assertThat(valued(row).margin()).isEqualTo(dec("200"));
  }

  @Test
  void shouldReportALatePlanOnce() {
    // given
    OpenPlan plan = entry(BTC, "4", "1").build();
    long limit = NOON + 600_000;

    // then
    assertThat(OverduePlans.report(plan, Given.policy().build(), limit)).isEmpty();
    assertThat(OverduePlans.report(plan, Given.policy().build(), limit - 1)).isEmpty();
    assertThat(OverduePlans.report(plan, Given.policy().build(), limit + 1)).isPresent();
    OpenPlan reported = OverduePlans.reported(plan);
    assertThat(OverduePlans.report(reported, Given.policy().build(), limit + 1)).isEmpty();
    assertThat(reported.getQuantity()).isEqualTo(plan.getQuantity());
  }
}
