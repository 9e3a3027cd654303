package io.quantumtrader.market.live;

import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.binance.Contract;
import io.quantumtrader.binance.MarkPrice;
import io.quantumtrader.binance.MarketDataException;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an exchange for what is new, to be called each second or so by one thread. For 20 symbols it
 * asks for a weight of about 142 a minute, of 2400 that are allowed: mark prices each 5 s (120), a
 * candle of each symbol a minute (20), the time each minute and the trading rules each five. The
 * start costs 2 for each symbol and 2.
 *
 * <p>What one request is refused for does not hold up the others; where the exchange does not
 * answer at all, it is not called for a while.
 */
public final class ExchangePoller {

  /** Most symbols; the weight of so many is far below what is allowed. */
  public static final int MOST_SYMBOLS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(ExchangePoller.class);

  private static final long MARKS_EACH_MS = 5_000;
  private static final long TIME_EACH_MS = 60_000;
  private static final long RULES_EACH_MS = 300_000;

  private static final Comparator<Candle> BY_CLOSE =
      Comparator.<Candle>comparingLong(each -> each.getOpenTimeMs() + each.getIntervalMs())
          .thenComparing(Candle::getSymbol);

  private final BinanceMarketData exchange;
  private final Set<String> symbols;
  private final LongSupplier wallMs;
  private final CandlePlan plan;
  private final Map<String, Instrument> instruments = new TreeMap<>();
  private final Map<String, Long> lastMarkMs = new HashMap<>();
  private final Outage outage = new Outage("the exchange is");
  private final Map<String, Outage> troubles = new HashMap<>();
  private final List<Candle> candles = new ArrayList<>();
  private final List<Candle> marks = new ArrayList<>();
  private ClockSkew skew;
  private long timeAtMs;
  private long marksAtMs;
  private long rulesAtMs;
  private boolean answered;

  private ExchangePoller(
      BinanceMarketData exchange,
      Map<String, Contract> contracts,
      Map<String, Long> lastOpenMs,
      ClockSkew skew,
      LongSupplier wallMs) {
    this.exchange = exchange;
    this.symbols = new TreeSet<>(contracts.keySet());
    this.wallMs = wallMs;
    this.skew = skew;
    long nowMs = wallMs.getAsLong();
    take(contracts, nowMs);
    this.timeAtMs = nowMs + TIME_EACH_MS;
    this.rulesAtMs = nowMs + RULES_EACH_MS;
    this.plan =
        new CandlePlan(
            List.copyOf(symbols), lastOpenMs, CandlePlan.USEFUL, nowMs + skew.exchangeAheadMs());
  }

  /**
   * Makes sure that the market can be fed.
   *
   * @param lastOpenMs open time of the last candle that was written, of each symbol that has one:
   *     later ones are requested, 498 minutes back at most
   * @throws MarketUnusableException where it cannot
   */
  public static ExchangePoller open(
      BinanceMarketData exchange,
      Set<String> symbols,
      Map<String, Long> lastOpenMs,
      LongSupplier wallMs)
      throws InterruptedException {
    MarketCheck check = new MarketCheck(exchange, wallMs);
    ClockSkew skew = check.soundSkew();
    skew.warning().ifPresent(LOG::warn);
    return new ExchangePoller(exchange, check.contracts(symbols), lastOpenMs, skew, wallMs);
  }

  /**
   * Returns the candles to begin with.
   *
   * @throws MarketUnusableException where the exchange does not answer
   */
  public MarketNews history() throws InterruptedException {
    long nowMs = wallMs.getAsLong();
    for (CandlePlan.Request request : plan.due(exchangeMs(nowMs))) {
      MarketCheck.patiently(
          () -> {
            ask(request, nowMs);
            return request;
          });
    }
    return taken();
  }

