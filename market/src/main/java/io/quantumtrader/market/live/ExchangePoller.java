package io.quantumtrader.market.live;

import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.binance.Contract;
import io.quantumtrader.binance.MarkPrice;
import io.quantumtrader.binance.MarketDataException;
import io.quantumtrader.binance.StreamNumbers;
import io.quantumtrader.market.live.CandleRequests.Answered;
import io.quantumtrader.schemas.avro.Candle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings together what comes of a market by itself and what has to be asked for, to be called each
 * second or so by one thread. Where streams stand, it asks for the time each minute and for the
 * trading rules each five; a candle is asked for where it has not come 10 s after its close, and
 * mark prices where a symbol that trades has had none for 4 s. Without streams it asks for all of
 * it: mark prices each 5 s (a weight of 120 a minute) and a candle of each symbol a minute (1
 * each). The start costs 2 for each symbol and 2.
 *
 * <p>What one request is refused for does not hold up the others; where the exchange does not
 * answer at all, it is not called for a while. Candles leave a third of the weight that is allowed
 * to others, and are asked for in slices of seconds, so that what has come is never held up long.
 */
public final class ExchangePoller implements AutoCloseable {

  /** Most symbols: as candles of all of them a minute, the weight is below what is allowed. */
  public static final int MOST_SYMBOLS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(ExchangePoller.class);

  private static final long MARKS_EACH_MS = 5_000;
  private static final long MARKS_COME_WITHIN_MS = 4_000;
  private static final long TIME_EACH_MS = 60_000;
  private static final long RULES_EACH_MS = 300_000;
  private static final long SLICE_MS = 2_000;

  /** So many candles are enough for a slice: a feed has a small memory. */
  private static final int SLICE_CANDLES = 20_000;

  /** An outage of all symbols is no reason for a line of each. */
  private static final int MOST_SAID = 5;

  private static final Comparator<Candle> BY_CLOSE =
      Comparator.<Candle>comparingLong(each -> each.getOpenTimeMs() + each.getIntervalMs())
          .thenComparing(Candle::getSymbol);

  private final BinanceMarketData exchange;
  private final StreamedMarket streams;
  private final SymbolChoice choice;
  private final LongSupplier wallMs;
  private final CandlePlan plan;
  private final CandleRequests requests;
  private final WeightPace pace = new WeightPace();
  private final KnownInstruments instruments = new KnownInstruments();
  private final MarkGate gate = new MarkGate();
  private final Outage outage = new Outage("the exchange is");
  private final Map<String, Outage> troubles = new HashMap<>();
  private final List<Candle> candles = new ArrayList<>();
  private final List<Candle> marks = new ArrayList<>();
  private ClockSkew skew;
  private long timeAtMs;
  private long marksAtMs;
  private long rulesAtMs;
  private boolean answered;
  private String askedLast = "";

  private ExchangePoller(
      BinanceMarketData exchange,
      StreamedMarket streams,
      SymbolChoice choice,
      ClockSkew skew,
      LongSupplier wallMs) {
    this.exchange = exchange;
    this.streams = streams;
    this.choice = choice;
    this.wallMs = wallMs;
    this.skew = skew;
    this.requests = new CandleRequests(exchange);
    long nowMs = wallMs.getAsLong();
    this.timeAtMs = nowMs + TIME_EACH_MS;
    this.rulesAtMs = nowMs + RULES_EACH_MS;
    this.plan = new CandlePlan(List.of(), Map.of(), CandlePlan.USEFUL, exchangeMs(nowMs));
  }

  /**
   * Makes sure that the market can be fed, and has the streams begin.
   *
   * @param streams closed by this one, also where it fails
   * @param lastOpenMs open time of the last candle that was written, of each symbol that has one:
   *     later ones are requested, 498 minutes back at most
   * @throws MarketUnusableException where it cannot
   */
  public static ExchangePoller open(
      BinanceMarketData exchange,
      StreamedMarket streams,
      SymbolChoice choice,
      Map<String, Long> lastOpenMs,
      LongSupplier wallMs)
      throws InterruptedException {
    ExchangePoller poller = null;
    try {
      MarketCheck check = new MarketCheck(exchange, wallMs);
      ClockSkew skew = check.soundSkew();
      skew.warning().ifPresent(LOG::warn);
      Map<String, Contract> contracts = check.contracts(choice);
      poller = new ExchangePoller(exchange, streams, choice, skew, wallMs);
      poller.take(contracts, lastOpenMs, wallMs.getAsLong());
      return poller;
    } finally {
      if (poller == null) {
        streams.close();
      }
    }
  }

