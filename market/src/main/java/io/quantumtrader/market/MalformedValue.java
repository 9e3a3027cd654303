package io.quantumtrader.market;

/** A value of a row that cannot be used. */
final class MalformedValue extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_QUOTE = 40;

  private final String column;

  /**
   * Says what is wrong.
   *
   * @param column the column at fault, or empty where it is the row as a whole
   * @param reason what stands there and what is expected
   */
  MalformedValue(String column, String reason) {
    super(reason, null, false, false);
    this.column = column;
  }

  /** Returns the column at fault, or empty where it is the row as a whole. */
  String column() {
    return column;
  }

  /** Returns a text as messages quote it. */
  static String quoted(String text) {
    return '"'
        + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text)
        + '"';
  }
}
