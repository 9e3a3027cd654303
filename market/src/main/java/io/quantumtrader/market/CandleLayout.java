package io.quantumtrader.market;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the values of a row stand. Names of columns count without case, blanks and underscores. */
final class CandleLayout {

  /** What a candle is made of, with the names that files give it, the best first. */
  enum Column {
    OPEN_TIME("open_time_ms", "open_time", "timestamp_ms", "timestamp", "date", "t"),
    SYMBOL("symbol", "pair", "s"),
    OPEN("open", "o"),
    HIGH("high", "h"),
    LOW("low", "l"),
    CLOSE("close", "c"),
    VOLUME("volume", "vol", "v");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> names;

    Column(String... names) {
      this.names = List.of(names);
    }
  }

  /** The header of the project's own files. */
  static final String HEADER = "open_time_ms,symbol,open,high,low,close,volume";

  /** How many columns the rows of a published kline archive have. */
  static final int KLINE_COLUMNS = 12;

  private final Map<Column, Integer> positions = new EnumMap<>(Column.class);
  private final Map<Column, String> labels = new EnumMap<>(Column.class);
  private final int width;
  private final boolean widthIsLeast;

  private CandleLayout(int width, boolean widthIsLeast) {
    this.width = width;
    this.widthIsLeast = widthIsLeast;
    for (Column column : Column.values()) {
      labels.put(column, column.names.getFirst());
    }
  }

  /**
   * Returns the layout that a header, or the names in an object, give.
   *
   * @throws IllegalArgumentException naming the columns that are missing or there twice
   */
  static CandleLayout named(List<String> header) {
    CandleLayout layout = new CandleLayout(header.size(), false);
    List<String> plain = header.stream().map(CandleLayout::plain).toList();
    List<String> missing = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    for (Column column : Column.values()) {
      Optional<String> name =
          column.names.stream().filter(each -> plain.contains(plain(each))).findFirst();
      if (name.isEmpty()) {
        missing.add(column.names.getFirst());
        continue;
      }
      int at = plain.indexOf(plain(name.get()));
      if (plain.lastIndexOf(plain(name.get())) != at) {
        twice.add(name.get());
      }
      layout.positions.put(column, at);
      layout.labels.put(column, name.get());
    }
    boolean onlySymbol = missing.equals(List.of(Column.SYMBOL.names.getFirst()));
    if ((!missing.isEmpty() && !onlySymbol) || !twice.isEmpty()) {
      throw new IllegalArgumentException(
          "the header must be "
              + HEADER
              + (missing.isEmpty() ? "" : "; missing: " + String.join(", ", missing))
              + (twice.isEmpty() ? "" : "; given twice: " + String.join(", ", twice)));
    }
    return layout;
  }

  /** Returns the layout of klines as they are published: time, open, high, low, close, volume. */
  static CandleLayout klines(int width) {
    return klines(width, false);
  }

  /** Returns the layout of klines in lists, which may have more values behind. */
  static CandleLayout lists() {
    return klines(6, true);
  }

  private static CandleLayout klines(int width, boolean widthIsLeast) {
    CandleLayout layout = new CandleLayout(width, widthIsLeast);
    int next = 0;
    for (Column column : Column.values()) {
      if (column != Column.SYMBOL) {
        layout.positions.put(column, next++);
      }
    }
    layout.labels.put(Column.OPEN_TIME, "open_time");
    return layout;
  }

  /** Returns whether rows say their symbol. */
  boolean hasSymbol() {
    return positions.containsKey(Column.SYMBOL);
  }

  /** Returns whether the header says that times are in milliseconds. */
  boolean saysMilliseconds() {
    return label(Column.OPEN_TIME).endsWith("_ms");
  }

  /** Returns how a column is called in this file. */
  String label(Column column) {
    return labels.get(column);
  }

  /** Returns the value of a column that is there, as it stands. */
  String text(List<String> row, Column column) {
    return row.get(positions.get(column));
  }

  /** Checks that a row has as many values as it should; what is empty at its end does not count. */
  void checkWidth(List<String> row) throws MalformedValue {
    int size = row.size();
    while (size > width && row.get(size - 1).isBlank()) {
      size--;
    }
    if (size != width && !(widthIsLeast && size > width)) {
      throw new MalformedValue(
          "",
          size + " values, expected " + width + (widthIsLeast ? " or more" : " as in the header"));
    }
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
  }
}
