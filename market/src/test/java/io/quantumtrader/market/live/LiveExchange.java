package io.quantumtrader.market.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.binance.MarketStreamFormat;
import io.quantumtrader.binance.StreamTimes;
import io.quantumtrader.binance.testing.LocalEvents;
import io.quantumtrader.binance.testing.LocalExchange;
import io.quantumtrader.binance.testing.LocalStreams;
import io.quantumtrader.schemas.avro.Candle;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** An exchange with answers and streams, and a feed of it, for tests. Time is the test's. */
final class LiveExchange implements AutoCloseable {

  static final long MINUTE = 60_000;

  /** Half a minute after a full one. */
  static final long START = 1_763_546_430_000L;

  static final long UNDER_WAY = START - START % MINUTE;

  final AtomicLong wall = new AtomicLong(START);
  final AtomicLong elapsed = new AtomicLong();
  final LocalExchange answers;
  final LocalStreams streams;
  final List<Candle> candles = new ArrayList<>();
  final List<Candle> marks = new ArrayList<>();
  private final List<String> symbols;
  private final BinanceMarketData exchange;
  private ExchangePoller poller;

  LiveExchange(List<String> symbols) throws IOException, InterruptedException {
    this.symbols = symbols;
    this.answers = LocalExchange.start(wall::get, symbols);
    this.streams = LocalStreams.start();
    this.exchange = new BinanceMarketData(answers.url(), Duration.ofSeconds(10));
  }

  /** Begins after the last closed candle, with streams, and waits for their connections. */
  void open(int connections) throws InterruptedException {
    begin(
        new MarketStreams(
            URI.create(streams.url() + "/market"),
            exchange::timeMs,
            new StreamTimes(wall::get, elapsed::get, pause -> Thread.sleep(2), () -> 0.5)));
    until(() -> streams.subscriptions().size() == connections);
  }

  /** Begins after the last closed candle, by asking alone. */
  void openWithoutStreams() throws InterruptedException {
    begin(StreamedMarket.none());
  }

  /** Begins with nothing written. */
  void openFresh(StreamedMarket streamed) throws InterruptedException {
    openFresh(streamed, wall::get);
  }

  /** Begins with nothing written, and with a clock of the feed's own. */
  void openFresh(StreamedMarket streamed, LongSupplier clock) throws InterruptedException {
    poller = ExchangePoller.open(exchange, streamed, SymbolChoice.all(), Map.of(), clock);
    candles.addAll(poller.history().candles());
  }

  private void begin(StreamedMarket streamed) throws InterruptedException {
    Map<String, Long> last = new HashMap<>();
    symbols.forEach(symbol -> last.put(symbol, UNDER_WAY - MINUTE));
    poller = ExchangePoller.open(exchange, streamed, SymbolChoice.all(), last, wall::get);
    assertThat(poller.history().candles()).isEmpty();
  }

  /** Goes to the moment at which a minute has closed. */
  void goToEndOf(int minute) {
    wall.set(UNDER_WAY + (minute + 1) * MINUTE);
  }

  /** Sends a closed candle; returns to how many connections. */
  int sayClosed(String symbol, int minute) {
    return streams.publish(
        MarketStreamFormat.candles(symbol),
        LocalEvents.candle(symbol, UNDER_WAY + minute * MINUTE, true));
  }

  void sayUnderWay(String symbol, int minute) {
    int unused =
        streams.publish(
            MarketStreamFormat.candles(symbol),
            LocalEvents.candle(symbol, UNDER_WAY + minute * MINUTE, false));
  }

  void sayMarks(String price) {
    int unused =
        streams.publish(
            MarketStreamFormat.ALL_MARKS, LocalEvents.marks(symbols, price, wall.get()));
  }

  void poll() throws InterruptedException {
    MarketNews news = poller.poll();
    candles.addAll(news.candles());
    marks.addAll(news.marks());
  }

  /** Polls without letting time go on until there are so many candles. */
  void pollUntil(int count) throws InterruptedException {
    for (int i = 0; i < 500 && candles.size() < count; i++) {
      poll();
      Thread.sleep(5);
    }
    assertThat(candles).hasSizeGreaterThanOrEqualTo(count);
  }

  /** Lets time go on second by second. */
  void seconds(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      wall.addAndGet(1_000);
      poll();
    }
  }

  /** Waits until connections stand again that were cut; their ends show by pings at the latest. */
  void awaitAgain(int connections, int openedBefore) throws InterruptedException {
    until(
        () -> {
          elapsed.addAndGet(500);
          return streams.paths().size() > openedBefore
              && streams.subscriptions().size() == connections;
        });
  }

  /** Returns open times of a symbol's candles, as minutes from the one that was under way. */
  List<Long> minutes(String symbol) {
    return candles.stream()
        .filter(each -> each.getSymbol().equals(symbol))
        .map(each -> (each.getOpenTimeMs() - UNDER_WAY) / MINUTE)
        .toList();
  }

  /** Returns how many requests for candles there were. */
  long candlesAsked() {
    return answers.asked().stream().filter(each -> each.contains("/klines")).count();
  }

  static void until(BooleanSupplier holds) throws InterruptedException {
    for (int i = 0; i < 1_000 && !holds.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(holds.getAsBoolean()).isTrue();
  }

  @Override
  public void close() {
    if (poller != null) {
      poller.close();
    }
    exchange.close();
    streams.close();
    answers.close();
  }
}
