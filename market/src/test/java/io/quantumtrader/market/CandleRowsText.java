package io.quantumtrader.market;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Texts of candle files for tests: thirty minutes of one market, in every form it is handed on. */
final class CandleRowsText {

  static final long BEGIN_MS = 1_763_510_400_000L;
  static final long MINUTE = 60_000;
  static final int ROWS = 30;

  static final String OWN_HEADER = "open_time_ms,symbol,open,high,low,close,volume";
  static final String KLINE_HEADER =
      "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,"
          + "taker_buy_quote_volume,ignore";

  private CandleRowsText() {}

  /** Returns a line for each minute. */
  static String lines(LongFunction<String> row) {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    LongStream.range(0, ROWS)
        .map(minute -> BEGIN_MS + minute * MINUTE)
        .forEach(openMs -> lines.add(row.apply(openMs)));
    return lines.toString();
  }

  /** Returns a row of the project's own form. */
  static String own(long openMs, String symbol) {
    return openMs + "," + symbol + "," + prices(openMs, ",");
  }

  /** Returns a row of a kline archive whose times are in milliseconds times {@code perMs}. */
  static String kline(long openMs, int perMs) {
    return "%d,%s,%d,1499673.15978,100,8.217,749836.57989,0"
        .formatted(openMs * perMs, prices(openMs, ","), (openMs + MINUTE) * perMs - 1);
  }

  /** Returns open, high, low, close and volume, the open telling the minute. */
  static String prices(long openMs, String separator) {
    return String.join(
        separator,
        String.format(Locale.ROOT, "%.2f", 91_000 + (openMs - BEGIN_MS) / (double) MINUTE),
        "91337.26",
        "90996.38",
        "91257.89",
        "16.433");
  }
}
