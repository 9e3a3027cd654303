package io.quantumtrader.binance;

import java.net.URI;

/**
 * Where an exchange is. Every address is a setting, because they have changed before.
 *
 * @param name for messages
 * @param realMoney whether orders there move real money
 * @param rest orders, account and market data, for example {@code https://fapi.binance.com}
 * @param marketStreams candles and mark prices
 * @param privateStreams the user's data; the path {@code /ws} follows
 * @param sapi permissions of a key; the demo environment has none, null there
 */
public record BinanceEnvironment(
    String name, boolean realMoney, URI rest, URI marketStreams, URI privateStreams, URI sapi) {

  /** The exchange's environment for trials, with money that is none. */
  public static final BinanceEnvironment DEMO =
      new BinanceEnvironment(
          "demo",
          false,
          URI.create("https://demo-fapi.binance.com"),
          URI.create("wss://demo-fstream.binance.com/market"),
          URI.create("wss://demo-fstream.binance.com/private"),
          null);

  /** The exchange. */
  public static final BinanceEnvironment REAL =
      new BinanceEnvironment(
          "real",
          true,
          URI.create("https://fapi.binance.com"),
          URI.create("wss://fstream.binance.com/market"),
          URI.create("wss://fstream.binance.com/private"),
          URI.create("https://api.binance.com"));

  /**
   * Returns an exchange that speaks the dialect elsewhere, a twin for example.
   *
   * @param rest its REST address
   * @param streams its WebSocket address, without a path
   */
  public static BinanceEnvironment at(String name, URI rest, URI streams) {
    String base = streams.toString().replaceFirst("/+$", "");
    return new BinanceEnvironment(
        name, false, rest, URI.create(base + "/market"), URI.create(base + "/private"), rest);
  }
}
