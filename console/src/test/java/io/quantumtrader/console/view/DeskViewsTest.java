package io.quantumtrader.console.view;

import static io.quantumtrader.console.testing.Records.BTC;
import static io.quantumtrader.console.testing.Records.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.testing.GivenBook;
import io.quantumtrader.console.testing.LeftToOperators;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.testing.TwoAccounts;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What an operator can act on: dead letters, and entries that wait for a person. */
final class DeskViewsTest {

  private final GivenBook two = TwoAccounts.book();

  private <T> List<T> rows(Function<Pages, List<T>> view) {
    return two.read(view);
  }

  @Test
  void shouldTellOfALetterThatItsRecordWasSentAgainAndOfAnotherWhyItIsNot() {
    List<DeadLetterRow> rows = rows(pages -> DeadLetterView.rows(pages, 10));

    assertThat(rows)
        .extracting(DeadLetterRow::reader, DeadLetterRow::replayedBy, DeadLetterRow::replayReason)
        .containsExactly(
            tuple("stages", "", ""),
            tuple("redis-sink", "", ""),
            tuple("stages", "dora", "the schema was missing"));
    assertThat(rows.get(1).refused()).contains("./quantum redis rebuild");
    assertThat(rows.get(2).refused())
        .startsWith("it was sent again at 2025-11-19 10:")
        .endsWith(" UTC by dora, as 1:21: the schema was missing");
    assertThat(rows.get(2).replayedAtMs()).isEqualTo(NOW);
  }

  @Test
  void shouldNotTakeALetterForSentAgainOfWhichThePlaceAloneIsTheSame() {
    // given: the topic was made anew, and another record has the place
    two.tell(
        Topic.DEAD_LETTER,
        0,
        "beta",
        Optional.empty(),
        LeftToOperators.letter("quantum.trade.intent", "1", "12", "b".repeat(64)));

    // then
    assertThat(rows(pages -> DeadLetterView.rows(pages, 1)))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.place()).isEqualTo("1:12");
              assertThat(row.refused()).isEmpty();
              assertThat(row.replayedAtMs()).isNull();
            });
  }

  @Test
  void shouldShowAnEntryThatWaitsWithWhatItRisksAndHowLongIsLeft() {
    // given
    var unused = LeftToOperators.waitingEntries(two);

    // when
    List<ApprovalRow> rows = rows(pages -> ApprovalView.rows(pages, Scope.ALL));

    // then: the one with the least time first; one whose permit has ended is not there
    assertThat(rows)
        .extracting(ApprovalRow::planId, ApprovalRow::account, ApprovalRow::leftMs)
        .containsExactly(
            tuple("00000000000000a2", TwoAccounts.BETA, 20_000L),
            tuple("00000000000000a1", TwoAccounts.ALPHA, 45_000L));
    ApprovalRow first = rows.get(1);
    assertThat(first.ageMs()).isEqualTo(15_000);
    assertThat(first.risk()).isEqualByComparingTo("5");
    assertThat(first.riskOfEquity()).isCloseTo(5.0 / 10_000, offset(1e-5));
    assertThat(rows(pages -> ApprovalView.rows(pages, new Scope(TwoAccounts.BETA, ""))))
        .extracting(ApprovalRow::planId)
        .containsExactly("00000000000000a2");

    // when it is answered
    two.tell(
        Topic.APPLY_RESULT,
        0,
        TwoAccounts.ALPHA,
        Records.result("r-a1", TwoAccounts.ALPHA, BTC)
            .setPlanId("00000000000000a1")
            .setOutcome(ResultOutcome.SUBMITTING)
            .build());

    // then it waits no more
    assertThat(rows(pages -> ApprovalView.rows(pages, Scope.ALL)))
        .extracting(ApprovalRow::planId)
        .containsExactly("00000000000000a2");
  }
}