  /**
   * Returns candles to begin with, those that come within two seconds; {@link #poll} goes on with
   * the rest, so that many symbols hold up nothing.
   *
   * @throws MarketUnusableException where the exchange does not answer
   */
  public MarketNews history() throws InterruptedException {
    return MarketCheck.patiently(
        () -> {
          askCandles(wallMs.getAsLong());
          return taken();
        });
  }

  /** Asks for what is due and returns what came; never fails, and is empty in an outage. */
  public MarketNews poll() throws InterruptedException {
    long nowMs = wallMs.getAsLong();
    takeStreamed(nowMs);
    if (!outage.holds(nowMs)) {
      try {
        answered = false;
        askAll(nowMs);
        if (answered) {
          outage.answered(nowMs);
        }
      } catch (MarketDataException e) {
        outage.failed(nowMs, e);
      }
    }
    return taken();
  }

  private void takeStreamed(long nowMs) {
    for (Candle candle : streams.takeCandles()) {
      if (plan.offer(candle, exchangeMs(nowMs))) {
        candles.add(candle);
      }
    }
    take(streams.takeMarks(), nowMs);
  }

  private void take(Iterable<MarkPrice> prices, long nowMs) {
    for (MarkPrice mark : prices) {
      if (instruments.knows(mark.symbol())) {
        gate.pass(mark, instruments.tick(mark.symbol()), exchangeMs(nowMs)).ifPresent(marks::add);
      }
    }
  }

  private void askAll(long nowMs) throws InterruptedException {
    if (nowMs >= timeAtMs || outage.isOn()) {
      each("the exchange's time is", nowMs, () -> askTime(nowMs));
    }
    if (nowMs >= marksAtMs) {
      marksAtMs = nowMs + MARKS_EACH_MS;
      if (isAMarkMissing(nowMs)) {
        each(
            "mark prices are",
            nowMs,
            () -> take(exchange.marks(instruments.symbols()).values(), nowMs));
      }
    }
    if (nowMs >= rulesAtMs) {
      each("trading rules are", nowMs, () -> askRules(nowMs));
    }
    askCandles(nowMs);
  }

  /** One request; where it alone is at fault, that is said and the others go on. */
  private void each(String what, long nowMs, Asking asking) throws InterruptedException {
    Outage trouble = troubles.computeIfAbsent(what, Outage::new);
    if (trouble.holds(nowMs)) {
      return;
    }
    try {
      asking.ask();
      trouble.answered(nowMs);
      answered = true;
    } catch (MarketDataException e) {
      if (!e.isAboutTheRequest()) {
        throw e;
      }
      answered = true;
      trouble.failed(nowMs, e);
    }
  }

  private void askTime(long nowMs) throws InterruptedException {
    ClockSkew before = skew;
    skew = ClockSkew.measure(exchange, wallMs);
    timeAtMs = nowMs + TIME_EACH_MS;
    if (before.warning().isEmpty()) {
      skew.warning().ifPresent(LOG::warn);
    }
  }

  private boolean isAMarkMissing(long nowMs) {
    return instruments.symbols().stream()
        .filter(instruments::trades)
        .anyMatch(symbol -> !gate.hasWithin(symbol, MARKS_COME_WITHIN_MS, exchangeMs(nowMs)));
  }

  private void askRules(long nowMs) throws InterruptedException {
    Map<String, Contract> contracts =
        choice.isAll()
            ? exchange.tradedPerpetuals(SymbolChoice.QUOTE)
            : exchange.contracts(choice.named());
    take(contracts, Map.of(), nowMs);
    rulesAtMs = nowMs + RULES_EACH_MS;
  }

