package io.quantumtrader.console.book;

import static io.quantumtrader.console.testing.Records.BTC;
import static io.quantumtrader.console.testing.Records.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.console.testing.GivenBook;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.testing.TwoAccounts;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BookTest {

  private final GivenBook book = new GivenBook();

  @Test
  void shouldForgetARowThatWasRemoved() {
    // given
    book.tell(Topic.PORTFOLIO_STATE, "alpha", Records.portfolio("alpha", NOW).build());
    book.tell(Topic.PORTFOLIO_STATE, 1, "beta", Records.portfolio("beta", NOW).build());

    // when
    book.tell(Topic.PORTFOLIO_STATE, "alpha", null);

    // then
    assertThat(
            book.<List<PortfolioState>>read(
                pages -> pages.tables().rows(Topic.PORTFOLIO_STATE, PortfolioState.class)))
        .extracting(PortfolioState::getAccount)
        .containsExactly("beta");
  }

  @Test
  void shouldHaveAnotherVersionAfterEachRecord() {
    long before = book.book().version();

    book.tell(Topic.CLOCK, "0", Records.clock(NOW));

    assertThat(book.book().version()).isNotEqualTo(before);
  }

  @Test
  void shouldHearOnlyStepsThatGoOn() {
    // given
    book.at(1_000).tell(Topic.CLOCK, "0", Records.clock(NOW));

    // when: the other partition is a step behind
    book.at(9_000).tell(Topic.CLOCK, 1, "1", Records.clock(NOW - 1_000));

    // then
    assertThat(book.<Long>read(pages -> pages.clock().nowMs())).isEqualTo(NOW);
    assertThat(book.<Long>read(pages -> pages.clock().heardAtMs())).isEqualTo(1_000);
    assertThat(book.<Long>read(pages -> pages.clock().stepMs())).isEqualTo(1_000);
  }

  @Test
  void shouldKeepTheLastRecordsOfAStreamAndSayHowManyAreGone() {
    Streams streams = new Streams(3);
    for (int each = 0; each < 5; each++) {
      Decision decision = Records.decision("alpha", "i-" + each, "MIN_NOTIONAL").build();
      streams.take(
          new BookRecord(
              Topic.DECISION,
              0,
              each,
              NOW,
              "alpha",
              java.util.Optional.of(decision),
              java.util.Map.of()));
    }

    assertThat(streams.newestFirst(Topic.DECISION, Decision.class))
        .extracting(Decision::getCauseId)
        .containsExactly("i-4", "i-3", "i-2");
    assertThat(streams.oldestFirst(Topic.DECISION).map(BookRecord::offset))
        .containsExactly(2L, 3L, 4L);
    assertThat(streams.dropped(Topic.DECISION)).isEqualTo(2);
    assertThat(streams.newest(Topic.DECISION).offset()).isEqualTo(4);
    assertThat(streams.newest(Topic.PERMIT)).isNull();
  }

  @Test
  void shouldFreeAReservationWhoseResultWasReadBeforeItsPlan() {
    // given: the topics are read independently of each other
    book.tell(
        Topic.APPLY_RESULT,
        "alpha",
        Records.result("r", "alpha", BTC).setPlanId("early").setFinalResult(true).build());

    // when
    book.tell(Topic.APPLY_PLAN, "alpha", Records.plan("early", "alpha", BTC).build());
    book.tell(Topic.APPLY_PLAN, "alpha", Records.plan("open", "alpha", BTC).build());

    // then
    assertThat(book.<List<String>>read(pages -> unfinished(pages))).containsExactly("open");

    // when: one that is not final frees nothing, a final one does
    book.tell(
        Topic.APPLY_RESULT, "alpha", Records.result("s", "alpha", BTC).setPlanId("open").build());
    assertThat(book.<List<String>>read(pages -> unfinished(pages))).containsExactly("open");
    book.tell(
        Topic.APPLY_RESULT,
        "alpha",
        Records.result("t", "alpha", BTC).setPlanId("open").setFinalResult(true).build());
    assertThat(book.<List<String>>read(pages -> unfinished(pages))).isEmpty();
  }

  private static List<String> unfinished(Pages pages) {
    return pages.plans().unfinished().stream().map(plan -> plan.getPlanId()).toList();
  }

  @Test
  void shouldNameEveryAccountThatHasMoneyOrAPlan() {
    GivenBook two = TwoAccounts.book();
    two.tell(Topic.APPLY_PLAN, "gamma", Records.plan("p-gamma", "gamma", BTC).build());

    assertThat(two.<List<String>>read(Pages::accounts)).containsExactly("alpha", "beta", "gamma");
  }
}
