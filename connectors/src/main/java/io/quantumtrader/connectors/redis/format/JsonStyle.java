package io.quantumtrader.connectors.redis.format;

import java.util.Locale;
import java.util.Optional;

/** How JSON is laid out. */
public enum JsonStyle {
  /** As {@code json.dumps} writes it: a space after each separator, ASCII only. */
  PYTHON(", ", ": ", true),
  /** No spaces, UTF-8. */
  COMPACT(",", ":", false);

  private final String itemSeparator;
  private final String nameSeparator;
  private final boolean asciiOnly;

  JsonStyle(String itemSeparator, String nameSeparator, boolean asciiOnly) {
    this.itemSeparator = itemSeparator;
    this.nameSeparator = nameSeparator;
    this.asciiOnly = asciiOnly;
  }

  /** Returns what stands between members and between items. */
  public String itemSeparator() {
    return itemSeparator;
  }

  /** Returns what stands between a member's name and its value. */
  public String nameSeparator() {
    return nameSeparator;
  }

  /** Returns whether characters beyond ASCII are written as escapes. */
  public boolean asciiOnly() {
    return asciiOnly;
  }

  /** Returns the style of this name, in lower case as written in a mapping. */
  public static Optional<JsonStyle> named(String name) {
    for (JsonStyle style : values()) {
      if (style.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(style);
      }
    }
    return Optional.empty();
  }
}
