package io.quantumtrader.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.quantumtrader.binance.AnswerAge;
import io.quantumtrader.binance.StreamNumbers;
import io.quantumtrader.execution.binance.BinanceExchange;
import java.util.function.Supplier;

/** What the streams of an exchange do, and whether it answers beside them. */
public final class StreamGauges {

  private static final String MARKET = "market";
  private static final String USER = "user";
  private static final String ALL = "*";
  private static final double MS = 1_000;

  private StreamGauges() {}

  /**
   * Shows the stream of a market.
   *
   * @param numbers what its connections have done, asked at each scrape
   * @param answers how long ago requests were answered
   */
  public static void market(Monitoring shown, Supplier<StreamNumbers> numbers, AnswerAge answers) {
    show(shown.registry, numbers, answers, MARKET, ALL);
  }

  /** Shows the user stream of each account that trades on an exchange. */
  public static void users(Monitoring shown, BinanceExchange exchange) {
    for (String account : exchange.accounts()) {
      show(
          shown.registry,
          () -> exchange.streamNumbers(account),
          exchange.answers(account),
          USER,
          account);
    }
  }

  static void show(
      MeterRegistry registry,
      Supplier<StreamNumbers> numbers,
      AnswerAge answers,
      String stream,
      String account) {
    Metric.STREAM_CONNECTIONS.gauge(
        registry, numbers, now -> now.get().standing(), stream, account);
    Metric.STREAM_CONNECTIONS_WANTED.gauge(
        registry, numbers, now -> now.get().wanted(), stream, account);
    Metric.STREAM_RECONNECTS.counting(
        registry, numbers, now -> now.get().reconnects(), stream, account);
    Metric.STREAM_MESSAGES.counting(
        registry, numbers, now -> now.get().messages(), stream, account);
    Metric.STREAM_GAPS_FILLED.counting(
        registry, numbers, now -> now.get().gapsFilled(), stream, account);
    Metric.STREAM_MESSAGE_AGE.gauge(
        registry, numbers, now -> seconds(now.get().messageAgeMs()), stream, account);
    Metric.STREAM_SILENCE.gauge(
        registry, numbers, now -> seconds(now.get().silenceMs()), stream, account);
    Metric.EXCHANGE_ANSWER_AGE.gauge(registry, answers, now -> seconds(now.ms()), stream, account);
  }

  private static double seconds(long ms) {
    return ms < 0 ? Double.NaN : ms / MS;
  }
}
