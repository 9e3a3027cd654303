package io.quantumtrader.topology.decision.snapshot;

import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OpenPosition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionPricesTest {

  private static final OpenPosition OPENED_AT_5 =
      PositionRows.after(Optional.empty(), Rows.open(5).build(), Optional.empty()).orElseThrow();

  @ParameterizedTest
  @CsvSource({
    "3, 110, 100, 100",
    "4, 110, 110, 100",
    "5, 110, 111, 100",
    "4, 90, 100, 90",
    "5, 90, 100, 89",
    "3, 90, 100, 100"
  })
  void shouldCountWhatIsKnownToComeAfterTheOpen(
      long minute, String close, String peak, String trough) {
    // when
    OpenPosition seen = PositionPrices.see(OPENED_AT_5, List.of(candle(minute, close).build()));

    // then
    assertThat(seen.getPeakPrice()).isEqualByComparingTo(peak);
    assertThat(seen.getTroughPrice()).isEqualByComparingTo(trough);
    assertThat(seen.getCandleOpenMs()).isEqualTo(at(minute));
  }

  @Test
  void shouldForgetOnlyTheLastCandle() {
    // given
    OpenPosition seen =
        PositionPrices.see(
            PositionPrices.see(OPENED_AT_5, List.of(candle(5, "110").build())),
            List.of(candle(6, "120").build(), candle(7, "90").build()));

    // when
    OpenPosition other = PositionPrices.forget(seen, at(6));
    OpenPosition last = PositionPrices.forget(seen, at(7));

    // then
    assertThat(other).isEqualTo(seen);
    assertThat(last.getPeakPrice()).isEqualByComparingTo("111");
    assertThat(last.getTroughPrice()).isEqualByComparingTo("100");
    assertThat(PositionPrices.forget(last, at(7))).isEqualTo(last);
  }
}
