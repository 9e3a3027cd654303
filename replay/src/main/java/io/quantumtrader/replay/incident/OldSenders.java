package io.quantumtrader.replay.incident;

import java.util.Locale;

/** Intents as the programs around the old system sent them; entry contract, 2.4 and 3. */
final class OldSenders {

  private OldSenders() {}

  /** What the autonomous trader sent until it renamed its fields: entry contract, 2.4 and W1. */
  static SentIntent buy(long atMs, int sequence, String symbol, String margin) {
    return SentIntent.flat(
        atMs,
        sequence,
        "intent_type",
        "AUTONOMOUS_ENTRY",
        "symbol",
        symbol,
        "action",
        "BUY",
        "side",
        "LONG",
        "position_usd",
        margin,
        "leverage",
        "2.0",
        "tp_pct",
        "2.0",
        "sl_pct",
        "1.0",
        "confidence",
        "0.82",
        "regime",
        "TREND",
        "reduceOnly",
        "false",
        "timestamp",
        Long.toString(atMs / 1000));
  }

  /** What asks to close a long, as the exit agent once sent it: entry contract, 3. */
  static SentIntent sell(long atMs, int sequence, String symbol, double quantity) {
    return SentIntent.wrapped(
        atMs,
        sequence,
        String.format(
            Locale.ROOT,
            "{\"symbol\": \"%s\", \"side\": \"SELL\", \"qty\": %.6f, \"type\": \"MARKET\","
                + " \"reduceOnly\": true, \"source\": \"exit_management_agent\"}",
            symbol,
            quantity));
  }

  /** What the trader sends since then, percents in fields of prices: entry contract, 2.4 and W2. */
  static SentIntent renamed(long atMs, int sequence, String symbol) {
    return SentIntent.flat(
        atMs,
        sequence,
        "symbol",
        symbol,
        "side",
        "LONG",
        "confidence",
        "0.82",
        "timestamp",
        Long.toString(atMs / 1000),
        "position_size_usd",
        "300.0",
        "leverage",
        "2.0",
        "stop_loss",
        "1.0",
        "take_profit",
        "2.0",
        "regime",
        "TREND",
        "intent_type",
        "AUTONOMOUS_ENTRY",
        "action",
        "BUY",
        "reduceOnly",
        "false");
  }

  /** What the engine sends in its envelope: entry contract, 3 and W3. */
  static SentIntent engine(long atMs, int sequence, String symbol, double price) {
    return SentIntent.wrapped(
        atMs,
        sequence,
        String.format(
            Locale.ROOT,
            "{\"symbol\": \"%s\", \"side\": \"BUY\", \"position_size_usd\": 600.0,"
                + " \"leverage\": 2, \"entry_price\": %.6f, \"stop_loss\": %.6f,"
                + " \"take_profit\": %.6f, \"confidence\": 0.8123}",
            symbol,
            price,
            price * 0.99,
            price * 1.05));
  }
}
