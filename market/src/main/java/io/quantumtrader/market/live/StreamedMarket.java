package io.quantumtrader.market.live;

import io.quantumtrader.binance.MarkPrice;
import io.quantumtrader.binance.StreamNumbers;
import io.quantumtrader.schemas.avro.Candle;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What comes of a market by itself, beside what is asked for. Nothing here waits: what has not come
 * is not there, and whoever needs it asks.
 */
public interface StreamedMarket extends AutoCloseable {

  /** Wants candles of these symbols from now on, beside those that it was told before. */
  void follow(Set<String> symbols);

  /** Returns whether candles of a symbol may be expected to come by themselves. */
  boolean isUp(String symbol);

  /** Takes the closed candles that came since the last time, as they came. */
  List<Candle> takeCandles();

  /** Takes the newest mark price of each symbol that has had one since the last time. */
  Collection<MarkPrice> takeMarks();

  /** Takes it that candles of a symbol which should have come were asked for, and are there. */
  default void gapFilled(String symbol) {}

  /** Returns what its connections have done. */
  default StreamNumbers numbers() {
    return StreamNumbers.NONE;
  }

  /** Ends it, within seconds. */
  @Override
  void close();

  /** Returns a market of which nothing comes by itself. */
  static StreamedMarket none() {
    return new StreamedMarket() {
      @Override
      public void follow(Set<String> symbols) {}

      @Override
      public boolean isUp(String symbol) {
        return false;
      }

      @Override
      public List<Candle> takeCandles() {
        return List.of();
      }

      @Override
      public Collection<MarkPrice> takeMarks() {
        return List.of();
      }

      @Override
      public void close() {}
    };
  }
}
