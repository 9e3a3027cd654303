package io.quantumtrader.market.live;

import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.binance.MarketDataException;
import io.quantumtrader.market.live.CandlePlan.Request;
import io.quantumtrader.schemas.avro.Candle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks for candles of a few symbols at once: where an answer takes a tenth of a second, those of
 * 566 symbols would take a minute one after the other.
 */
final class CandleRequests implements AutoCloseable {

  /** How many are on their way at one time. */
  static final int AT_ONCE = 8;

  /**
   * What became of a request.
   *
   * @param closed closed candles, oldest first
   * @param failure null where there was a sound answer
   */
  record Answered(Request request, List<Candle> closed, MarketDataException failure) {}

  private final BinanceMarketData exchange;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().daemon().name("quantum-candles-", 0).factory());

  CandleRequests(BinanceMarketData exchange) {
    this.exchange = exchange;
  }

  /** Returns what a request weighs, as documented. */
  static int weight(Request request) {
    return request.limit() < 100 ? 1 : 2;
  }

  /** Asks, and returns what became of each, in the order of the requests. */
  List<Answered> ask(List<Request> requests, long exchangeMs) throws InterruptedException {
    List<Callable<Answered>> asking = new ArrayList<>();
    for (Request request : requests) {
      asking.add(() -> ask(request, exchangeMs));
    }
    List<Answered> answers = new ArrayList<>();
    for (Future<Answered> each : threads.invokeAll(asking)) {
      try {
        answers.add(each.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("candles could not be asked for", e.getCause());
      }
    }
    return answers;
  }

  private Answered ask(Request request, long exchangeMs) throws InterruptedException {
    try {
      return new Answered(
          request,
          exchange.candles(request.symbol(), request.fromMs(), request.limit(), exchangeMs),
          null);
    } catch (MarketDataException e) {
      return new Answered(request, List.of(), e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
