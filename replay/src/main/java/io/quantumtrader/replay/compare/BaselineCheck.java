package io.quantumtrader.replay.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a run still is what its baseline says.
 *
 * @param expected the baseline
 * @param found the run
 * @param changes decisions that differ
 */
public record BaselineCheck(Baseline expected, Baseline found, DecisionChanges changes) {

  /** Compares a run with its baseline. */
  public static BaselineCheck of(Baseline expected, Baseline found) {
    return new BaselineCheck(
        expected, found, DecisionChanges.between(expected.decisions(), found.decisions()));
  }

  /** Returns whether decisions and state are the same. */
  public boolean same() {
    return changes.count() == 0 && expected.stateHash().equals(found.stateHash());
  }

  /** Returns the differences as Markdown, for a comment on a pull request. */
  public List<String> markdown() {
    List<String> lines = new ArrayList<>();
    if (same()) {
      lines.add(
          "**Replay: as the baseline says.** %,d inputs, state hash `%s`."
              .formatted(changes.compared(), shortened(found.stateHash())));
      return lines;
    }
    lines.add(
        "**Replay: %,d of %,d inputs are decided otherwise than the baseline says.** State hash `%s`, was `%s`."
            .formatted(
                changes.count(),
                changes.compared(),
                shortened(found.stateHash()),
                shortened(expected.stateHash())));
    if (!changes.groups().isEmpty()) {
      lines.add("");
      lines.add("| count | baseline | now | first example |");
      lines.add("|---:|---|---|---|");
      changes.groups().forEach(group -> lines.add(row(group)));
      lines.add("");
      lines.add("<details><summary>Examples</summary>");
      lines.add("");
      lines.add("```diff");
      changes.groups().forEach(group -> group.examples().forEach(each -> add(lines, each)));
      lines.add("```");
      lines.add("");
      lines.add("</details>");
    }
    return lines;
  }

  private static String row(DecisionChanges.Group group) {
    DecisionChange first = group.examples().getFirst();
    return "| %,d | %s | %s | %s %s %s |"
        .formatted(
            group.count(),
            code(first.before()),
            code(first.after()),
            Instant.ofEpochMilli(first.atMs()),
            cell(first.symbol()),
            cell(first.cause().id()));
  }

  private static String code(Optional<DecisionNote> note) {
    return note.map(each -> "`" + cell(each.code()) + "`").orElse("nothing");
  }

  /** Ids come from senders: none ends a cell, a row or the code block below. */
  private static String cell(String text) {
    return text.replaceAll("[\\r\\n]+", " ")
        .replace("|", "\\|")
        .replace("`", "'")
        .replace("<", "&lt;");
  }

  private static void add(List<String> lines, DecisionChange change) {
    lines.add(
        "  %s %s %s %s"
            .formatted(
                Instant.ofEpochMilli(change.atMs()),
                change.symbol(),
                change.cause().type(),
                plain(change.cause().id())));
    lines.add("- " + change.before().map(each -> plain(text(each))).orElse("nothing"));
    lines.add("+ " + change.after().map(each -> plain(text(each))).orElse("nothing"));
  }

  private static String text(DecisionNote note) {
    return note.text() + (note.numbers().isEmpty() ? "" : " " + note.numbers());
  }

  private static String plain(String text) {
    return text.replaceAll("[\\r\\n]+", " ").replace("`", "'");
  }

  private static String shortened(String hash) {
    return hash.length() > 16 ? hash.substring(0, 16) : hash;
  }
}
