package io.quantumtrader.binance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.topic.Symbols;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Public market data of Binance USD-M futures over REST, as documented; it needs no key. Each call
 * either returns sound values or throws; several threads may call.
 *
 * <p>The exchange limits an address to a request weight of 2400 a minute. What a call weighs stands
 * with it. A call never repeats itself: who calls waits as long as {@link MarketDataException}
 * says. While the exchange has forbidden to ask (429, 418), calls throw without asking it.
 */
public final class BinanceMarketData implements AutoCloseable {

  /** Where the real exchange is. */
  public static final URI DEFAULT_URL = URI.create("https://fapi.binance.com");

  private static final Logger LOG = LoggerFactory.getLogger(BinanceMarketData.class);

  /** Length of a candle, milliseconds. */
  public static final long MINUTE_MS = 60_000;

  /** Most candles of one request that still weighs 2. */
  public static final int MOST_CANDLES = 499;

  private final BinanceRest rest;

  /**
   * Names the place.
   *
   * @param url http or https, host and perhaps a port and path
   * @param answersWithin how long an answer may take, above 0
   */
  public BinanceMarketData(URI url, Duration answersWithin) {
    this.rest = new BinanceRest(url, answersWithin);
  }

  /**
   * Returns the exchange's time, epoch milliseconds UTC. Weight 1.
   *
   * @throws MarketDataException where there is no sound answer
   */
  public long timeMs() throws InterruptedException {
    return rest.get("/fapi/v1/time").field("serverTime").timeMs();
  }

  /**
   * Returns those of the contracts that the exchange lists, by symbol. Weight 1. What is wrong in
   * others is not looked at.
   *
   * @throws MarketDataException where there is no sound answer
   */
  public Map<String, Contract> contracts(Set<String> symbols) throws InterruptedException {
    Answer listed = rest.get("/fapi/v1/exchangeInfo").field("symbols");
    Map<String, Contract> found = new TreeMap<>();
    for (int i = 0; i < listed.items(); i++) {
      String symbol = listed.item(i).field("symbol").text();
      if (symbols.contains(symbol)) {
        found.put(symbol, Contract.of(listed.item(i)));
      }
    }
    return found;
  }

  /**
   * Returns the perpetual contracts that trade and are quoted in a currency, by symbol; delivery
   * contracts are none. One whose rules cannot be read is left out with a warning. Weight 1.
   *
   * @param quoteAsset for example {@code USDT}
   * @throws MarketDataException where there is no sound answer
   */
  public Map<String, Contract> tradedPerpetuals(String quoteAsset) throws InterruptedException {
    Answer listed = rest.get("/fapi/v1/exchangeInfo").field("symbols");
    Map<String, Contract> found = new TreeMap<>();
    for (int i = 0; i < listed.items(); i++) {
      Answer each = listed.item(i);
      try {
        String symbol = each.field("symbol").text();
        if (Symbols.isSymbol(symbol) && each.field("quoteAsset").text().equals(quoteAsset)) {
          // What does not trade may lack what is needed here, and is not looked at further.
          boolean trades =
              each.field("status").text().equals(Contract.TRADING)
                  && each.field("contractType").text().equals(Contract.PERPETUAL);
          if (trades) {
            found.put(symbol, Contract.of(each));
          }
        }
      } catch (MarketDataException e) {
        LOG.warn("a contract is left out: {}", e.getMessage());
      }
    }
    return found;
  }

  /**
   * Returns the request weight that the exchange has counted for this machine's address in the
   * minute of its newest answer, 0 or more; 0 where it has not said. Others at the same address
   * count.
   */
  public int usedWeight() {
    return rest.usedWeight();
  }

  /** Returns how long ago the exchange last answered, whatever it said. */
  public AnswerAge answers() {
    return rest.answers();
  }

  /**
   * Returns closed candles of a minute, oldest first. The last one that the exchange gives may be
   * under way; one that closes after {@code exchangeNowMs} is left out. Weight 1 below 100 candles,
   * 2 below 500.
   *
   * @param fromMs the first candle opens at or after this, epoch milliseconds UTC
   * @param limit most candles to ask for, 1 to {@link #MOST_CANDLES}
   * @param exchangeNowMs now on the exchange's clock, epoch milliseconds UTC
   * @throws MarketDataException where there is no sound answer
   */
  public List<Candle> candles(String symbol, long fromMs, int limit, long exchangeNowMs)
      throws InterruptedException {
    if (limit < 1 || limit > MOST_CANDLES) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST_CANDLES + ": " + limit);
    }
    Answer rows =
        rest.get(
            "/fapi/v1/klines?symbol=%s&interval=1m&startTime=%d&limit=%d"
                .formatted(URLEncoder.encode(symbol, UTF_8), fromMs, limit));
    List<Candle> closed = new ArrayList<>(rows.items());
    long lastOpenMs = fromMs - 1;
    for (int i = 0; i < rows.items(); i++) {
      Candle candle = candle(symbol, rows.item(i));
      if (candle.getOpenTimeMs() <= lastOpenMs || candle.getOpenTimeMs() % MINUTE_MS != 0) {
        throw rows.item(i).item(0).broken("is not the next minute after " + lastOpenMs);
      }
      lastOpenMs = candle.getOpenTimeMs();
      if (lastOpenMs + MINUTE_MS <= exchangeNowMs) {
        closed.add(candle);
      }
    }
    return closed;
  }

  private static Candle candle(String symbol, Answer row) {
    long openMs = row.item(0).timeMs();
    long closeMs = row.item(6).timeMs();
    if (closeMs != openMs + MINUTE_MS - 1) {
      throw row.item(6).broken("is not the end of the minute from " + openMs);
    }
    return candle(
        row,
        symbol,
        openMs,
        new Answer[] {row.item(1), row.item(2), row.item(3), row.item(4), row.item(5)});
  }

  /** Open, high, low, close and volume, which stand in different places in rows and in events. */
  static Candle candle(Answer whole, String symbol, long openMs, Answer[] values) {
    BigDecimal open = values[0].positive();
    BigDecimal high = values[1].positive();
    BigDecimal low = values[2].positive();
    BigDecimal close = values[3].positive();
    if (high.compareTo(open.max(close)) < 0 || low.compareTo(open.min(close)) > 0) {
      throw whole.broken("has open or close outside of low and high");
    }
    return new Candle(symbol, openMs, MINUTE_MS, open, high, low, close, values[4].notNegative());
  }

  /**
   * Returns the mark prices of those of the symbols that have one, by symbol. Weight 10, however
   * many.
   *
   * @throws MarketDataException where there is no sound answer
   */
  public Map<String, MarkPrice> marks(Set<String> symbols) throws InterruptedException {
    Answer rows = rest.get("/fapi/v1/premiumIndex");
    Map<String, MarkPrice> found = new TreeMap<>();
    for (int i = 0; i < rows.items(); i++) {
      Answer row = rows.item(i);
      String symbol = row.field("symbol").text();
      if (symbols.contains(symbol)) {
        // A contract that does not trade is listed with a price of 0, which is none.
        BigDecimal price = row.field("markPrice").notNegative();
        if (price.signum() > 0) {
          found.put(symbol, new MarkPrice(symbol, price, row.field("time").timeMs()));
        }
      }
    }
    return found;
  }

  /** Ends what is on its way. */
  @Override
  public void close() {
    rest.close();
  }
}
