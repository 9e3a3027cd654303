package io.quantumtrader.market;

/**
 * A line of an input file that could not be read.
 *
 * @param line its number in the file, the first is 1
 * @param column the column at fault, or empty where it is the line as a whole
 * @param reason what stands there and what is expected
 */
public record RejectedLine(long line, String column, String reason) {

  /** Returns one line for people: {@code line 7, column high: "x" is not a decimal number ...}. */
  @Override
  public String toString() {
    return "line " + line + (column.isEmpty() ? "" : ", column " + column) + ": " + reason;
  }
}
