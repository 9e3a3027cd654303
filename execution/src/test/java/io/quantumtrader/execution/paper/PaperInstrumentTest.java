package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;
import static io.quantumtrader.execution.Candles.prices;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaperInstrumentTest {

  private final PaperExchange exchange = new PaperExchange(PaperSettings.DEFAULT);

  @Test
  void shouldTellInstrumentsFromCandles() {
    // given
    exchange.see(prices("XANUSDT", 0, "0.0419", "0.042", "0.04185", "0.042"));
    exchange.see(flat("BTCUSDT", 0, "90000.000000000000000000"));

    // when
    List<Instrument> instruments = exchange.instruments(60_001);

    // then
    assertThat(instruments).extracting(Instrument::getSymbol).containsExactly("BTCUSDT", "XANUSDT");
    Instrument xan = instruments.getLast();
    assertThat(xan.getTickSize()).isEqualByComparingTo("0.00001");
    assertThat(xan.getStepSize()).isEqualByComparingTo("10");
    assertThat(xan.getMinQuantity()).isEqualByComparingTo("10");
    assertThat(xan.getMinNotional()).isEqualByComparingTo("5");
    assertThat(xan.getMaxLeverage()).isEqualTo(125);
    assertThat(xan.getStatus()).isEqualTo(InstrumentStatus.TRADING);
    assertThat(xan.getAsOfMs()).isEqualTo(60_000);
    assertThat(instruments.getFirst().getTickSize()).isEqualByComparingTo("1");
  }

  @Test
  void shouldRefineTheTickAndKeepTheStep() {
    // given
    exchange.see(flat("XANUSDT", 0, "0.9"));
    exchange.see(flat("XANUSDT", 60_000, "1.25"));
    exchange.see(flat("XANUSDT", 120_000, "11"));

    // when
    Instrument early = exchange.instruments(60_001).getFirst();
    Instrument late = exchange.instruments(120_001).getFirst();
    Instrument later = exchange.instruments(180_001).getFirst();

    // then
    assertThat(early.getTickSize()).isEqualByComparingTo("0.1");
    assertThat(late.getTickSize()).isEqualByComparingTo("0.01");
    assertThat(late.getStepSize()).isEqualByComparingTo("1");
    assertThat(later).isEqualTo(late);
  }

  @Test
  void shouldShowACandlesWordOnceTheClockHasPassedIt() {
    // given
    exchange.see(flat("XANUSDT", 0, "0.9"));

    // when, then
    assertThat(exchange.instruments(59_999)).isEmpty();
    assertThat(exchange.instruments(60_000)).isEmpty();
    assertThat(exchange.instruments(60_001)).hasSize(1);
    assertThat(exchange.instrument("XANUSDT")).isPresent();
  }

  @Test
  void shouldGoOnFromAPublishedInstrument() {
    // given
    Instrument published =
        new Instrument(
            "XANUSDT",
            new BigDecimal("0.010000000000000000"),
            new BigDecimal("100.000000000000000000"),
            new BigDecimal("100.000000000000000000"),
            new BigDecimal("5.000000000000000000"),
            125,
            InstrumentStatus.TRADING,
            5L,
            null,
            null,
            null,
            List.of(),
            null);
    exchange.restore(published);

    // when
    exchange.see(flat("XANUSDT", 0, "0.5"));
    List<Instrument> same = exchange.instruments(60_001);
    exchange.see(flat("XANUSDT", 60_000, "0.125"));
    List<Instrument> finer = exchange.instruments(120_001);

    // then
    assertThat(same).containsExactly(published);
    assertThat(finer.getFirst().getTickSize()).isEqualByComparingTo("0.001");
    assertThat(finer.getFirst().getStepSize()).isEqualByComparingTo("100");
  }

  @Test
  void shouldPassOverCandlesThatAreOldOrNoPrices() {
    // given
    exchange.see(flat("XANUSDT", 60_000, "2"));

    // when
    exchange.see(flat("XANUSDT", 0, "1.2345"));
    exchange.see(prices("XANUSDT", 120_000, "2", "2", "0", "3.2345"));
    exchange.see(prices("XANUSDT", 120_000, "-2", "2", "2", "3.2345"));
    exchange.see(prices("XANUSDT", 120_000, "2", "0", "2", "3.2345"));
    exchange.see(prices("XANUSDT", 120_000, "2", "2", "2", "0"));

    // then
    assertThat(exchange.instrument("XANUSDT").orElseThrow().getTickSize())
        .isEqualByComparingTo("1");
  }

  @Test
  void shouldTakeTheSameOpenTimeAgainAsACorrection() {
    // given
    exchange.see(flat("XANUSDT", 0, "2"));

    // when
    exchange.see(flat("XANUSDT", 0, "2.5"));

    // then
    assertThat(exchange.instrument("XANUSDT").orElseThrow().getTickSize())
        .isEqualByComparingTo("0.1");
  }

  @Test
  void shouldHoldWhatIsSaidOfAnInstrumentWhateverItsPrices() {
    // given: prices came first
    exchange.see(flat("XANUSDT", 0, "0.123456"));
    assertThat(exchange.instruments(60_001).getFirst().getTickSize())
        .isEqualByComparingTo("0.000001");

    // when
    exchange.list(said("0.05", 20, InstrumentStatus.TRADING, 70_000));
    exchange.see(flat("XANUSDT", 60_000, "0.1234567"));

    // then: known at once, shown when the clock has passed it
    assertThat(exchange.instrument("XANUSDT").orElseThrow().getTickSize())
        .isEqualByComparingTo("0.05");
    assertThat(exchange.instruments(70_000).getFirst().getTickSize())
        .isEqualByComparingTo("0.000001");
    Instrument shown = exchange.instruments(70_001).getFirst();
    assertThat(shown.getTickSize()).isEqualByComparingTo("0.05");
    assertThat(shown.getStepSize()).isEqualByComparingTo("100");
    assertThat(shown.getMinQuantity()).isEqualByComparingTo("200");
    assertThat(shown.getMinNotional()).isEqualByComparingTo("20");
    assertThat(shown.getMaxLeverage()).isEqualTo(20);
    assertThat(shown.getAsOfMs()).isEqualTo(70_000);

    // when: the same later, then another status
    exchange.list(said("0.05", 20, InstrumentStatus.TRADING, 80_000));
    assertThat(exchange.instruments(80_001).getFirst()).isEqualTo(shown);
    exchange.list(said("0.05", 20, InstrumentStatus.BREAK, 90_000));

    // then
    assertThat(exchange.instruments(90_001).getFirst().getStatus())
        .isEqualTo(InstrumentStatus.BREAK);
  }

  @Test
  void shouldGiveNoMoreLeverageThanItsOwn() {
    // given
    PaperSettings own = PaperSettings.DEFAULT;
    PaperExchange low =
        new PaperExchange(
            new PaperSettings(
                own.accounts(),
                own.startWallet(),
                own.slippageBps(),
                own.feeRate(),
                own.minNotional(),
                10,
                own.faults(),
                own.fundingRate(),
                own.latencyMs()));

    // when
    low.list(said("0.05", 125, InstrumentStatus.TRADING, 1));

    // then
    assertThat(low.instrument("XANUSDT").orElseThrow().getMaxLeverage()).isEqualTo(10);
    assertThat(low.instruments(2)).hasSize(1);
  }

  private static Instrument said(String tick, int leverage, InstrumentStatus status, long asOfMs) {
    return new Instrument(
        "XANUSDT",
        new BigDecimal(tick),
        new BigDecimal("100"),
        new BigDecimal("200"),
        new BigDecimal("20"),
        leverage,
        status,
        asOfMs,
        null,
        null,
        null,
        List.of(),
        null);
  }
}
