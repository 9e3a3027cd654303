package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Instrument;
import java.math.BigDecimal;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What is told of instruments, and since when each is known. Candles are of a minute. */
final class InstrumentPublisherTest {

  private static final String BTC = "BTCUSDT";
  private static final long MINUTE = 60_000;

  private final PaperExchange exchange = new PaperExchange(PaperSettings.DEFAULT);

  private void seen(long openTimeMs, String close) {
    BigDecimal price = new BigDecimal(close).setScale(18);
    exchange.see(
        Candle.newBuilder()
            .setSymbol(BTC)
            .setOpenTimeMs(openTimeMs)
            .setIntervalMs(MINUTE)
            .setOpen(price)
            .setHigh(price)
            .setLow(price)
            .setClose(price)
            .setVolume(BigDecimal.ONE.setScale(18))
            .build());
  }

  private static List<Instrument> told(InstrumentPublisher publisher, long nowMs) {
    Outputs out = new Outputs();
    publisher.publish(nowMs, out);
    return out.records().stream().map(each -> (Instrument) each.value()).toList();
  }

  private static Tuple times(Instrument instrument) {
    return tuple(instrument.getAsOfMs(), instrument.getSinceMs());
  }

  @Test
  void shouldTellSinceWhenASymbolIsKnownWhateverIsLearntOfItLater() {
    // given
    InstrumentPublisher publisher = new InstrumentPublisher(exchange, List.of());
    seen(0, "71000.1");
    Instrument first = told(publisher, 2 * MINUTE).getFirst();

    // when
    assertThat(told(publisher, 3 * MINUTE)).isEmpty();
    seen(5 * MINUTE, "71000.123");
    List<Instrument> finer = told(publisher, 7 * MINUTE);

    // then
    assertThat(first.getSinceMs()).isEqualTo(first.getAsOfMs());
    assertThat(finer).hasSize(1);
    assertThat(finer.getFirst().getAsOfMs()).isGreaterThan(first.getAsOfMs());
    assertThat(finer.getFirst().getSinceMs()).isEqualTo(first.getSinceMs());
  }

  @Test
  void shouldGoOnFromWhatAnEarlierExecutorTold() {
    // given
    InstrumentPublisher before = new InstrumentPublisher(exchange, List.of());
    seen(0, "71000.1");
    Instrument first = told(before, 2 * MINUTE).getFirst();
    Instrument withoutSince = Instrument.newBuilder(first).setSinceMs(null).build();

    // when
    seen(5 * MINUTE, "71000.123");
    List<Instrument> next = told(new InstrumentPublisher(exchange, List.of(first)), 7 * MINUTE);
    List<Instrument> afterOlder =
        told(new InstrumentPublisher(exchange, List.of(withoutSince)), 7 * MINUTE);

    // then
    assertThat(next)
        .extracting(InstrumentPublisherTest::times)
        .containsExactly(times(afterOlder.getFirst()));
    assertThat(next.getFirst().getSinceMs()).isEqualTo(first.getAsOfMs());
  }
}
