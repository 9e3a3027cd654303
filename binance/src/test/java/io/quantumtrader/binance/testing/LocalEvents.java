package io.quantumtrader.binance.testing;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.stream.Collectors;

/** Events of streams, as documented, with the prices that {@link LocalExchange} has over REST. */
public final class LocalEvents {

  private static final long MINUTE_MS = 60_000;
  private static final BigDecimal TICK = new BigDecimal("0.10");

  private LocalEvents() {}

  /** Returns the event of a candle of a minute, closed or under way. */
  public static String candle(String symbol, long openMs, boolean closed) {
    BigDecimal first = LocalExchange.close(symbol, openMs - MINUTE_MS);
    BigDecimal last = LocalExchange.close(symbol, openMs);
    return """
    {"e":"kline","E":%d,"s":"%s","k":{"t":%d,"T":%d,"s":"%s","i":"1m","f":100,"L":200,"o":"%s0",
     "c":"%s0","h":"%s0","l":"%s0","v":"308.420","n":1562,"x":%s,"q":"308420.1","V":"150.1",
     "Q":"1.5","B":"0"}}"""
        .formatted(
            openMs + MINUTE_MS,
            symbol,
            openMs,
            openMs + MINUTE_MS - 1,
            symbol,
            first,
            last,
            first.max(last).add(TICK).setScale(1),
            first.min(last).subtract(TICK).setScale(1),
            closed);
  }

  /** Returns the event of mark prices at a time, of one price for all. */
  public static String marks(Collection<String> symbols, String price, long atMs) {
    return symbols.stream()
        .map(
            symbol ->
                """
                {"e":"markPriceUpdate","E":%d,"s":"%s","p":"%s","i":"1000.1","P":"1000.2",
                 "r":"0.0001","T":%d}"""
                    .formatted(atMs, symbol, price, atMs + 28_800_000))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
