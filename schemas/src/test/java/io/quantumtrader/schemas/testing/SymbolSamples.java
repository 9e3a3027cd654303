package io.quantumtrader.schemas.testing;

import java.util.List;

/** Texts that are symbols and texts that are none, for the test of each way into the pipeline. */
public final class SymbolSamples {

  private SymbolSamples() {}

  /** Returns symbols. */
  public static List<String> good() {
    return List.of(
        "BTCUSDT",
        "1000PEPEUSDT",
        "BTCUSDT_260327",
        "\u5e01\u5b89\u4eba\u751fUSDT",
        "\u00c4USDT",
        "\u041c\u041e\u0421\u041a\u0412\u0410USDT",
        "\u0661\u0662USDT",
        "\ud840\udc00USDT",
        "A",
        "X".repeat(32),
        "\ud840\udc00".repeat(32));
  }

  /** Returns what is no symbol, in whatever case it is written. */
  public static List<String> bad() {
    return List.of(
        "",
        "BTC USDT",
        "BTC-USDT",
        "BTC:USDT",
        "BTC|USDT",
        "BTC/USDT",
        "BTC.USDT",
        "BTC*",
        "BTC\u200bUSDT",
        "E\u0301USDT",
        "\ud83d\ude00USDT",
        "X".repeat(33),
        "\ud840\udc00".repeat(33));
  }

  /**
   * Returns other spellings of symbols: some readers write them in upper case, the others refuse.
   */
  public static List<String> lowerCase() {
    return List.of("btcusdt", "btcusdt_260327", "\u5e01\u5b89\u4eba\u751fusdt", "\u00e4USDT");
  }
}