  private void take(Map<String, Contract> contracts, Map<String, Long> lastOpenMs, long nowMs) {
    Set<String> added = new TreeSet<>(contracts.keySet());
    added.removeAll(instruments.symbols());
    instruments.take(contracts, nowMs);
    for (String symbol : added) {
      plan.add(symbol, lastOpenMs.get(symbol), CandlePlan.USEFUL, exchangeMs(nowMs));
    }
    streams.follow(added);
  }

  /** Asks for candles that are due, as long as a slice takes and the weight lasts. */
  private void askCandles(long nowMs) throws InterruptedException {
    List<CandlePlan.Request> due = plan.due(exchangeMs(nowMs), streams::isUp);
    saySkipped(due.stream().filter(each -> each.skipped() > 0).toList());
    beginAfter(askedLast, due);
    int at = 0;
    while (at < due.size()
        && candles.size() < SLICE_CANDLES
        && wallMs.getAsLong() - nowMs < SLICE_MS) {
      int end = Math.min(at + CandleRequests.AT_ONCE, due.size());
      List<CandlePlan.Request> next = due.subList(at, end);
      int weight = next.stream().mapToInt(CandleRequests::weight).sum();
      if (!pace.allows(weight, exchangeMs(wallMs.getAsLong()))) {
        return;
      }
      List<Answered> answers = requests.ask(next, exchangeMs(nowMs));
      pace.told(exchange.usedWeight(), exchangeMs(wallMs.getAsLong()));
      askedLast = next.getLast().symbol();
      take(answers, nowMs);
      at = end;
    }
  }

  /** Takes every answer before it throws for one that tells of an outage. */
  private void take(List<Answered> answers, long nowMs) {
    MarketDataException out = null;
    for (Answered each : answers) {
      String symbol = each.request().symbol();
      if (each.failure() == null) {
        answered = true;
        if (plan.isBegun(symbol) && !each.closed().isEmpty()) {
          streams.gapFilled(symbol);
        }
        plan.taken(symbol, each.closed(), exchangeMs(nowMs));
        candles.addAll(each.closed());
        Outage trouble = troubles.remove(symbol);
        if (trouble != null) {
          trouble.answered(nowMs);
        }
      } else if (each.failure().isAboutTheRequest()) {
        answered = true;
        plan.failed(symbol, exchangeMs(nowMs));
        troubles
            .computeIfAbsent(symbol, name -> new Outage(name + " is"))
            .failed(nowMs, each.failure());
      } else {
        out = each.failure();
      }
    }
    if (out != null) {
      throw out;
    }
  }

  /** In turn, so that the last ones of the alphabet come round where the time is short. */
  private static void beginAfter(String symbol, List<CandlePlan.Request> due) {
    int before = 0;
    while (before < due.size() && due.get(before).symbol().compareTo(symbol) <= 0) {
      before++;
    }
    Collections.rotate(due, -before);
  }

  private static void saySkipped(List<CandlePlan.Request> skipped) {
    for (CandlePlan.Request each : skipped.subList(0, Math.min(MOST_SAID, skipped.size()))) {
      LOG.warn(
          "{}: skipped {} candles before {}, too old to be of use",
          each.symbol(),
          each.skipped(),
          Instant.ofEpochMilli(each.fromMs()));
    }
    if (skipped.size() > MOST_SAID) {
      LOG.warn("skipped candles of {} more symbols", skipped.size() - MOST_SAID);
    }
  }

  private long exchangeMs(long nowMs) {
    return nowMs + skew.exchangeAheadMs();
  }

  private MarketNews taken() {
    candles.sort(BY_CLOSE);
    MarketNews news = new MarketNews(candles, marks, instruments.all());
    candles.clear();
    marks.clear();
    return news;
  }

  /** Returns what the streams have done; may be asked by any thread. */
  public StreamNumbers streamNumbers() {
    return streams.numbers();
  }

  /** Ends the streams and what is on its way. */
  @Override
  public void close() {
    streams.close();
    requests.close();
  }

  /** One question, whose answer is kept. */
  private interface Asking {
    void ask() throws InterruptedException;
  }
}
