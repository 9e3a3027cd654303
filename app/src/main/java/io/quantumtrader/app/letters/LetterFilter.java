package io.quantumtrader.app.letters;

import io.quantumtrader.console.view.DeadLetterRow;
import io.quantumtrader.schemas.deadletter.LetterReader;
import java.util.List;
import picocli.CommandLine.Option;

/** Which dead letters are meant: of a topic, of a reader. */
final class LetterFilter {

  private static final String PREFIX = "quantum.";

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Only of this topic; quantum. may be left out.")
  private String topic;

  @Option(
      names = "--reader",
      paramLabel = "NAME",
      description =
          "Only what this one could do nothing with: stages, tables, executor, agent, feed,"
              + " redis-source, redis-sink.")
  private String reader;

  /** Refuses a reader that there is not. */
  void check(LetterCommandLine line) {
    if (reader != null && LetterReader.named(reader).isEmpty()) {
      throw line.usage(
          "there is no reader '%s'; give one of %s".formatted(reader, LetterReader.labels()));
    }
  }

  /** Returns whether anything is left out. */
  boolean isGiven() {
    return topic != null || reader != null;
  }

  /** Returns those that are meant, in their order. */
  List<DeadLetterRow> of(List<DeadLetterRow> rows) {
    return rows.stream()
        .filter(
            row -> topic == null || row.topic().equals(topic) || row.topic().equals(PREFIX + topic))
        .filter(row -> reader == null || row.reader().equals(reader))
        .toList();
  }
}
