package io.quantumtrader.market.live;

import io.quantumtrader.binance.MarkPrice;
import io.quantumtrader.schemas.avro.Candle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Streams that say what a test has them say. */
final class FakeStreams implements StreamedMarket {

  private final List<String> gaps = new ArrayList<>();
  private final List<Candle> candles = new ArrayList<>();
  private final List<MarkPrice> marks = new ArrayList<>();
  private final Set<String> followed = new TreeSet<>();
  private boolean up = true;
  private boolean closed;

  void say(Candle candle) {
    candles.add(candle);
  }

  void say(MarkPrice mark) {
    marks.add(mark);
  }

  void up(boolean isUp) {
    up = isUp;
  }

  /** Symbols whose gaps were filled, as often as they were. */
  List<String> gaps() {
    return gaps;
  }

  @Override
  public void gapFilled(String symbol) {
    gaps.add(symbol);
  }

  boolean isClosed() {
    return closed;
  }

  Set<String> followed() {
    return followed;
  }

  @Override
  public void follow(Set<String> symbols) {
    followed.addAll(symbols);
  }

  @Override
  public boolean isUp(String symbol) {
    return up;
  }

  @Override
  public List<Candle> takeCandles() {
    List<Candle> taken = List.copyOf(candles);
    candles.clear();
    return taken;
  }

  @Override
  public Collection<MarkPrice> takeMarks() {
    List<MarkPrice> taken = List.copyOf(marks);
    marks.clear();
    return taken;
  }

  @Override
  public void close() {
    closed = true;
  }
}
