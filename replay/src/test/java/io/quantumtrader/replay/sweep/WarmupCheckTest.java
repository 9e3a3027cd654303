package io.quantumtrader.replay.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.MarketState;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WarmupCheckTest {

  private static MarketState state(long asOfMs, double sigma, Double atr, int closes) {
    return MarketState.newBuilder()
        .setSymbol("BTCUSDT")
        .setAsOfMs(asOfMs)
        .setIntervalMs(60_000)
        .setSigma(sigma)
        .setMu(0)
        .setTs(0)
        .setPTrend(0.3)
        .setPMr(0.3)
        .setPChop(0.4)
        .setDp(0.5)
        .setVr(1)
        .setSpikeProxy(1)
        .setAtr(atr)
        .setLastPrice(BigDecimal.TEN)
        .setNotional24h((double) asOfMs)
        .setBufferSize(closes)
        .build();
  }

  @Test
  void shouldAgreeWhereWarmStatesAreTheSameWithinTheTolerance() {
    WarmupCheck check =
        WarmupCheck.of(
            List.of(state(1, 0.5, 2.0, 300), state(2, 0.5, 2.0, 300)),
            List.of(state(1, 0.9, 9.0, 299), state(2, 0.5, 2.000_000_1, 300)));

    assertThat(check.compared()).isEqualTo(1);
    assertThat(check.agrees()).isTrue();
  }

  @Test
  void shouldNameTheFigureThatIsApartAndWhere() {
    WarmupCheck check =
        WarmupCheck.of(List.of(state(2, 0.5, 2.0, 300)), List.of(state(2, 0.25, 2.0, 300)));

    assertThat(check.agrees()).isFalse();
    assertThat(check.figures())
        .filteredOn(figure -> figure.worst() > 0)
        .containsExactly(
            new WarmupCheck.Figure("sigma", 0.5, "BTCUSDT at 1970-01-01T00:00:00.002Z"));
  }

  @Test
  void shouldNotAgreeAboutANumberThatOneSideDoesNotHave() {
    assertThat(
            WarmupCheck.of(List.of(state(2, 0.5, null, 300)), List.of(state(2, 0.5, 2.0, 300)))
                .agrees())
        .isFalse();
  }

  @Test
  void shouldNotAgreeWhereThereIsNothingToCompare() {
    assertThat(WarmupCheck.of(List.of(), List.of(state(1, 1, 1.0, 300))).agrees()).isFalse();
  }
}
