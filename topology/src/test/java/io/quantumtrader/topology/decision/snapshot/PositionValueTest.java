package io.quantumtrader.topology.decision.snapshot;

import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionValueTest {

  private static OpenPosition position(PositionLedger.Builder row) {
    return PositionRows.after(Optional.empty(), row.build(), Optional.empty()).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"LONG, 103, 6", "LONG, 98, -4", "SHORT, 103, -6", "SHORT, 98, 4"})
  void shouldValueBothSides(PositionSide side, String price, String profit) {
    // when
    PositionSnapshot snapshot =
        PositionValue.at(new Mark(dec(price), at(7)), position(Rows.open(5).setSide(side)));

    // then
    assertThat(snapshot.getUnrealizedPnl()).isEqualTo(dec(profit));
    assertThat(snapshot.getSide()).isEqualTo(side);
  }

  @Test
  void shouldCarryEverythingAboutThePosition() {
    // given
    Risk risk =
        Risk.newBuilder()
            .setInitialStop(dec("95"))
            .setTarget(dec("140"))
            .setFactor(1.5)
            .setSource(RiskSource.STATE_ATR)
            .build();

    // when
    PositionSnapshot snapshot =
        PositionValue.at(new Mark(dec("103"), at(7)), position(Rows.open(5).setRisk(risk)));

    // then
    assertThat(snapshot.getAccount()).isEqualTo("main");
    assertThat(snapshot.getSymbol()).isEqualTo("BTCUSDT");
    assertThat(snapshot.getPositionId()).isEqualTo("main:BTCUSDT:1");
    assertThat(snapshot.getQuantity()).isEqualTo(dec("2"));
    assertThat(snapshot.getEntryPrice()).isEqualTo(dec("100"));
    assertThat(snapshot.getLeverage()).isEqualTo(4);
    assertThat(snapshot.getMarkPrice()).isEqualTo(dec("103"));
    assertThat(snapshot.getNotional()).isEqualTo(dec("206"));
    assertThat(snapshot.getMarginInUse()).isEqualTo(dec("50"));
    assertThat(snapshot.getPeakPrice()).isEqualTo(dec("100"));
    assertThat(snapshot.getTroughPrice()).isEqualTo(dec("100"));
    assertThat(snapshot.getOpenedAtMs()).isEqualTo(at(5));
    assertThat(snapshot.getAgeMs()).isEqualTo(120_000);
    assertThat(snapshot.getAsOfMs()).isEqualTo(at(7));
    assertThat(snapshot.getRisk()).isEqualTo(risk);
  }

  @ParameterizedTest
  @CsvSource({
    "0.000000000000000001, 0.5, 0.000000000000000000",
    "0.000000000000000001, 1.5, 0.000000000000000002",
    "0.000000000000000003, 0.5, 0.000000000000000002"
  })
  void shouldRoundCashHalfToEven(String quantity, String price, String notional) {
    // when
    PositionSnapshot snapshot =
        PositionValue.at(
            new Mark(dec(price), at(7)), position(Rows.open(5).setQuantity(dec(quantity))));

    // then
    assertThat(snapshot.getNotional()).isEqualTo(dec(notional));
  }

  @Test
  void shouldNotBeYoungerThanNothing() {
    // when
    PositionSnapshot early = PositionValue.at(new Mark(dec("103"), at(4)), position(Rows.open(5)));
    PositionSnapshot untimed =
        PositionValue.at(new Mark(dec("103"), at(8)), position(Rows.open(5).setOpenedAtMs(null)));

    // then
    assertThat(early.getAgeMs()).isZero();
    assertThat(untimed.getOpenedAtMs()).isEqualTo(at(5));
  }

  @Test
  void shouldTakeNoLeverageForLeverageOne() {
    // when
    PositionSnapshot snapshot =
        PositionValue.at(new Mark(dec("103"), at(7)), position(Rows.open(5).setLeverage(0)));

    // then
    assertThat(snapshot.getMarginInUse()).isEqualTo(dec("200"));
  }

  @ParameterizedTest
  @CsvSource({"LONG, 4, 75", "SHORT, 4, 125", "LONG, 1, ", "SHORT, 1, 200", "LONG, 125, 99.2"})
  void shouldEstimateWhereTheMarginIsUsedUp(PositionSide side, int leverage, String liquidation) {
    // when
    PositionSnapshot snapshot =
        PositionValue.at(
            new Mark(dec("103"), at(7)),
            position(Rows.open(5).setSide(side).setLeverage(leverage)));

    // then
    assertThat(snapshot.getLiquidationPrice())
        .isEqualTo(liquidation == null ? null : dec(liquidation));
  }

  @ParameterizedTest
  @CsvSource({
    "90, 150, 95, 140, 90, 150",
    ", , 95, 140, 95, 140",
    "0, 0, 95, 140, 95, 140",
    ", , 95, , 95, ",
    "90, , , , 90, ",
    ", , , , , "
  })
  void shouldShowTheStopAndTargetInPlace(
      String placedStop,
      String placedTarget,
      String riskStop,
      String riskTarget,
      String stop,
      String target) {
    // given
    Risk risk =
        riskStop == null
            ? null
            : Risk.newBuilder()
                .setInitialStop(dec(riskStop))
                .setTarget(decOrNull(riskTarget))
                .setFactor(1.5)
                .setSource(RiskSource.STATE_ATR)
                .build();

    // when
    PositionSnapshot snapshot =
        PositionValue.at(
            new Mark(dec("103"), at(7)),
            position(
                Rows.open(5)
                    .setRisk(risk)
                    .setStopPrice(decOrNull(placedStop))
                    .setTargetPrice(decOrNull(placedTarget))));

    // then
    assertThat(snapshot.getStopPrice()).isEqualTo(decOrNull(stop));
    assertThat(snapshot.getTargetPrice()).isEqualTo(decOrNull(target));
  }

  private static BigDecimal decOrNull(String value) {
    return value == null ? null : dec(value);
  }
}
