package io.quantumtrader.connectors.redis.source;

/**
 * What a key holds.
 *
 * @param value its text; null where it is absent, {@link #NO_STRING} where it holds another type
 * @param ttlMs milliseconds that it still lives, below 0 without expiry
 */
record HeldValue(String value, long ttlMs) {

  /** In place of the value of a key that holds a list, a hash or another type that is no text. */
  static final String NO_STRING = "(not a string)";

  /** Returns the text, empty where the key is absent. */
  String text() {
    return value == null ? "" : value;
  }
}
