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
            5L);
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
}
