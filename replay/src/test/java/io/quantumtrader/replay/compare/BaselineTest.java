package io.quantumtrader.replay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BaselineTest {

  private static Baseline baseline(String hash, String code) {
    DecisionBook book = new DecisionBook();
    book.add(DecisionChangesTest.decision("a", Verdict.RECORDED, "SCALED", "", 1));
    book.add(DecisionChangesTest.decision("a", Verdict.GRANTED, code, "1.5", 1));
    book.add(DecisionChangesTest.decision("b|`<x>\n", Verdict.DENIED, code, "", 2));
    return new Baseline(hash, book);
  }

  @Test
  void shouldReadWhatItWrote() {
    Baseline read = Baseline.read(baseline("abc", "OK").toJson());

    assertThat(read.stateHash()).isEqualTo("abc");
    assertThat(read.decisions().entries()).isEqualTo(baseline("abc", "OK").decisions().entries());
    assertThat(read.toJson()).isEqualTo(baseline("abc", "OK").toJson());
    assertThat(read.toJson().lines().filter(line -> line.contains("\"id\""))).hasSize(2);
  }

  @Test
  void shouldFindNoDifferenceInTheSame() {
    BaselineCheck check = BaselineCheck.of(baseline("abc", "OK"), baseline("abc", "OK"));

    assertThat(check.same()).isTrue();
    assertThat(check.markdown()).hasSize(1).first().asString().contains("as the baseline says");
  }

  @Test
  void shouldTellAnotherStateEvenWhereDecisionsAreTheSame() {
    BaselineCheck check = BaselineCheck.of(baseline("abc", "OK"), baseline("def", "OK"));

    assertThat(check.same()).isFalse();
    assertThat(check.markdown().getFirst())
        .contains("2 inputs are decided as the baseline says", "state", "`def`, was `abc`");
  }

  @Test
  void shouldShowDifferencesAsATableThatNoIdCanBreak() {
    BaselineCheck check = BaselineCheck.of(baseline("abc", "OK"), baseline("abc", "HEAT"));

    assertThat(check.same()).isFalse();
    assertThat(String.join("\n", check.markdown()))
        .contains("2 of 2 inputs", "| 2 | `OK` | `HEAT` | 1970-01-01T00:00:00.001Z `BTCUSDT` `a` |")
        .contains("- gate GRANTED OK 1.5", "+ gate GRANTED HEAT 1.5");
    assertThat(check.markdown()).noneMatch(line -> line.contains("\n"));
    assertThat(
            BaselineCheck.of(new Baseline("abc", new DecisionBook()), baseline("abc", "OK"))
                .markdown())
        .filteredOn(line -> line.startsWith("| "))
        .allMatch(line -> line.chars().filter(each -> each == '|').count() == 5)
        .anyMatch(line -> line.endsWith(" `b\u00a6'<x>` |"));
  }

  @Test
  void shouldShowWhatDiffersWhereTheCodeIsTheSame() {
    Baseline expected = baseline("abc", "OK");
    DecisionBook book = new DecisionBook();
    book.add(DecisionChangesTest.decision("a", Verdict.RECORDED, "SCALED", "", 1));
    book.add(DecisionChangesTest.decision("a", Verdict.GRANTED, "OK", "2", 1));
    book.add(DecisionChangesTest.decision("b|`<x>\n", Verdict.RECORDED, "OK", "", 2));

    assertThat(BaselineCheck.of(expected, new Baseline("abc", book)).markdown())
        .anyMatch(line -> line.startsWith("| 1 | `OK` `1.5` | `OK` `2` | "))
        .anyMatch(line -> line.startsWith("| 1 | `OK` `DENIED` | `OK` `RECORDED` | "));
  }

  /** A baseline lies on the branch that is checked: whatever is in it stays text. */
  @Test
  void shouldShowASymbolThatIsMarkdownAsText() {
    String evil = "```\n<script>|[x](javascript:y) @all";
    DecisionBook book = new DecisionBook();
    book.put(
        new DecisionCause("main", "INTENT", "id"),
        new DecisionBook.Entry(
            1, evil, List.of(new DecisionNote("gate", "DENIED", "HEAT", "", ""))));

    List<String> lines =
        BaselineCheck.of(new Baseline(evil, book), new Baseline("def", new DecisionBook()))
            .markdown();

    assertThat(lines).noneMatch(line -> line.contains("\n"));
    assertThat(lines).filteredOn(line -> line.startsWith("```")).containsExactly("```diff", "```");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("| 1 "))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.chars().filter(each -> each == '|').count()).isEqualTo(5);
              assertThat(line.replaceAll("`[^`]*`", "")).doesNotContain("<", "[", "@");
            });
    assertThat(lines.getFirst().replaceAll("`[^`]*`", "")).doesNotContain("`", "<", "[");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"version\": 1, \"stateHash\": \"a\", \"decisions\": [",
        "[]",
        "{}",
        "{\"version\": 2, \"stateHash\": \"a\", \"decisions\": []}",
        "{\"version\": 1, \"decisions\": []}",
        "{\"version\": 1, \"stateHash\": \"a\", \"decisions\": [{\"id\": \"x\"}]}",
        "{\"version\": 1, \"stateHash\": \"a\", \"decisions\": [{\"decided\": [[1, 2]]}]}"
      })
  void shouldSayInOneLineWhyATextIsNoBaseline(String text) {
    assertThatThrownBy(() -> Baseline.read(text))
        .isInstanceOf(BaselineException.class)
        .message()
        .isNotBlank()
        .doesNotContain("\n");
  }
}
