package io.quantumtrader.topology.decision.snapshot;

import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.candle;
import static io.quantumtrader.topology.decision.market.Candles.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionRowsTest {

  private static final OpenPosition KNOWN =
      PositionRows.after(
              Optional.empty(), Rows.open(5).setOpenSequence(3).build(), Optional.empty())
          .orElseThrow();

  @ParameterizedTest
  @CsvSource({"2, 9, false", "3, 4, false", "3, 5, true", "3, 6, true", "4, 1, true"})
  void shouldOnlyGoForward(long sequence, long minute, boolean taken) {
    // given
    PositionLedger row = Rows.open(minute).setOpenSequence(sequence).build();

    // when
    Optional<OpenPosition> after = PositionRows.after(Optional.of(KNOWN), row, Optional.empty());

    // then
    assertThat(after.isPresent()).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    "LONG, 1, true",
    "SHORT, 1, true",
    "LONG, 0, false",
    "FLAT, 1, false",
    "UNRECOGNIZED, 1, false"
  })
  void shouldKnowWhatIsOpen(PositionSide side, String quantity, boolean open) {
    // when
    OpenPosition position =
        PositionRows.after(
                Optional.empty(),
                Rows.open(0).setSide(side).setQuantity(dec(quantity)).build(),
                Optional.empty())
            .orElseThrow();

    // then
    assertThat(PositionRows.isOpen(position)).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({"4, 120, 100, 100", "5, 120, 120, 100", "6, 90, 100, 90"})
  void shouldCountThePriceAtTheOpenButNoneBefore(
      long minute, String price, String peak, String trough) {
    // when
    OpenPosition position =
        PositionRows.after(
                Optional.empty(),
                Rows.open(5).build(),
                Optional.of(new Mark(dec(price), at(minute))))
            .orElseThrow();

    // then
    assertThat(position.getPeakPrice()).isEqualByComparingTo(peak);
    assertThat(position.getTroughPrice()).isEqualByComparingTo(trough);
  }

  @Test
  void shouldKeepPeakAndTroughOfTheSamePosition() {
    // given
    OpenPosition seen = PositionPrices.see(KNOWN, List.of(candle(5, "110").build()));

    // when
    OpenPosition increased = next(seen, Rows.open(6).setOpenSequence(3).setEntryPrice(dec("95")));
    OpenPosition raised = next(seen, Rows.open(6).setOpenSequence(3).setEntryPrice(dec("115")));

    // then
    assertThat(increased.getPeakPrice()).isEqualByComparingTo("111");
    assertThat(increased.getTroughPrice()).isEqualByComparingTo("95");
    assertThat(increased.getSettledTroughPrice()).isEqualByComparingTo("95");
    assertThat(increased.getCandleOpenMs()).isEqualTo(at(5));
    assertThat(raised.getPeakPrice()).isEqualByComparingTo("115");
    assertThat(raised.getSettledPeakPrice()).isEqualByComparingTo("115");
  }

  @Test
  void shouldBeginAnewWithTheNextPosition() {
    // given
    OpenPosition seen = PositionPrices.see(KNOWN, List.of(candle(5, "110").build()));
    OpenPosition flat = next(seen, Rows.flat(6).setOpenSequence(3));

    // when
    OpenPosition directly = next(seen, Rows.open(7).setOpenSequence(4));
    OpenPosition afterFlat = next(flat, Rows.open(7).setOpenSequence(4));

    // then
    assertThat(flat.getPeakPrice()).isZero();
    assertThat(directly.getPeakPrice()).isEqualByComparingTo("100");
    assertThat(afterFlat.getPeakPrice()).isEqualByComparingTo("100");
    assertThat(afterFlat.getTroughPrice()).isEqualByComparingTo("100");
  }

  private static OpenPosition next(OpenPosition known, PositionLedger.Builder row) {
    return PositionRows.after(Optional.of(known), row.build(), Optional.empty()).orElseThrow();
  }
}
