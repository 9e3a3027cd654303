package io.quantumtrader.app.parts;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.binance.AnswerAge;
import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.binance.StreamNumbers;
import io.quantumtrader.binance.StreamTimes;
import io.quantumtrader.market.ExchangeMarket;
import io.quantumtrader.market.WallTime;
import io.quantumtrader.market.WrittenMarket;
import io.quantumtrader.market.live.ExchangePoller;
import io.quantumtrader.market.live.MarketStreams;
import io.quantumtrader.market.live.MarketUnusableException;
import io.quantumtrader.market.live.PollThread;
import io.quantumtrader.market.live.StreamedMarket;
import io.quantumtrader.market.live.SymbolChoice;
import io.quantumtrader.schemas.topic.Symbols;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/**
 * A real market, as it is fed.
 *
 * @param url where its requests go
 * @param streams where its streams are; empty: everything is asked for
 * @param symbols what of it is fed
 */
public record RealMarket(URI url, Optional<URI> streams, SymbolChoice symbols) {

  /** What prices of the exchange with real money carry as their market. */
  public static final String BINANCE = "binance";

  private static final String ALL = "all";
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

  /**
   * A market that is ready to be fed.
   *
   * @param source what feeds it
   * @param numbers what its streams have done
   * @param answers how long ago it answered
   */
  public record Fed(ExchangeMarket source, Supplier<StreamNumbers> numbers, AnswerAge answers) {}

  /**
   * Returns the symbols of a list of names, or all.
   *
   * @throws CommandFailure if there are none or too many, or one cannot be a name
   */
  public static SymbolChoice choice(List<String> given) {
    if (given.size() == 1 && given.getFirst().strip().equalsIgnoreCase(ALL)) {
      return SymbolChoice.all();
    }
    Set<String> names = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (String each : given) {
      String name = each.strip().toUpperCase(Locale.ROOT);
      if (!Symbols.isSymbol(name)) {
        wrong.add("'" + each + "'");
      }
      names.add(name);
    }
    if (!wrong.isEmpty()) {
      throw new CommandFailure(
          "not names of contracts: %s; give --symbols like BTCUSDT,ETHUSDT"
              .formatted(String.join(", ", wrong)));
    }
    if (names.isEmpty() || names.size() > ExchangePoller.MOST_SYMBOLS) {
      throw new CommandFailure(
          "--symbols takes 1 to %d, or all".formatted(ExchangePoller.MOST_SYMBOLS));
    }
    return new SymbolChoice(names);
  }

  /** Returns the name that its prices carry, which tells exchanges of other addresses apart. */
  public String name() {
    return nameOf(url);
  }

  /**
   * Returns the name that the prices of an exchange carry.
   *
   * @param url where its requests go
   */
  public static String nameOf(URI url) {
    String authority = url.getAuthority();
    return authority.equals(BinanceMarketData.DEFAULT_URL.getAuthority())
        ? BINANCE
        : BINANCE + ":" + authority;
  }

  /**
   * Makes sure that the topics hold no other market than the exchange's: orders at the prices of
   * one would go to the exchange of another. Where they hold none yet, nothing is wrong yet.
   *
   * @param own market of the exchange
   * @throws CommandFailure if they do, or cannot be read
   */
  public static void requireOwn(Endpoints endpoints, String own) {
    nameAt(endpoints)
        .filter(before -> !before.equals(own))
        .ifPresent(
            before -> {
              throw new CommandFailure(
                  "the topics hold the market %s, but the exchange is of %s: feed the exchange's own"
                          .formatted(before, own)
                      + " (service feed, QUANTUM_MARKET and QUANTUM_MARKET_URL), on empty topics");
            });
  }

  private static Optional<String> nameAt(Endpoints endpoints) {
    try {
      return WrittenMarket.nameOf(endpoints.kafka());
    } catch (KafkaException e) {
      throw unreadable(endpoints, e);
    }
  }

  private static CommandFailure unreadable(Endpoints endpoints, KafkaException e) {
    return new CommandFailure(
        "the topics at %s cannot be read: %s; run service register first"
            .formatted(endpoints.bootstrapServers(), e.getMessage()),
        e);
  }

  /** Returns the client of the market. */
  public BinanceMarketData client() {
    return new BinanceMarketData(url, ANSWERS_WITHIN);
  }

  /**
   * Returns what the topics hold of a market, for prices of two markets in one row would be a jump
   * that never happened.
   *
   * @param name the market that is to be fed
   * @throws CommandFailure if they hold another one, or cannot be read
   */
  public static WrittenMarket written(Endpoints endpoints, String name) {
    WrittenMarket written;
    try {
      written = WrittenMarket.read(endpoints.kafka(), endpoints.serdes());
    } catch (KafkaException e) {
      throw unreadable(endpoints, e);
    }
    written
        .name()
        .filter(before -> !before.equals(name))
        .ifPresent(
            before -> {
              throw new CommandFailure(
                  "the topics hold the market %s, but this feed is %s: use the same market, or"
                          .formatted(before, name)
                      + " start with empty topics (docker compose down --volumes)");
            });
    return written;
  }

  /**
   * Makes sure that the topics hold no market with a name, for one without to be fed.
   *
   * @throws CommandFailure if they do, or cannot be read
   */
  public static void requireNone(Endpoints endpoints) {
    nameAt(endpoints)
        .ifPresent(
            before -> {
              throw new CommandFailure(
                  "the topics hold the market %s, and this run has another: give another --data"
                      .formatted(before));
            });
  }

  /**
   * Makes sure that the market can be fed, and begins to listen to it.
   *
   * @param parts closes what is opened
   * @param written what was fed before
   * @throws CommandFailure if it cannot be fed
   */
  public Fed open(RunningParts parts, WrittenMarket written) throws InterruptedException {
    BinanceMarketData exchange = parts.add("market", client());
    WallTime wallTime = WallTime.system();
    try {
      ExchangePoller poller =
          parts.add(
              "market poller",
              ExchangePoller.open(
                  exchange, streamed(exchange), symbols, written.lastOpenMs(), wallTime::nowMs));
      ExchangeMarket source =
          new ExchangeMarket(poller.history(), new PollThread(poller::poll), wallTime);
      return new Fed(source, poller::streamNumbers, exchange.answers());
    } catch (MarketUnusableException e) {
      throw new CommandFailure("cannot feed the market: " + e.getMessage(), e);
    }
  }

  private StreamedMarket streamed(BinanceMarketData exchange) {
    return streams
        .<StreamedMarket>map(at -> new MarketStreams(at, exchange::timeMs, StreamTimes.system()))
        .orElseGet(StreamedMarket::none);
  }
}
