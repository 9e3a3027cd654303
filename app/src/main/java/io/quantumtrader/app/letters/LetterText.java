package io.quantumtrader.app.letters;

import io.quantumtrader.app.cli.Wrap;
import io.quantumtrader.console.letter.LetterRow;
import io.quantumtrader.console.text.Plain;
import io.quantumtrader.console.text.TextTable;
import io.quantumtrader.console.view.DeadLetterRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Dead letters for people. */
final class LetterText {

  private static final String STACKTRACE = "stacktrace";

  private LetterText() {}

  /** Returns letters as a table. */
  static List<String> table(List<DeadLetterRow> rows, int width) {
    return new TextTable<DeadLetterRow>()
        .words("PLACE", 0, LetterText::place)
        .words("WHEN (UTC)", 3, row -> Plain.dateTime(row.atMs()))
        .words("TOPIC", 1, DeadLetterRow::topic)
        .words("AT", 4, DeadLetterRow::place)
        .words("READER", 2, DeadLetterRow::reader)
        .words("REASON", 0, row -> row.reason().isEmpty() ? "-" : row.reason())
        .words("AGAIN", 0, LetterText::again)
        .lines(rows, width);
  }

  /** Returns the place of the letter itself. */
  static String place(DeadLetterRow row) {
    return row.partition() + ":" + row.offset();
  }

  private static String again(DeadLetterRow row) {
    if (row.replayedAtMs() != null) {
      return "sent by " + row.replayedBy();
    }
    return row.refused().isEmpty() ? "may be" : "no";
  }

  /** Returns a letter with all that it says; stack traces are for JSON. */
  static List<String> letter(LetterRow letter) {
    DeadLetterRow row = letter.letter();
    List<String> lines = new ArrayList<>();
    add(lines, "letter", place(row) + " of " + Plain.dateTime(row.atMs()) + " UTC");
    add(lines, "record", (row.topic().isEmpty() ? "?" : row.topic()) + " " + row.place());
    add(lines, "key", row.key().isEmpty() ? "-" : row.key());
    add(lines, "reader", row.reader());
    add(lines, "reason", row.reason().isEmpty() ? "-" : row.reason());
    add(lines, "message", row.message().lines().findFirst().orElse("-"));
    for (LetterRow.HeaderRow header : letter.headers()) {
      if (!header.name().endsWith(STACKTRACE)) {
        add(lines, "header", header.name() + " = " + header.value());
      }
    }
    add(lines, "value", letter.valueAs().equals("none") ? "none" : letter.valueAs());
    if (!letter.value().isEmpty()) {
      lines.addAll(Wrap.lines(letter.value(), "  ", "  "));
    }
    add(lines, "again", letter.refused().isEmpty() ? "may be sent" : "no: " + letter.refused());
    letter.warnings().forEach(warning -> add(lines, "but", warning));
    return lines;
  }

  private static void add(List<String> lines, String name, String text) {
    lines.addAll(Wrap.lines(String.format(Locale.ROOT, "%-8s %s", name, text), "", "         "));
  }
}
