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
          "**Replay: as the baseline says.** %,d inputs, state hash %s."
              .formatted(changes.compared(), code(shortened(found.stateHash()))));
      return lines;
    }
    lines.add(
        "**Replay: %s.** State hash %s, was %s."
            .formatted(
                headline(),
                code(shortened(found.stateHash())),
                code(shortened(expected.stateHash()))));
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

  private String headline() {
    return changes.count() == 0
        ? "%,d inputs are decided as the baseline says, but the state at the end differs"
            .formatted(changes.compared())
        : "%,d of %,d inputs are decided differently from the baseline"
            .formatted(changes.count(), changes.compared());
  }

  private static String row(DecisionChanges.Group group) {
    DecisionChange first = group.examples().getFirst();
    String other = group.codes().other();
    return "| %,d | %s | %s | %s %s %s |"
        .formatted(
            group.count(),
            side(first.before(), other),
            side(first.after(), other),
            Instant.ofEpochMilli(first.atMs()),
            code(first.symbol()),
            code(first.cause().id()));
  }

  /** Where the code is the same, a reader wants to see what is not. */
  private static String side(Optional<DecisionNote> note, String other) {
    return note.map(each -> (code(each.code()) + " " + code(value(each, other))).strip())
        .orElse("nothing");
  }

  private static String value(DecisionNote note, String other) {
    return switch (other) {
      case "stage" -> note.stage();
      case "verdict" -> note.verdict();
      case "quantity" -> note.quantity().isEmpty() ? "no quantity" : note.quantity();
      default -> "";
    };
  }

  /**
   * Returns text as code, in which Markdown has no signs but the one that ends it; a bar would end
   * the cell of a table even there. Ids come from senders, and a baseline from a branch.
   */
  private static String code(String text) {
    String plain = plain(text).replace('|', '\u00a6').strip();
    return plain.isEmpty() ? "" : "`" + plain + "`";
  }

  private static void add(List<String> lines, DecisionChange change) {
    lines.add(
        plain(
            "  %s %s %s %s"
                .formatted(
                    Instant.ofEpochMilli(change.atMs()),
                    change.symbol(),
                    change.cause().type(),
                    change.cause().id())));
    lines.add("- " + change.before().map(each -> plain(text(each))).orElse("nothing"));
    lines.add("+ " + change.after().map(each -> plain(text(each))).orElse("nothing"));
  }

  private static String text(DecisionNote note) {
    return note.text() + (note.numbers().isEmpty() ? "" : " " + note.numbers());
  }

  /** Returns text that ends no line and no block of code. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").replace('`', '\'');
  }

  private static String shortened(String hash) {
    return hash.length() > 16 ? hash.substring(0, 16) : hash;
  }
}
