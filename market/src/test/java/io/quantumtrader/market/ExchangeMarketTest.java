package io.quantumtrader.market;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.market.live.MarketNews;
import io.quantumtrader.market.live.NewsSource;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

final class ExchangeMarketTest {

  private static final long START = 1_763_546_430_000L;
  private static final long MINUTE = 60_000;

  private final Written written = new Written();

  @Test
  void shouldBeginWithTheClockThenHistory() throws Exception {
    // when
    play(START + 1_000, news(List.of(candle("A", -2), candle("A", -1)), List.of()), List::of);

    // then
    assertThat(written.log())
        .containsExactly(
            clock(0),
            "mark " + words(-2),
            "mark " + words(-1),
            "candle " + words(-2),
            "candle " + words(-1));
  }

  @Test
  void shouldGoOnWithTheClockAndWriteWhatCame() throws Exception {
    // given
    Candle mark = new Candle("A", START, 1L, one(), one(), one(), one(), BigDecimal.ZERO);
    Queue<List<MarketNews>> coming =
        new ArrayDeque<>(
            List.of(List.of(), List.of(news(List.of(candle("A", 0)), List.of(mark))), List.of()));

    // when
    play(START + 4_000, news(List.of(), List.of()), coming::remove);

    // then: the clock alone where nothing came
    assertThat(written.log())
        .containsExactly(
            clock(0),
            clock(1_000),
            clock(2_000),
            "mark " + words(0),
            "candle " + words(0),
            "mark A %d+1 @%d".formatted(START, START + 1),
            clock(3_000));
  }

  @Test
  void shouldSayWithEachMarkWhatTheInstrumentIs() throws Exception {
    // when
    play(START + 1_000, news(List.of(candle("A", -1)), List.of()), List::of);

    // then
    assertThat(written.producer.history())
        .filteredOn(each -> each.topic().equals(Topic.MARK.topicName()))
        .singleElement()
        .satisfies(
            each -> {
              byte[] said = each.headers().lastHeader(MarketHeaders.INSTRUMENT).value();
              Instrument instrument =
                  written
                      .serdes
                      .of(Instrument.class)
                      .deserializer()
                      .deserialize(Topic.INSTRUMENT.topicName(), said);
              assertThat(instrument.getSymbol()).isEqualTo("A");
              assertThat(instrument.getStepSize()).isEqualByComparingTo("0.001");
            });
    assertThat(written.producer.history())
        .filteredOn(each -> !each.topic().equals(Topic.MARK.topicName()))
        .allMatch(each -> each.headers().toArray().length == 0);
  }

  @Test
  void shouldSayWhichMarksAreCandlesAndWhichArePrices() throws Exception {
    // given
    Candle mark = new Candle("A", START, 1L, one(), one(), one(), one(), BigDecimal.ZERO);

    // when
    play(START + 1_000, news(List.of(candle("A", -1)), List.of(mark)), List::of);

    // then
    assertThat(written.producer.history())
        .filteredOn(each -> each.topic().equals(Topic.MARK.topicName()))
        .extracting(
            each -> {
              Header source = each.headers().lastHeader(MarketHeaders.MARK_SOURCE);
              return source == null ? "price" : new String(source.value(), UTF_8);
            })
        .containsExactly("candle", "price");
  }

  @Test
  void shouldFailWithItsSource() {
    Supplier<List<MarketNews>> failing =
        () -> {
          throw new IllegalStateException("a bug");
        };

    assertThatThrownBy(() -> play(START + 5_000, news(List.of(), List.of()), failing))
        .hasRootCauseMessage("a bug");
  }

  private void play(long stopAtMs, MarketNews history, Supplier<List<MarketNews>> coming)
      throws Exception {
    Source source = new Source(coming);
    ExchangeMarket market = new ExchangeMarket(history, source, new FakeWallTime(START, stopAtMs));
    try (Feed feed = new Feed(market, written.output(1), progress -> {})) {
      feed.start();
      feed.finished().get(30, TimeUnit.SECONDS);
    } finally {
      assertThat(source.closed).isTrue();
    }
  }

  private static MarketNews news(List<Candle> candles, List<Candle> marks) {
    return new MarketNews(
        candles,
        marks,
        Map.of(
            "A",
            new Instrument(
                "A",
                new BigDecimal("0.1"),
                new BigDecimal("0.001"),
                new BigDecimal("0.001"),
                new BigDecimal("5"),
                125,
                InstrumentStatus.TRADING,
                START,
                null,
                null,
                null,
                List.of(),
                null)));
  }

  private static Candle candle(String symbol, int minute) {
    return new Candle(
        symbol, START + minute * MINUTE, MINUTE, one(), one(), one(), one(), BigDecimal.ZERO);
  }

  private static BigDecimal one() {
    return BigDecimal.ONE;
  }

  private static String words(int minute) {
    long open = START + minute * MINUTE;
    return "A %d+60000 @%d".formatted(open, open + MINUTE);
  }

  private static String clock(long afterMs) {
    return "clock 0/0 p0 %d @%d".formatted(START + afterMs, START + afterMs);
  }

  private static final class Source implements NewsSource {

    private final Supplier<List<MarketNews>> coming;
    private boolean closed;

    Source(Supplier<List<MarketNews>> coming) {
      this.coming = coming;
    }

    @Override
    public void start() {}

    @Override
    public List<MarketNews> take() {
      return coming.get();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
