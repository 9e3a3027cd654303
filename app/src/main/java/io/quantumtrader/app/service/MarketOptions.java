package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.parts.RealMarket;
import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.binance.MarketStreamFormat;
import io.quantumtrader.market.live.SymbolChoice;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which market there is, as given on a command line. */
final class MarketOptions {

  static final String GENERATED = "generated";
  static final String BINANCE = "binance";

  private static final String ALL = "all";
  private static final String NONE = "none";

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

  /**
   * Returns the real market.
   *
   * @throws CommandFailure if an address is none, or a symbol cannot be a name
   */
  RealMarket real() {
    return new RealMarket(url(), streams(), symbols());
  }

  /** Returns the name that prices of a seed carry. */
  static String generatedName(long seed) {
    return GENERATED + ":" + seed;
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

  SymbolChoice symbols() {
    return RealMarket.choice(symbols);
  }
}
