package io.quantumtrader.console.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Rows in columns, in as many characters as there are: where they are too few, the columns that
 * matter least go first, and then the last one is cut.
 *
 * @param <T> type of the rows
 */
public final class TextTable<T> {

  private static final String GAP = "  ";

  private final List<Column<T>> columns = new ArrayList<>();

  private record Column<T>(String name, boolean right, int rank, Function<T, String> cell) {}

  /** Creates one without columns. */
  public TextTable() {}

  /**
   * Adds a column of words.
   *
   * @param rank how much it matters: those with the highest number go first, 0 stays
   */
  public TextTable<T> words(String name, int rank, Function<T, String> cell) {
    columns.add(new Column<>(name, false, rank, cell));
    return this;
  }

  /**
   * Adds a column of numbers, which end under each other.
   *
   * @param rank how much it matters: those with the highest number go first, 0 stays
   */
  public TextTable<T> numbers(String name, int rank, Function<T, String> cell) {
    columns.add(new Column<>(name, true, rank, cell));
    return this;
  }

  /**
   * Returns the heading and the rows.
   *
   * @param width characters of a line
   */
  public List<String> lines(List<T> rows, int width) {
    List<Column<T>> shown = new ArrayList<>(columns);
    List<Integer> widths = widths(shown, rows);
    while (sum(widths) > width && shown.stream().anyMatch(column -> column.rank() > 0)) {
      int last = 0;
      for (int index = 1; index < shown.size(); index++) {
        if (shown.get(index).rank() >= shown.get(last).rank()) {
          last = index;
        }
      }
      shown.remove(last);
      widths.remove(last);
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(shown, widths, width, Column::name));
    for (T row : rows) {
      lines.add(line(shown, widths, width, column -> column.cell().apply(row)));
    }
    return lines;
  }

  private static <T> List<Integer> widths(List<Column<T>> columns, List<T> rows) {
    List<Integer> widths = new ArrayList<>();
    for (Column<T> column : columns) {
      int most = column.name().length();
      for (T row : rows) {
        most = Math.max(most, column.cell().apply(row).length());
      }
      widths.add(most);
    }
    return widths;
  }

  private static int sum(List<Integer> widths) {
    return widths.stream().mapToInt(Integer::intValue).sum() + GAP.length() * (widths.size() - 1);
  }

  private static <T> String line(
      List<Column<T>> columns, List<Integer> widths, int width, Function<Column<T>, String> text) {
    StringBuilder line = new StringBuilder();
    for (int index = 0; index < columns.size(); index++) {
      String cell = text.apply(columns.get(index));
      String space = " ".repeat(Math.max(0, widths.get(index) - cell.length()));
      line.append(index == 0 ? "" : GAP);
      line.append(columns.get(index).right() ? space + cell : cell + space);
    }
    String whole = line.toString().stripTrailing();
    return whole.length() <= width ? whole : whole.substring(0, width - 1) + "…";
  }
}
