package io.quantumtrader.replay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.Verdict;
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
    assertThat(check.markdown().getFirst()).contains("0 of 2", "`def`, was `abc`");
  }

  @Test
  void shouldShowDifferencesAsATableThatNoIdCanBreak() {
    BaselineCheck check = BaselineCheck.of(baseline("abc", "OK"), baseline("abc", "HEAT"));

    assertThat(check.same()).isFalse();
    assertThat(String.join("\n", check.markdown()))
        .contains("2 of 2 inputs", "| 2 | `OK` | `HEAT` | 1970-01-01T00:00:00.001Z BTCUSDT a |")
        .contains("- gate GRANTED OK 1.5", "+ gate GRANTED HEAT 1.5");
    assertThat(check.markdown()).noneMatch(line -> line.contains("\n"));
    assertThat(
            BaselineCheck.of(new Baseline("abc", new DecisionBook()), baseline("abc", "OK"))
                .markdown())
        .filteredOn(line -> line.startsWith("| "))
        .allMatch(line -> line.replace("\\|", "").chars().filter(each -> each == '|').count() == 5)
        .noneMatch(line -> line.contains("<x>"));
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
