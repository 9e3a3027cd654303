package io.quantumtrader.schemas.deadletter;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who could do nothing with a record, and wrote its dead letter. */
public enum LetterReader {
  /** A stage: it could not read the record, or not decide about it. */
  STAGES("stages"),
  /** A table of the stages: the record can be no row of it. */
  TABLES("tables"),
  /** The executor. */
  EXECUTOR("executor"),
  /** The agent. */
  AGENT("agent"),
  /** The feed: a line of a file with intents. */
  FEED("feed"),
  /** The Redis source connector: an entry of a Redis stream. */
  REDIS_SOURCE("redis-source"),
  /** The Redis sink connector. */
  REDIS_SINK("redis-sink"),
  /** A letter that does not say it, and that several may have written. */
  UNKNOWN("unknown");

  private final String label;

  LetterReader(String label) {
    this.label = label;
  }

  /** Returns its name in letters and on command lines. */
  public String label() {
    return label;
  }

  /** Returns the one of this name, if there is one. */
  public static Optional<LetterReader> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
  }

  /** Returns all names, for people. */
  public static String labels() {
    return Arrays.stream(values()).map(LetterReader::label).collect(Collectors.joining(", "));
  }
}
