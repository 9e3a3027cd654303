package io.quantumtrader.connectors.redis.mapping;

import java.util.Locale;

/** What an absolute expiry is counted from. */
public enum ExpiryReference {
  /** The record's own time: a replay of last year leaves its keys as long as a live run would. */
  RECORD,
  /** The wall clock: what has expired by now is not written. */
  WALL;

  /** Returns the name as written in the configuration. */
  public String setting() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the reference of this name.
   *
   * @throws IllegalArgumentException if it is neither record nor wall
   */
  public static ExpiryReference ofSetting(String setting) {
    return valueOf(setting.toUpperCase(Locale.ROOT));
  }
}
