package io.quantumtrader.connectors.redis.expression;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Returns the name as it stands in an expression. */
  public String word() {
    return word;
  }

  static Optional<Root> named(String word) {
    return Stream.of(values()).filter(root -> root.word.equals(word)).findFirst();
  }
}
