package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Candles that were made are played like those of a file. */
final class MadeCandleFileTest {

  private static final long MINUTE = 60_000;

  @Test
  void shouldPlayInOrderWhatWasGivenInAny() {
    Candle late = candle("BTCUSDT", 2 * MINUTE);
    Candle early = candle("BTCUSDT", MINUTE);
    Candle other = candle("ADAUSDT", 2 * MINUTE);

    CandleFile file = CandleFile.of("made", List.of(late, early, other));

    List<MarketStep> steps = new ArrayList<>();
    file.steps().forEachRemaining(steps::add);
    assertThat(steps)
        .containsExactly(
            new MarketStep(2 * MINUTE, List.of(early)),
            new MarketStep(3 * MINUTE, List.of(other, late)));
    assertThat(file.intervalMs()).isEqualTo(MINUTE);
    assertThat(file.symbolCount()).isEqualTo(2);
    assertThat(file.shown()).isEqualTo("made");
  }

  @Test
  void shouldRefuseNone() {
    assertThatThrownBy(() -> CandleFile.of("made", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("made has no candles");
  }

  private static Candle candle(String symbol, long openTimeMs) {
    BigDecimal price = new BigDecimal("1.000000000000000000");
    return new Candle(symbol, openTimeMs, MINUTE, price, price, price, price, price);
  }
}
