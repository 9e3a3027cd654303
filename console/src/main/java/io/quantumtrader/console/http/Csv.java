package io.quantumtrader.console.http;

import io.quantumtrader.console.tap.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Rows as comma-separated values with a heading, for spreadsheets. Lists within a row are JSON. A
 * text that a spreadsheet would take for a formula is quoted by an apostrophe: senders choose it.
 */
public final class Csv {

  private static final String FORMULA = "=+-@\t\r";

  private Csv() {}

  /** Returns the table of these rows, which are of one record type. */
  public static String of(Class<? extends Record> type, Collection<?> rows) {
    RecordComponent[] columns = type.getRecordComponents();
    StringBuilder text = new StringBuilder();
    try (CSVPrinter out = new CSVPrinter(text, CSVFormat.DEFAULT)) {
      out.printRecord(Arrays.stream(columns).map(RecordComponent::getName).toList());
      for (Object row : rows) {
        out.printRecord(cells(columns, row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static List<String> cells(RecordComponent[] columns, Object row) {
    return Arrays.stream(columns).map(column -> cell(value(column, row))).toList();
  }

  private static Object value(RecordComponent column, Object row) {
    try {
      return column.getAccessor().invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + column, e);
    }
  }

  private static String cell(Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> RecordJson.plain(number);
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case Collection<?> list -> Json.text(list);
      case Record record -> Json.text(record);
      default -> harmless(value.toString());
    };
  }

  private static String harmless(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
