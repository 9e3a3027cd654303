package io.quantumtrader.market;

import io.quantumtrader.market.CandleLayout.Column;
import io.quantumtrader.schemas.topic.Symbols;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the values of one row of a source, once it is known where they stand. */
final class CandleRowParser {

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int SCALE = 18;
  private static final int INTEGER_DIGITS = 20;
  private static final int LONGEST_NUMBER = 64;
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

  private final CandleSource source;
  private final boolean json;
  // Symbols repeat; one object for each keeps a file of many rows small.
  private final Map<String, String> symbols = new HashMap<>();

  private CandleRowParser(CandleSource source, boolean json) {
    this.source = source;
    this.json = json;
  }

  /** Returns a parser for lines of CSV: numbers are what they say. */
  static CandleRowParser ofCsv(CandleSource source) {
    return new CandleRowParser(source, false);
  }

  /**
   * Returns a parser for JSON: its numbers were doubles, so that digits behind the 18th are noise,
   * and its symbols may be written as pairs.
   */
  static CandleRowParser ofJson(CandleSource source) {
    return new CandleRowParser(source, true);
  }

  /**
   * Reads a row.
   *
   * @param symbol what the row is of where it does not say so itself
   * @param line its line in the source, the first is 1
   */
  CandleRow parse(CandleLayout layout, List<String> row, String symbol, long line)
      throws MalformedValue {
    layout.checkWidth(row);
    return new CandleRow(
        CandleTime.read(
            text(layout, row, Column.OPEN_TIME),
            layout.label(Column.OPEN_TIME),
            layout.saysMilliseconds()),
        layout.hasSymbol() ? symbol(layout, row) : symbol,
        price(layout, row, Column.OPEN),
        price(layout, row, Column.HIGH),
        price(layout, row, Column.LOW),
        price(layout, row, Column.CLOSE),
        volume(layout, row),
        source,
        line);
  }

  private String symbol(CandleLayout layout, List<String> row) throws MalformedValue {
    String text = text(layout, row, Column.SYMBOL);
    String known = symbols.get(text);
    if (known != null) {
      return known;
    }
    String symbol = json ? ArchiveName.symbolOf(text).orElse(text) : text;
    if (!Symbols.isSymbol(symbol)) {
      throw new MalformedValue(
          layout.label(Column.SYMBOL),
          MalformedValue.quoted(text) + " is not a symbol: " + Symbols.RULE);
    }
    symbols.put(text, symbol);
    return symbol;
  }

  private BigDecimal price(CandleLayout layout, List<String> row, Column column)
      throws MalformedValue {
    BigDecimal price = decimal(layout, row, column);
    if (price.signum() <= 0) {
      throw new MalformedValue(
          layout.label(column), text(layout, row, column) + " must be above 0");
    }
    return price;
  }

  private BigDecimal volume(CandleLayout layout, List<String> row) throws MalformedValue {
    BigDecimal volume = decimal(layout, row, Column.VOLUME);
    if (volume.signum() < 0) {
      throw new MalformedValue(
          layout.label(Column.VOLUME), text(layout, row, Column.VOLUME) + " must be 0 or more");
    }
    return volume;
  }

  private BigDecimal decimal(CandleLayout layout, List<String> row, Column column)
      throws MalformedValue {
    String text = text(layout, row, column);
    if (text.length() > LONGEST_NUMBER || !DECIMAL.matcher(text).matches()) {
      throw new MalformedValue(
          layout.label(column), MalformedValue.quoted(text) + " is not a decimal number");
    }
    BigDecimal value = new BigDecimal(text);
    if (value.scale() < 0) {
      value = value.precision() - value.scale() > INTEGER_DIGITS ? value : value.setScale(0);
    }
    // An exponent is how a double is written: behind the 18th digit it says nothing.
    boolean fromDouble = json || text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
    if (fromDouble && value.scale() > SCALE) {
      value = value.setScale(SCALE, RoundingMode.HALF_EVEN);
    }
    if (value.scale() > SCALE || value.precision() - value.scale() > INTEGER_DIGITS) {
      throw new MalformedValue(
          layout.label(column),
          MalformedValue.quoted(text)
              + " has more than "
              + INTEGER_DIGITS
              + " digits before the point or "
              + SCALE
              + " after it");
    }
    return value;
  }

  private static String text(CandleLayout layout, List<String> row, Column column) {
    return unquoted(layout.text(row, column));
  }

  /**
   * Returns a value without the quotes around it. They are taken off here and not by the CSV
   * reader: a stray one then spoils its own value and not the rest of the file.
   */
  static String unquoted(String raw) {
    String text = raw.startsWith(BYTE_ORDER_MARK) ? raw.substring(1).strip() : raw.strip();
    for (String quote : List.of("\"", "'")) {
      if (text.length() >= 2 && text.startsWith(quote) && text.endsWith(quote)) {
        return text.substring(1, text.length() - 1).strip();
      }
    }
    return text;
  }
}
