package io.quantumtrader.market;

/**
 * A line of an input file that could not be used.
 *
 * @param file the file, where there are several; else empty
 * @param line its number in the file, the first is 1
 * @param column the column at fault, or empty where it is the line as a whole
 * @param reason what stands there and what is expected
 */
public record RejectedLine(String file, long line, String column, String reason) {

  /** A line of the only file. */
  public RejectedLine(long line, String column, String reason) {
    this("", line, column, reason);
  }

  /** Returns one line for people: {@code line 7, column high: "x" is not a decimal number ...}. */
  @Override
  public String toString() {
    return (file.isEmpty() ? "" : file + " ")
        + "line "
        + line
        + (column.isEmpty() ? "" : ", column " + column)
        + ": "
        + reason;
  }
}
