package io.quantumtrader.market;

import io.quantumtrader.schemas.topic.Symbols;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/** Reads the values of one line after the header has said where they stand. */
final class CandleRowParser {

  static final List<String> COLUMNS =
      List.of("open_time_ms", "symbol", "open", "high", "low", "close", "volume");

  /** The end of the year 9999; beyond it a time is a mistake, in microseconds for example. */
  private static final long LATEST_OPEN_TIME_MS = 253_402_300_799_999L;

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int SCALE = 18;
  private static final int INTEGER_DIGITS = 20;
  private static final int LONGEST_NUMBER = 64;
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

  private final Map<String, Integer> positions;
  private final int width;
  // Symbols and prices repeat; one object for each symbol keeps a file of many rows small.
  private final Map<String, String> symbols = new HashMap<>();

  private CandleRowParser(Map<String, Integer> positions, int width) {
    this.positions = positions;
    this.width = width;
  }

  /**
   * Takes the header.
   *
   * @throws IllegalArgumentException naming the columns that are missing or there twice
   */
  static CandleRowParser forHeader(CSVRecord header) {
    Map<String, Integer> positions = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String name = unquoted(header.get(i)).toLowerCase(Locale.ROOT);
      if (COLUMNS.contains(name) && positions.putIfAbsent(name, i) != null) {
        twice.add(name);
      }
    }
    List<String> missing = COLUMNS.stream().filter(name -> !positions.containsKey(name)).toList();
    if (!missing.isEmpty() || !twice.isEmpty()) {
      throw new IllegalArgumentException(
          "the header must be "
              + String.join(",", COLUMNS)
              + (missing.isEmpty() ? "" : "; missing: " + String.join(", ", missing))
              + (twice.isEmpty() ? "" : "; given twice: " + String.join(", ", twice)));
    }
    return new CandleRowParser(positions, header.size());
  }

  /** Reads a line. */
  CandleRow parse(CSVRecord line) throws MalformedValue {
    if (line.size() != width) {
      throw new MalformedValue(
          "", line.size() + " values, expected " + width + " as in the header");
    }
    return new CandleRow(
        time(line),
        symbol(line),
        price(line, "open"),
        price(line, "high"),
        price(line, "low"),
        price(line, "close"),
        volume(line));
  }

  private long time(CSVRecord line) throws MalformedValue {
    String text = text(line, "open_time_ms");
    long time;
    try {
      time = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedValue(
          "open_time_ms", quoted(text) + " is not a whole number of milliseconds since 1970 UTC");
    }
    if (time < 0 || time > LATEST_OPEN_TIME_MS) {
      throw new MalformedValue(
          "open_time_ms",
          text + " is outside 0 to " + LATEST_OPEN_TIME_MS + ", milliseconds since 1970 UTC");
    }
    return time;
  }

  private String symbol(CSVRecord line) throws MalformedValue {
    String text = text(line, "symbol");
    String known = symbols.get(text);
    if (known != null) {
      return known;
    }
    if (!Symbols.isSymbol(text)) {
      throw new MalformedValue("symbol", quoted(text) + " is not a symbol: " + Symbols.RULE);
    }
    symbols.put(text, text);
    return text;
  }

  private BigDecimal price(CSVRecord line, String column) throws MalformedValue {
    BigDecimal price = decimal(line, column);
    if (price.signum() <= 0) {
      throw new MalformedValue(column, text(line, column) + " must be above 0");
    }
    return price;
  }

  private BigDecimal volume(CSVRecord line) throws MalformedValue {
    BigDecimal volume = decimal(line, "volume");
    if (volume.signum() < 0) {
      throw new MalformedValue("volume", text(line, "volume") + " must be 0 or more");
    }
    return volume;
  }

  private BigDecimal decimal(CSVRecord line, String column) throws MalformedValue {
    String text = text(line, column);
    if (text.length() > LONGEST_NUMBER || !DECIMAL.matcher(text).matches()) {
      throw new MalformedValue(column, quoted(text) + " is not a decimal number");
    }
    BigDecimal value = new BigDecimal(text);
    if (value.scale() < 0) {
      value = value.precision() - value.scale() > INTEGER_DIGITS ? value : value.setScale(0);
    }
    if (value.scale() > SCALE || value.precision() - value.scale() > INTEGER_DIGITS) {
      throw new MalformedValue(
          column,
          quoted(text)
              + " has more than "
              + INTEGER_DIGITS
              + " digits before the point or "
              + SCALE
              + " after it");
    }
    return value;
  }

  private String text(CSVRecord line, String column) {
    return unquoted(line.get(positions.get(column)));
  }

  // Quotes are taken off here and not by the CSV reader: a stray one then spoils its own value
  // and not the rest of the file.
  private static String unquoted(String raw) {
    String text = raw.startsWith(BYTE_ORDER_MARK) ? raw.substring(1).strip() : raw.strip();
    boolean inQuotes = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return inQuotes ? text.substring(1, text.length() - 1).strip() : text;
  }

  private static String quoted(String text) {
    return '"' + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + '"';
  }

  /** A value that cannot be used. */
  static final class MalformedValue extends Exception {

    private static final long serialVersionUID = 1L;

    private final String column;

    MalformedValue(String column, String reason) {
      super(reason, null, false, false);
      this.column = column;
    }

    String column() {
      return column;
    }
  }
}
