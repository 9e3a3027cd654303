package io.quantumtrader.console.why;

import static io.quantumtrader.console.testing.Records.BTC;
import static io.quantumtrader.console.testing.Records.ETH;
import static io.quantumtrader.console.testing.Records.NOW;
import static io.quantumtrader.console.testing.TwoAccounts.ALPHA;
import static io.quantumtrader.console.testing.TwoAccounts.BETA;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.console.testing.GivenBook;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.testing.TwoAccounts;
import io.quantumtrader.console.view.DecisionRow.LookupRow;
import io.quantumtrader.console.why.WhyRow.StepRow;
import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WhyTest {

  private final GivenBook book = TwoAccounts.book();

  private WhyRow why(String id) {
    return book.<Optional<WhyRow>>read(pages -> Why.of(pages, id)).orElseThrow();
  }

  private static List<String> what(WhyRow row) {
    return row.steps().stream().map(StepRow::what).toList();
  }

  @Test
  void shouldTellAnIntentThatWasDenied() {
    WhyRow row = why("i-denied");

    assertThat(row.kind()).isEqualTo("intent");
    assertThat(what(row)).containsExactly("intent", "bridge");
    assertThat(row.steps().getFirst().words())
        .isEqualTo(
            "somebody wants OPEN_LONG ETHUSDT for beta, margin 100, leverage 2: above the range"
                + " of the day");
    StepRow denied = row.steps().getLast();
    assertThat(denied.verdict()).isEqualTo("DENIED");
    assertThat(denied.code()).isEqualTo("TRADING_REDUCING");
    assertThat(denied.policy()).isEqualTo("policy default 1");
    assertThat(denied.sinceMs()).isEqualTo(200);
    assertThat(denied.runbook()).isEqualTo("docs/runbook.md#trading_reducing");
    assertThat(row.summary()).startsWith("Denied by bridge: The trading state is REDUCING");
  }

  /** By the intent, by the plan and by the decision between them one is told the same way. */
  @ParameterizedTest
  @ValueSource(strings = {"i-open", "p-open", "gate:i-open"})
  void shouldTellTheWayFromAnIntentToItsFill(String id) {
    // given: more about it, out of order
    book.tell(
        Topic.APPROVAL,
        ALPHA,
        Approval.newBuilder()
            .setPlanId("p-open")
            .setAccount(ALPHA)
            .setGranted(true)
            .setReason("looks fine")
            .setGivenBy("dora")
            .setAtMs(NOW + 500)
            .build());
    book.tell(
        Topic.APPLY_RESULT,
        ALPHA,
        Records.result("r-submitted", ALPHA, BTC)
            .setPlanId("p-open")
            .setOutcome(ResultOutcome.SUBMITTING)
            .setAtMs(NOW + 600)
            .build());

    // when
    WhyRow row = why(id);

    // then
    assertThat(what(row))
        .containsExactly("intent", "portfolio-gate", "plan", "approval", "result", "result");
    assertThat(row.steps())
        .extracting(StepRow::sinceMs)
        .containsExactly(null, 300L, 100L, 100L, 100L, 400L);
    assertThat(row.steps().get(1).lookups())
        .containsExactly(new LookupRow("quantum.market.state", BTC, 300L));
    assertThat(row.steps().get(3).words()).isEqualTo("approved by dora: looks fine");
    assertThat(row.summary())
        .isEqualTo("6 steps; the last result: BUY 1 BTCUSDT filled at 100, fee 0.1 (final)");
  }

  @Test
  void shouldTellAPositionWithThePlanThatOpenedIt() {
    WhyRow row = why(ALPHA + ":" + BTC + ":1");

    assertThat(row.kind()).isEqualTo("position");
    assertThat(what(row)).containsExactly("intent", "portfolio-gate", "plan", "result", "position");
    assertThat(row.steps().getLast().words())
        .isEqualTo("long 1 BTCUSDT at 100, stop 95, target 140");
  }

  @Test
  void shouldTellTheLastDecisionsOfASymbolInAnyCase() {
    WhyRow row = why("ethusdt");

    assertThat(row.id()).isEqualTo(ETH);
    assertThat(row.kind()).isEqualTo("symbol");
    assertThat(what(row)).containsExactly("bridge", "bridge", "bridge");
    for (int index = 0; index < 40; index++) {
      book.tell(
          Topic.DECISION,
          BETA,
          Records.decision(BETA, "i-more-" + index, "MIN_NOTIONAL")
              .setSymbol(ETH)
              .setAtMs(NOW + 1_000 + index)
              .build());
    }
    assertThat(why(ETH).steps()).hasSize(25);
    assertThat(why(ETH).steps().getLast().atMs()).isEqualTo(NOW + 1_039);
  }

  @Test
  void shouldTellADecisionThatIsAboutNoOrder() {
    // given
    book.tell(
        Topic.DECISION,
        "*",
        Records.decision("*", "console@7", "OPERATOR_TOKEN_WRONG")
            .setDecisionId("console:7")
            .setStage("console")
            .setCauseType(CauseType.CONTROL)
            .setSymbol(null)
            .setSide(null)
            .build());

    // when, then: by its id, and by what it is about
    assertThat(what(why("console:7"))).containsExactly("console");
    assertThat(what(why("console@7"))).containsExactly("console");
    assertThat(why("console:7").kind()).isEqualTo("decision");
  }

  @Test
  void shouldKnowNothingOfWhatWasNeverSent() {
    assertThat(book.<Optional<WhyRow>>read(pages -> Why.of(pages, "nobody"))).isEmpty();
    assertThat(new GivenBook().<Optional<WhyRow>>read(pages -> Why.of(pages, BTC))).isEmpty();
  }

  @Test
  void shouldNameTheIntentThatWasDecidedAboutLast() {
    assertThat(book.<Optional<String>>read(Why::last)).contains("i-hold");
    assertThat(new GivenBook().<Optional<String>>read(Why::last)).isEmpty();
  }
}
