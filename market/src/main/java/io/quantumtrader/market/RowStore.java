package io.quantumtrader.market;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of candle files. What they are put in order by is in memory, 16 bytes for each; prices
 * and volumes are in {@link SpilledBytes}, so that a month of candles of all symbols needs hardly
 * more memory than a day.
 */
final class RowStore {

  /** What stays in memory of prices and volumes, bytes: a day of a hundred symbols. */
  static final int MOST_IN_MEMORY = 8 * 1024 * 1024;

  /** A row takes no more: source, line, and five numbers of up to 38 digits. */
  private static final int LONGEST_ROW = Integer.BYTES + Long.BYTES + 5 * (2 + 16);

  /** Rows begin at multiples of this, so that an int says where. */
  private static final int ALIGNED = 8;

  private static final int FIRST_ROWS = 1024;
  private static final int WINDOW_BYTES = 64 * 1024;

  private final SpilledBytes bytes;
  private final List<CandleSource> sources = new ArrayList<>();
  private final List<String> symbols = new ArrayList<>();
  private final Map<String, Integer> symbolNumbers = new HashMap<>();
  private final ByteBuffer row = ByteBuffer.allocate(LONGEST_ROW + ALIGNED);
  private long[] openTimes = new long[FIRST_ROWS];
  private int[] symbolOf = new int[FIRST_ROWS];
  private int[] places = new int[FIRST_ROWS];
  private int size;

  /** Creates it, empty. */
  RowStore() {
    this(MOST_IN_MEMORY);
  }

  /**
   * Creates it, empty.
   *
   * @param mostInMemory bytes of prices and volumes that stay in memory, 1 or more
   */
  RowStore(int mostInMemory) {
    bytes = new SpilledBytes(mostInMemory);
  }

  /** Appends a row. */
  void add(CandleRow added) {
    if (size == openTimes.length) {
      int more = size + size / 2;
      openTimes = Arrays.copyOf(openTimes, more);
      symbolOf = Arrays.copyOf(symbolOf, more);
      places = Arrays.copyOf(places, more);
    }
    openTimes[size] = added.openTimeMs();
    symbolOf[size] = symbolNumber(added.symbol());
    places[size] = Math.toIntExact(bytes.size() / ALIGNED);
    row.clear();
    row.putInt(sourceNumber(added.source())).putLong(added.line());
    put(added.open());
    put(added.high());
    put(added.low());
    put(added.close());
    put(added.volume());
    row.position((row.position() + ALIGNED - 1) / ALIGNED * ALIGNED);
    bytes.append(row.array(), row.position());
    size++;
  }

  private int symbolNumber(String symbol) {
    return symbolNumbers.computeIfAbsent(
        symbol,
        added -> {
          symbols.add(added);
          return symbols.size() - 1;
        });
  }

  /** Rows of one source come one after the other. */
  private int sourceNumber(CandleSource source) {
    if (sources.isEmpty() || !sources.getLast().equals(source)) {
      sources.add(source);
    }
    return sources.size() - 1;
  }

  private void put(BigDecimal number) {
    byte[] unscaled = number.unscaledValue().toByteArray();
    row.put((byte) number.scale()).put((byte) unscaled.length).put(unscaled);
  }

  /** Returns how many rows there are. */
  int size() {
    return size;
  }

  /** Returns the sources of rows, in the order they came. */
  List<CandleSource> sources() {
    return List.copyOf(sources);
  }

  /** Returns when the candle of a row opens, epoch milliseconds UTC. */
  long openTimeMs(int index) {
    return openTimes[index];
  }

  /** Returns the symbol of a row. */
  String symbol(int index) {
    return symbols.get(symbolOf[index]);
  }

  /** Returns somebody who reads whole rows; each thread needs its own. */
  Reader reader() {
    return new Reader();
  }

  /** Reads whole rows; fast where they lie one after the other. */
  final class Reader {

    private final byte[] window = new byte[WINDOW_BYTES];
    private long windowFrom;
    private int windowSize;

    /** Returns a row. */
    CandleRow get(int index) {
      long at = (long) places[index] * ALIGNED;
      long end = Math.min(bytes.size(), at + LONGEST_ROW);
      if (at < windowFrom || end > windowFrom + windowSize) {
        windowSize = bytes.read(at, window);
        windowFrom = at;
      }
      ByteBuffer from = ByteBuffer.wrap(window).position((int) (at - windowFrom));
      CandleSource source = sources.get(from.getInt());
      long line = from.getLong();
      return new CandleRow(
          openTimes[index],
          symbol(index),
          number(from),
          number(from),
          number(from),
          number(from),
          number(from),
          source,
          line);
    }

    private static BigDecimal number(ByteBuffer from) {
      int scale = from.get();
      byte[] unscaled = new byte[from.get()];
      from.get(unscaled);
      return unscaled.length <= Long.BYTES
          ? BigDecimal.valueOf(asLong(unscaled), scale)
          : new BigDecimal(new BigInteger(unscaled), scale);
    }

    private static long asLong(byte[] unscaled) {
      long value = unscaled[0];
      for (int i = 1; i < unscaled.length; i++) {
        value = (value << Byte.SIZE) | (unscaled[i] & 0xff);
      }
      return value;
    }
  }
}
