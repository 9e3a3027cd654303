package io.quantumtrader.topology.decision.ledger;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.decision.ledger.Fills.NONE;
import static io.quantumtrader.topology.decision.ledger.Fills.after;
import static io.quantumtrader.topology.decision.ledger.Fills.buy;
import static io.quantumtrader.topology.decision.ledger.Fills.fill;
import static io.quantumtrader.topology.decision.ledger.Fills.sell;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlannedRisk;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.topology.Given;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The risk data of a position, as fills open and increase it. */
final class LedgerFoldRiskTest {

  private static OpeningRisk planned(String stop, String target) {
    Risk risk =
        Risk.newBuilder()
            .setInitialStop(dec(stop))
            .setTarget(target == null ? null : dec(target))
            .setAtr(7.0)
            .setFactor(2.0)
            .setSource(RiskSource.INTENT)
            .build();
    PlannedRisk kept =
        PlannedRisk.newBuilder()
            .setPlanId("plan")
            .setAccount(MAIN)
            .setSymbol(BTC)
            .setRisk(risk)
            .setRegime("mr")
            .setGrantedAtMs(NOON)
            .build();
    return new OpeningRisk(Optional.of(kept), Optional.empty(), Given.policy().build());
  }

  @Test
  void shouldTakeTheRiskOfThePlan() {
    // when
    PositionLedger row = LedgerFold.apply(NONE, buy("1", "100"), planned("90", "180"), NOON).row();

    // then
    assertThat(row.getRisk()).isEqualTo(planned("90", "180").planned().get().getRisk());
    assertThat(row.getOpenedRegime()).isEqualTo("mr");
  }

  @Test
  void shouldWeighTheStopWhereAnotherPlanIncreases() {
    // given
    PositionLedger open = LedgerFold.apply(NONE, buy("1", "100"), planned("90", "180"), NOON).row();

    // when
    PositionLedger row = LedgerFold.apply(open, buy("3", "100"), planned("94", "140"), NOON).row();

    // then
    assertThat(row.getRisk().getInitialStop()).isEqualTo(dec("93"));
    assertThat(row.getRisk().getTarget()).isEqualTo(dec("150"));
    assertThat(row.getRisk().getAtr()).isEqualTo(7.0);
  }

  @Test
  void shouldKeepTheTargetWhereOneOfTheTwoIsMissing() {
    // given
    PositionLedger with = LedgerFold.apply(NONE, buy("1", "100"), planned("90", "180"), NOON).row();
    PositionLedger without =
        LedgerFold.apply(NONE, buy("1", "100"), planned("90", null), NOON).row();

    // then
    assertThat(LedgerFold.apply(with, buy("1", "1"), planned("90", null), NOON).row().getRisk())
        .extracting(Risk::getTarget)
        .isEqualTo(dec("180"));
    assertThat(LedgerFold.apply(without, buy("1", "1"), planned("90", "180"), NOON).row().getRisk())
        .extracting(Risk::getTarget)
        .isNull();
  }

  @Test
  void shouldKeepTheRiskWhereNoPlanIncreases() {
    // given
    PositionLedger open = LedgerFold.apply(NONE, buy("1", "100"), planned("90", "180"), NOON).row();

    // then
    assertThat(after(open, buy("5", "200")).getRisk()).isEqualTo(open.getRisk());
  }

  @Test
  void shouldGiveARowWithoutRiskSomeOnIncrease() {
    // given
    PositionLedger bare =
        PositionLedger.newBuilder(after(NONE, buy("1", "100"))).setRisk(null).build();

    // then
    assertThat(after(bare, buy("1", "200")).getRisk().getInitialStop()).isEqualTo(dec("196"));
  }

  @ParameterizedTest
  @CsvSource({
    // side, ATR, stop, target, source at an entry of 1000
    "BUY,,980,1160,DEFAULT",
    "SELL,,1020,840,DEFAULT",
    "BUY,10,985,1120,STATE_ATR",
    "SELL,10,1015,880,STATE_ATR",
    "BUY,500,980,1160,DEFAULT", // implausible
    "SELL,80,1100,200,STATE_ATR" // 12 %, lowered to 10 %
  })
  void shouldGiveAnAdoptedPositionItsRisk(
      OrderSide side, Double atr, String stop, String target, RiskSource source) {
    // given
    OpeningRisk risk =
        new OpeningRisk(
            Optional.empty(),
            Optional.of(Given.state(BTC).setAtr(atr).build()),
            Given.policy().build());

    // when
    PositionLedger row = LedgerFold.apply(NONE, fill(side, "1", "1000", "0"), risk, NOON).row();

    // then
    assertThat(row.getRisk().getInitialStop()).isEqualTo(dec(stop));
    assertThat(row.getRisk().getTarget()).isEqualTo(dec(target));
    assertThat(row.getRisk().getSource()).isEqualTo(source);
    assertThat(row.getRisk().getFactor()).isEqualTo(1.5);
    assertThat(row.getRisk().getAtr()).isEqualTo(source == RiskSource.DEFAULT ? null : atr);
    assertThat(row.getOpenedRegime()).isEqualTo("trend");
  }

  @Test
  void shouldPlaceNoTargetOfAnAdoptedPositionAtZero() {
    // given: 8 x 12.5 %
    OpeningRisk risk =
        new OpeningRisk(
            Optional.empty(), Optional.empty(), Given.policy().setAdoptedStopPct(0.125).build());

    // when
    PositionLedger row = LedgerFold.apply(NONE, sell("1", "1000"), risk, NOON).row();

    // then
    assertThat(row.getRisk().getTarget()).isNull();
    assertThat(row.getOpenedRegime()).isNull();
  }

  @Test
  void shouldKeepAStopAboveZeroWhateverThePolicySays() {
    // given
    OpeningRisk risk =
        new OpeningRisk(
            Optional.empty(), Optional.empty(), Given.policy().setAdoptedStopPct(1.0).build());

    // when
    PositionLedger row = LedgerFold.apply(NONE, buy("1", "1000"), risk, NOON).row();

    // then
    assertThat(row.getRisk().getInitialStop()).isPositive();
  }
}
