package io.quantumtrader.binance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.binance.MarketEvent.ClosedCandle;
import io.quantumtrader.binance.MarketEvent.Marks;
import io.quantumtrader.binance.MarketEvent.Other;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Names, addresses and events of the streams under {@code /market}, as documented for the time
 * since April 2026.
 */
public final class MarketStreamFormat {

  /** Where the streams of the real exchange are. */
  public static final URI DEFAULT_URL = URI.create("wss://fstream.binance.com/market");

  /**
   * Streams of one connection. The documentation allows 1024 on one page and 200 on others; the
   * smaller number always holds.
   */
  public static final int MOST_STREAMS = 200;

  /** The stream of all mark prices, each second. */
  public static final String ALL_MARKS = "!markPrice@arr@1s";

  /** What messages about an event name as the place. */
  private static final String PLACE = "a stream's event";

  private static final String INTERVAL = "1m";

  private MarketStreamFormat() {}

  /** Returns the name of the stream of a symbol's candles, not encoded. */
  public static String candles(String symbol) {
    return symbol.toLowerCase(Locale.ROOT) + "@kline_" + INTERVAL;
  }

  /**
   * Returns the address of streams on one connection.
   *
   * @param base where the streams are, without a slash at its end
   * @param streams names, 1 to {@link #MOST_STREAMS}; those of other scripts are encoded
   */
  public static URI address(URI base, Collection<String> streams) {
    if (streams.isEmpty() || streams.size() > MOST_STREAMS) {
      throw new IllegalArgumentException("1 to %d streams".formatted(MOST_STREAMS));
    }
    List<String> encoded = new ArrayList<>();
    for (String stream : streams) {
      // The exchange's own examples leave these two as they are.
      encoded.add(URLEncoder.encode(stream, UTF_8).replace("%40", "@").replace("%21", "!"));
    }
    return URI.create(base + "/stream?streams=" + String.join("/", encoded));
  }

  /**
   * Reads a message.
   *
   * @throws MarketDataException where it cannot be read; the message names the field
   */
  public static MarketEvent read(String text) {
    Answer whole = Answer.of(PLACE, text);
    Answer data = whole.field("data");
    Answer event = data.isThere() ? data : whole;
    if (event.isList()) {
      return marks(event);
    }
    Answer kind = event.field("e");
    if (kind.isThere() && kind.text().equals("kline")) {
      return candle(event);
    }
    return new Other();
  }

  private static MarketEvent candle(Answer event) {
    Answer k = event.field("k");
    if (!k.field("x").flag() || !k.field("i").text().equals(INTERVAL)) {
      return new Other();
    }
    long openMs = k.field("t").timeMs();
    if (openMs % BinanceMarketData.MINUTE_MS != 0) {
      throw k.field("t").broken("is not a full minute");
    }
    if (k.field("T").timeMs() != openMs + BinanceMarketData.MINUTE_MS - 1) {
      throw k.field("T").broken("is not the end of the minute from " + openMs);
    }
    Answer[] values = {k.field("o"), k.field("h"), k.field("l"), k.field("c"), k.field("v")};
    return new ClosedCandle(BinanceMarketData.candle(k, event.field("s").text(), openMs, values));
  }

  private static MarketEvent marks(Answer list) {
    List<MarkPrice> marks = new ArrayList<>();
    int unreadable = 0;
    for (int i = 0; i < list.items(); i++) {
      Answer each = list.item(i);
      try {
        if (each.field("e").text().equals("markPriceUpdate")) {
          // A contract that does not trade is listed with a price of 0, which is none.
          BigDecimal price = each.field("p").notNegative();
          if (price.signum() > 0) {
            marks.add(new MarkPrice(each.field("s").text(), price, each.field("E").timeMs()));
          }
        }
      } catch (MarketDataException e) {
        unreadable++;
      }
    }
    return new Marks(marks, unreadable);
  }
}
