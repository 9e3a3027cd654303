package io.quantumtrader.replay.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.Verdict;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecisionChangesTest {

  static Decision decision(String cause, Verdict verdict, String code, String quantity, long atMs) {
    return Decision.newBuilder()
        .setDecisionId(cause + code)
        .setStage("gate")
        .setVerdict(verdict)
        .setCode(code)
        .setNumbers(List.of(new NumberOf("killScore", "0." + atMs)))
        .setCauseType(CauseType.INTENT)
        .setCauseId(cause)
        .setSymbol("BTCUSDT")
        .setQuantity(quantity.isEmpty() ? null : new BigDecimal(quantity))
        .setAtMs(atMs)
        .build();
  }

  private static DecisionBook book(Decision... decisions) {
    DecisionBook book = new DecisionBook();
    List.of(decisions).forEach(book::add);
    return book;
  }

  @Test
  void shouldFindNothingWhereBothDecideTheSameFromOtherNumbers() {
    DecisionChanges changes =
        DecisionChanges.between(
            book(decision("a", Verdict.DENIED, "CHURN", "", 1)),
            book(decision("a", Verdict.DENIED, "CHURN", "", 2)));

    assertThat(changes.count()).isZero();
    assertThat(changes.compared()).isEqualTo(1);
  }

  @Test
  void shouldGroupByTheCodesOfBothTheMostFrequentFirst() {
    DecisionChanges changes =
        DecisionChanges.between(
            book(
                decision("a", Verdict.DENIED, "CHURN", "", 1),
                decision("b", Verdict.GRANTED, "OK", "1", 2),
                decision("c", Verdict.GRANTED, "OK", "1", 3),
                decision("same", Verdict.GRANTED, "OK", "1.0", 4)),
            book(
                decision("a", Verdict.GRANTED, "OK", "1", 1),
                decision("b", Verdict.DENIED, "HEAT", "", 2),
                decision("c", Verdict.DENIED, "HEAT", "", 3),
                decision("same", Verdict.GRANTED, "OK", "1", 4)));

    assertThat(changes.groups())
        .extracting(group -> group.codes().text() + " " + group.count())
        .containsExactly("OK -> HEAT 2", "CHURN -> OK 1");
    assertThat(changes.groups().getFirst().examples())
        .extracting(change -> change.cause().id())
        .containsExactly("b", "c");
  }

  @Test
  void shouldCountAnotherQuantityAndWhatOnlyOneRunDecided() {
    DecisionChanges changes =
        DecisionChanges.between(
            book(
                decision("a", Verdict.GRANTED, "OK", "1", 1),
                decision("gone", Verdict.GRANTED, "OK", "1", 2)),
            book(
                decision("a", Verdict.GRANTED, "OK", "2", 1),
                decision("new", Verdict.DENIED, "HEAT", "", 3)));

    assertThat(changes.compared()).isEqualTo(3);
    assertThat(changes.groups())
        .extracting(group -> group.codes().text())
        .containsExactlyInAnyOrder("OK, other quantity", "OK -> nothing", "nothing -> HEAT");
  }

  @Test
  void shouldCountAnInputOnceHoweverMuchWasDecidedAboutIt() {
    DecisionChanges changes =
        DecisionChanges.between(
            book(
                decision("a", Verdict.RECORDED, "SCALED", "", 1),
                decision("a", Verdict.GRANTED, "OK", "1", 1)),
            book(decision("a", Verdict.DENIED, "HEAT", "", 1)));

    assertThat(changes.count()).isEqualTo(1);
    assertThat(changes.groups().getFirst().codes()).isEqualTo(new CodeChange("SCALED", "HEAT", ""));
  }

  @Test
  void shouldKeepNoMoreThanAFewExamples() {
    DecisionBook before = new DecisionBook();
    for (int i = 9; i >= 0; i--) {
      before.add(decision("c" + i, Verdict.DENIED, "CHURN", "", i));
    }

    DecisionChanges.Group group =
        DecisionChanges.between(before, new DecisionBook()).groups().getFirst();

    assertThat(group.count()).isEqualTo(10);
    assertThat(group.examples()).extracting(DecisionChange::atMs).containsExactly(0L, 1L, 2L);
  }
}
