package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.market.live.ExchangePoller;
import io.quantumtrader.schemas.topic.Symbols;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Which market there is, as given on a command line. */
final class MarketOptions {

  static final String GENERATED = "generated";
  static final String BINANCE = "binance";

  /** Liquid perpetual contracts that have been there for years. */
  private static final String SYMBOLS =
      "BTCUSDT,ETHUSDT,SOLUSDT,XRPUSDT,BNBUSDT,DOGEUSDT,ADAUSDT,AVAXUSDT,LINKUSDT,LTCUSDT,"
          + "DOTUSDT,BCHUSDT,TRXUSDT,SUIUSDT,NEARUSDT,APTUSDT,ARBUSDT,OPUSDT,UNIUSDT,FILUSDT";

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
      names = "--symbols",
      paramLabel = "NAME",
      split = ",",
      defaultValue = SYMBOLS,
      description = "Perpetual contracts of the real market. Default: " + SYMBOLS + ".")
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
    try {
      URI url = URI.create(marketUrl.replaceFirst("/+$", ""));
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (Set.of("http", "https").contains(scheme) && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new CommandFailure(
        "--market-url must be like https://fapi.binance.com, not '%s'".formatted(marketUrl));
  }

  /**
   * Returns the symbols.
   *
   * @throws CommandFailure if there are none or too many, or one cannot be a name
   */
  Set<String> symbols() {
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
      throw new CommandFailure("--symbols takes 1 to %d".formatted(ExchangePoller.MOST_SYMBOLS));
    }
    return names;
  }
}
