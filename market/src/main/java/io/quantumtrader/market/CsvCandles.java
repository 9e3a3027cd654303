package io.quantumtrader.market;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Rows of CSV with commas: under a header, in whatever order its columns are, or the twelve columns
 * of a published kline archive without one.
 */
final class CsvCandles {

  // Without quotes to the CSV reader: no line can swallow the next.
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setQuote(null).setIgnoreEmptyLines(true).get();

  private static final Pattern NUMBER = Pattern.compile("[+-]?[\\d.]+([eE][+-]?\\d+)?|");

  /** Fewest separators of one kind in a row of a candle. */
  private static final int FEWEST = 5;

  /** Separators that are none here, with what a person calls them and how tr names them. */
  private static final Map<Character, List<String>> OTHER_SEPARATORS =
      Map.of(
          ';', List.of("semicolons", ";"),
          '\t', List.of("tabs", "\\t"),
          '|', List.of("vertical bars", "|"),
          ' ', List.of("blanks", " "));

  private final CandleSource source;
  private final CandleRows rows;
  private final CandleRowParser parser;
  private CandleLayout layout;
  private List<String> header = List.of();

  private CsvCandles(CandleSource source, CandleRows rows) {
    this.source = source;
    this.rows = rows;
    this.parser = CandleRowParser.ofCsv(source);
  }

  /**
   * Reads a source to its end.
   *
   * @param progress hears the line that was reached
   */
  static void read(CandleSource source, InputStream bytes, CandleRows rows, LineReached progress)
      throws IOException {
    CsvCandles candles = new CsvCandles(source, rows);
    try (Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8);
        CSVParser lines = CSVParser.parse(reader, FORMAT)) {
      for (CSVRecord line : lines) {
        long number = lines.getCurrentLineNumber();
        progress.at(number);
        candles.take(line.toList(), number);
      }
    }
  }

  private void take(List<String> line, long number) {
    if (layout != null) {
      row(line, number);
      return;
    }
    List<String> first = line.stream().map(CandleRowParser::unquoted).toList();
    if (first.getFirst().startsWith("#")) {
      return;
    }
    refuseOtherSeparator(String.join(",", line), number);
    boolean data = first.stream().allMatch(value -> NUMBER.matcher(value).matches());
    layout = data ? klines(trimmed(first), number) : named(trimmed(first), number);
    if (!layout.hasSymbol() && source.name().symbol().isEmpty()) {
      throw withoutSymbol();
    }
    if (data) {
      row(line, number);
    } else {
      header = line;
    }
  }

  private void row(List<String> line, long number) {
    // Archives that were put together have their header more than once.
    if (line.equals(header)) {
      return;
    }
    try {
      rows.add(parser.parse(layout, line, source.name().symbol().orElse(""), number));
    } catch (MalformedValue e) {
      rows.reject(source, number, e);
    }
  }

  private CandleLayout klines(List<String> first, long number) {
    if (first.size() != CandleLayout.KLINE_COLUMNS) {
      throw new CandleFileException(
          "%s line %d: %d values without a header, expected %s, or the %d columns of a kline archive; add a line that names them"
              .formatted(
                  source.shown(),
                  number,
                  first.size(),
                  CandleLayout.HEADER,
                  CandleLayout.KLINE_COLUMNS));
    }
    return CandleLayout.klines(first.size());
  }

  private CandleLayout named(List<String> first, long number) {
    try {
      return CandleLayout.named(first);
    } catch (IllegalArgumentException e) {
      boolean looksLikeData = !first.getFirst().isEmpty() && isNumber(first.getFirst());
      throw new CandleFileException(
          source.shown()
              + " line "
              + number
              + ": "
              + e.getMessage()
              + (looksLikeData ? "; this line looks like data without a header" : ""),
          e);
    }
  }

  private CandleFileException withoutSymbol() {
    return new CandleFileException(
        source.shown()
            + " has no column symbol, and its name does not say it: name it as archives are,"
            + " BTCUSDT-1m-2025-11-19.csv, add the column, or give --symbol BTCUSDT");
  }

  private static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private static List<String> trimmed(List<String> line) {
    List<String> trimmed = new ArrayList<>(line);
    while (trimmed.size() > 1 && trimmed.getLast().isEmpty()) {
      trimmed.removeLast();
    }
    return trimmed;
  }

  // Where values are separated otherwise, a comma is a decimal comma.
  private void refuseOtherSeparator(String line, long number) {
    long commas = line.chars().filter(each -> each == ',').count();
    OTHER_SEPARATORS.forEach(
        (separator, names) -> {
          long count = line.strip().chars().filter(each -> each == separator).count();
          if (count >= FEWEST && (separator != ' ' || commas == 0)) {
            String command =
                separator == ' ' ? "tr -s ' ' ','" : "tr ',%s' '.,'".formatted(names.getLast());
            throw new CandleFileException(
                "%s line %d: its values are separated by %s, expected commas; convert it: %s"
                    .formatted(source.shown(), number, names.getFirst(), source.through(command)));
          }
        });
  }

  /** Hears how far a reader is, for the message where a file breaks off. */
  interface LineReached {
    /** Called before each line is read further. */
    void at(long line);
  }
}
