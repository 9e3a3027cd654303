package io.quantumtrader.topology.decision.snapshot;

import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PositionLedger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A position of 2 at 100, opened in the fifth minute. */
final class RevaluationTest {

  private static final OpenPosition OPEN = position(Rows.open(5).build());
  private static final OpenPosition FLAT =
      OpenPosition.newBuilder(OPEN).setLedger(Rows.flat(6).build()).build();

  private static OpenPosition position(PositionLedger row) {
    return PositionRows.after(Optional.empty(), row, Optional.empty()).orElseThrow();
  }

  private static Mark mark(String price, long minute) {
    return new Mark(dec(price), at(minute));
  }

  private static List<Revaluation> afterCandle(OpenPosition known, long minute, String close) {
    return Revaluation.after(
        List.of(known),
        at(minute),
        false,
        List.of(candle(minute, close).build()),
        mark(close, minute + 1));
  }

  @Test
  void shouldValueAnOpenPositionAfterACandle() {
    // when
    List<Revaluation> values = afterCandle(OPEN, 6, "110");

    // then
    assertThat(values).hasSize(1);
    assertThat(values.get(0).position().getPeakPrice()).isEqualByComparingTo("111");
    assertThat(values.get(0).position().getCandleOpenMs()).isEqualTo(at(6));
    assertThat(values.get(0).snapshot().getMarkPrice()).isEqualByComparingTo("110");
    assertThat(values.get(0).snapshot().getUnrealizedPnl()).isEqualByComparingTo("20");
    assertThat(values.get(0).snapshot().getPeakPrice()).isEqualByComparingTo("111");
  }

  @Test
  void shouldTakeBackACandleThatIsReplaced() {
    // given
    OpenPosition seen = afterCandle(OPEN, 6, "110").get(0).position();

    // when
    List<Revaluation> replaced =
        Revaluation.after(
            List.of(seen), at(6), true, List.of(candle(6, "105").build()), mark("105", 7));
    List<Revaluation> kept =
        Revaluation.after(
            List.of(seen), at(6), false, List.of(candle(6, "105").build()), mark("105", 7));
    List<Revaluation> heldBack =
        Revaluation.after(List.of(seen), at(6), true, List.of(), mark("100", 6));

    // then
    assertThat(replaced.get(0).position().getPeakPrice()).isEqualByComparingTo("106");
    assertThat(kept.get(0).position().getPeakPrice()).isEqualByComparingTo("111");
    assertThat(heldBack.get(0).position().getPeakPrice()).isEqualByComparingTo("100");
    assertThat(heldBack.get(0).position().getCandleOpenMs()).isEqualTo(-1);
    assertThat(heldBack.get(0).snapshot().getMarkPrice()).isEqualByComparingTo("100");
  }

  @Test
  void shouldSayNothingWhereACandleIsHeldBackAndNoneReplaced() {
    assertThat(Revaluation.after(List.of(OPEN), at(6), false, List.of(), mark("100", 6))).isEmpty();
  }

  @Test
  void shouldValueWhatIsOpenAlone() {
    assertThat(afterCandle(FLAT, 7, "110")).isEmpty();
    assertThat(Revaluation.at(List.of(FLAT, OPEN), mark("110", 7))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 110, 100, 100", // before the open
    "5, 110, 110, 100",
    "6, 110, 110, 100",
    "6, 90, 100, 90",
    "6, 100, 100, 100"
  })
  void shouldSeeAPriceBetweenCandlesFromTheOpenOn(
      long minute, String price, String peak, String trough) {
    // when
    Revaluation value = Revaluation.at(List.of(OPEN), mark(price, minute)).get(0);

    // then a candle that is taken back later does not take it along
    OpenPosition seen = value.position();
    assertThat(seen.getPeakPrice()).isEqualByComparingTo(peak);
    assertThat(seen.getTroughPrice()).isEqualByComparingTo(trough);
    assertThat(seen.getSettledPeakPrice()).isEqualByComparingTo(peak);
    assertThat(seen.getSettledTroughPrice()).isEqualByComparingTo(trough);
    assertThat(seen.getCandleOpenMs()).isEqualTo(OPEN.getCandleOpenMs());
    assertThat(value.snapshot().getMarkPrice()).isEqualByComparingTo(price);
  }
}