  /** Asks for what is due and returns what came; never fails, and is empty in an outage. */
  public MarketNews poll() throws InterruptedException {
    long nowMs = wallMs.getAsLong();
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

  private void askAll(long nowMs) throws InterruptedException {
    if (nowMs >= timeAtMs || outage.isOn()) {
      each("the exchange's time is", nowMs, () -> askTime(nowMs));
    }
    if (nowMs >= marksAtMs) {
      marksAtMs = nowMs + MARKS_EACH_MS;
      each("mark prices are", nowMs, this::askMarks);
    }
    if (nowMs >= rulesAtMs) {
      each("trading rules are", nowMs, () -> askRules(nowMs));
    }
    for (CandlePlan.Request request : plan.due(exchangeMs(nowMs))) {
      boolean sound = each(request.symbol() + " is", nowMs, () -> ask(request, nowMs));
      if (!sound) {
        plan.failed(request.symbol(), exchangeMs(nowMs));
      }
    }
  }

  /** One request; where it alone is at fault, that is said and the others go on. */
  private boolean each(String what, long nowMs, Asking asking) throws InterruptedException {
    Outage trouble = troubles.computeIfAbsent(what, Outage::new);
    if (trouble.holds(nowMs)) {
      return true;
    }
    try {
      asking.ask();
      trouble.answered(nowMs);
      answered = true;
      return true;
    } catch (MarketDataException e) {
      if (!e.isAboutTheRequest()) {
        throw e;
      }
      answered = true;
      trouble.failed(nowMs, e);
      return false;
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

  private void askMarks() throws InterruptedException {
    for (MarkPrice mark : exchange.marks(symbols).values()) {
      Long last = lastMarkMs.put(mark.symbol(), mark.atMs());
      if (last == null || mark.atMs() > last) {
        marks.add(candle(mark));
      }
    }
  }

  /** A price of a moment: a mark price has more decimals than any order could have. */
  private Candle candle(MarkPrice mark) {
    BigDecimal tick = instruments.get(mark.symbol()).getTickSize();
    BigDecimal price =
        mark.price().divide(tick, 0, RoundingMode.HALF_EVEN).multiply(tick).max(tick);
    return new Candle(mark.symbol(), mark.atMs(), 1L, price, price, price, price, BigDecimal.ZERO);
  }

  private void askRules(long nowMs) throws InterruptedException {
    take(exchange.contracts(symbols), nowMs);
    rulesAtMs = nowMs + RULES_EACH_MS;
  }

  /** One that is not listed any more does not trade; what else was known of it stays. */
  private void take(Map<String, Contract> contracts, long nowMs) {
    for (String symbol : symbols) {
      Instrument before = instruments.get(symbol);
      Instrument now =
          contracts.containsKey(symbol)
              ? contracts.get(symbol).instrument(nowMs)
              : Instrument.newBuilder(before)
                  .setStatus(InstrumentStatus.BREAK)
                  .setAsOfMs(nowMs)
                  .build();
      if (before != null && before.getStatus() != now.getStatus()) {
        LOG.warn("{} is {} now, and was {}", symbol, now.getStatus(), before.getStatus());
      }
      instruments.put(symbol, now);
    }
  }

  private void ask(CandlePlan.Request request, long nowMs) throws InterruptedException {
    if (request.skipped() > 0) {
      LOG.warn(
          "{}: skipped {} candles before {}, too old to be of use",
          request.symbol(),
          request.skipped(),
          Instant.ofEpochMilli(request.fromMs()));
    }
    List<Candle> closed =
        exchange.candles(request.symbol(), request.fromMs(), request.limit(), exchangeMs(nowMs));
    plan.taken(request.symbol(), closed, exchangeMs(nowMs));
    candles.addAll(closed);
  }

  private long exchangeMs(long nowMs) {
    return nowMs + skew.exchangeAheadMs();
  }

  private MarketNews taken() {
    candles.sort(BY_CLOSE);
    MarketNews news = new MarketNews(candles, marks, instruments);
    candles.clear();
    marks.clear();
    return news;
  }

  /** One question, whose answer is kept. */
  private interface Asking {
    void ask() throws InterruptedException;
  }
}
