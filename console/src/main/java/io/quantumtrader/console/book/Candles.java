package io.quantumtrader.console.book;

import io.quantumtrader.console.Means;
import io.quantumtrader.schemas.avro.Candle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last candles of each symbol as plain numbers: a market has hundreds of symbols, and a page
 * shows one of them.
 */
public final class Candles {

  private static final int FIELDS = 6;

  private final int kept;
  private final Map<String, Ring> rings = new HashMap<>();

  /** A candle for a chart. */
  public record Bar(
      @Means("when it closed, epoch ms UTC") long closeTimeMs,
      @Means("first price, quote currency") double open,
      @Means("highest price") double high,
      @Means("lowest price") double low,
      @Means("last price") double close,
      @Means("base units") double volume) {}

  private static final class Ring {
    private double[] numbers = new double[16 * FIELDS];
    private int size;
    private int next;

    private void put(Candle candle, int most) {
      long closeMs = candle.getOpenTimeMs() + candle.getIntervalMs();
      if (size > 0 && closeMs < closeAt(last())) {
        return;
      }
      if (size == 0 || closeMs > closeAt(last())) {
        grow(most);
        size = Math.min(size + 1, most);
        next = (next + 1) % (numbers.length / FIELDS);
      }
      int at = last() * FIELDS;
      numbers[at] = closeMs;
      numbers[at + 1] = candle.getOpen().doubleValue();
      numbers[at + 2] = candle.getHigh().doubleValue();
      numbers[at + 3] = candle.getLow().doubleValue();
      numbers[at + 4] = candle.getClose().doubleValue();
      numbers[at + 5] = candle.getVolume().doubleValue();
    }

    private void grow(int most) {
      int places = numbers.length / FIELDS;
      if (size == places && places < most) {
        int more = Math.min(most, places * 2);
        double[] larger = new double[more * FIELDS];
        System.arraycopy(numbers, 0, larger, 0, numbers.length);
        next = size;
        numbers = larger;
      }
    }

    private int last() {
      int places = numbers.length / FIELDS;
      return (next + places - 1) % places;
    }

    private long closeAt(int place) {
      return (long) numbers[place * FIELDS];
    }

    private Bar bar(int back) {
      int places = numbers.length / FIELDS;
      int at = ((next + places - 1 - back) % places) * FIELDS;
      return new Bar(
          (long) numbers[at],
          numbers[at + 1],
          numbers[at + 2],
          numbers[at + 3],
          numbers[at + 4],
          numbers[at + 5]);
    }
  }

  Candles(int kept) {
    this.kept = kept;
  }

  /** Takes a candle; the same one again replaces, an older one is left out. */
  void take(Candle candle) {
    rings.computeIfAbsent(candle.getSymbol(), any -> new Ring()).put(candle, kept);
  }

  /**
   * Returns the last candles of a symbol, the oldest first.
   *
   * @param most how many, 1 or more
   */
  public List<Bar> last(String symbol, int most) {
    Ring ring = rings.get(symbol);
    List<Bar> bars = new ArrayList<>();
    if (ring != null) {
      for (int back = Math.min(ring.size, most) - 1; back >= 0; back--) {
        bars.add(ring.bar(back));
      }
    }
    return List.copyOf(bars);
  }
}
