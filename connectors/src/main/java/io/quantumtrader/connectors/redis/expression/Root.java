package io.quantumtrader.connectors.redis.expression;

import java.util.Locale;
import java.util.Optional;

/** Where a path may begin. */
public enum Root {
  KEY,
  VALUE,
  HEADER,
  TOPIC,
  PARTITION,
  OFFSET,
  /** The record's Kafka timestamp, epoch milliseconds. */
  TIMESTAMP;

  /** Returns the name as written in an expression. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Root> named(String word) {
    for (Root root : values()) {
      if (root.word().equals(word)) {
        return Optional.of(root);
      }
    }
    return Optional.empty();
  }
}
