package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.binance.MarketStreamFormat;
import io.quantumtrader.binance.StreamTimes;
import io.quantumtrader.market.live.ExchangePoller;
import io.quantumtrader.market.live.MarketStreams;
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
import picocli.CommandLine.Option;

/** Which market there is, as given on a command line. */
final class MarketOptions {

  static final String GENERATED = "generated";
  static final String BINANCE = "binance";

  private static final String ALL = "all";
  private static final String NONE = "none";

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

  @Option(
      names = "--market",
      paramLabel = "NAME",
      defaultValue = GENERATED,
      description =
          "generated, or binance: real prices of USD-M futures, read without a key. Default:"
              + " generated.")
  private String market;

  @Option(
      names = "--market-url",
      paramLabel = "URL",
      defaultValue = "https://fapi.binance.com",
      description = "URL of the real market. Default: https://fapi.binance.com.")
  private String marketUrl;

  @Option(
      names = "--market-streams",
      paramLabel = "URL",
      description = {
        "URL of the real market's streams, or none to ask for everything. Default:",
        "wss://fstream.binance.com/market, and none where --market-url is another one."
      })
  private String marketStreams;

  @Option(
      names = "--symbols",
      paramLabel = "NAME",
      split = ",",
      defaultValue = ALL,
      description = {
        "Contracts of the real market, or all: the perpetual ones in USDT that trade, about 566.",
        "A contract with a delivery date is fed only where it is named. Default: all."
      })
  private List<String> symbols;

  /**
   * Returns whether the market is a real one.
   *
   * @throws CommandFailure if there is no such market
   */
  boolean isReal() {
    if (!market.equals(GENERATED) && !market.equals(BINANCE)) {
      throw new CommandFailure(
          "there is no market '%s'; give --market generated or --market binance".formatted(market));
    }
    return market.equals(BINANCE);
  }

  /** Returns the name that real prices carry, which tells exchanges of other addresses apart. */
  String realName() {
    URI url = url();
    return url.equals(BinanceMarketData.DEFAULT_URL) ? BINANCE : BINANCE + ":" + url.getAuthority();
  }

  /** Returns the name that prices of a seed carry. */
  static String generatedName(long seed) {
    return GENERATED + ":" + seed;
  }

  /**
   * Returns the client of the real market.
   *
   * @throws CommandFailure if the address is none
   */
  BinanceMarketData exchange() {
    return new BinanceMarketData(url(), ANSWERS_WITHIN);
  }

  URI url() {
    return address("--market-url", marketUrl, Set.of("http", "https"), "https://fapi.binance.com");
  }

  /**
   * Returns where the streams of the real market are; empty where there are none. Streams of one
   * exchange beside another's answers would be two prices of one symbol, so another address of the
   * market has streams only where they are given.
   *
   * @throws CommandFailure if the address is none
   */
  Optional<URI> streams() {
    if (marketStreams == null) {
      return url().equals(BinanceMarketData.DEFAULT_URL)
          ? Optional.of(MarketStreamFormat.DEFAULT_URL)
          : Optional.empty();
    }
    if (marketStreams.equals(NONE)) {
      return Optional.empty();
    }
    return Optional.of(
        address(
            "--market-streams",
            marketStreams,
            Set.of("ws", "wss"),
            MarketStreamFormat.DEFAULT_URL.toString()));
  }

  /**
   * Returns what comes of the real market by itself.
   *
   * @param exchange asked for its time before a silent stream is given up
   */
  StreamedMarket streamed(BinanceMarketData exchange) {
    return streams()
        .<StreamedMarket>map(url -> new MarketStreams(url, exchange::timeMs, StreamTimes.system()))
        .orElseGet(StreamedMarket::none);
  }

  private static URI address(String option, String given, Set<String> schemes, String like) {
    try {
      URI url = URI.create(given.replaceFirst("/+$", ""));
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (schemes.contains(scheme) && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new CommandFailure("%s must be like %s, not '%s'".formatted(option, like, given));
  }

  /**
   * Returns the symbols.
   *
   * @throws CommandFailure if there are none or too many, or one cannot be a name
   */
  SymbolChoice symbols() {
    if (symbols.size() == 1 && symbols.getFirst().strip().equalsIgnoreCase(ALL)) {
      return SymbolChoice.all();
    }
    Set<String> names = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (String given : symbols) {
      String name = given.strip().toUpperCase(Locale.ROOT);
      if (!Symbols.isSymbol(name)) {
        wrong.add("'" + given + "'");
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
}
