package io.quantumtrader.connectors.redis.format;

/**
 * A value in its final spelling.
 *
 * @param text the spelling
 * @param bare true: stands without quotes in JSON
 */
public record Rendered(String text, boolean bare) {

  /** Returns a spelling that JSON puts in quotes. */
  public static Rendered quoted(String text) {
    return new Rendered(text, false);
  }

  /** Returns a spelling that JSON takes as it is: a number, a truth value, an object, an array. */
  public static Rendered bare(String text) {
    return new Rendered(text, true);
  }
}
