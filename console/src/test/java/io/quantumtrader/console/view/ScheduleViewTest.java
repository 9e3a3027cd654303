package io.quantumtrader.console.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.quantumtrader.console.health.HealthScore;
import io.quantumtrader.console.health.Outside;
import io.quantumtrader.console.testing.GivenBook;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.testing.TwoAccounts;
import io.quantumtrader.console.text.StatusText;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PolicyScheduleState;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scheduled changes as a book tells them. */
final class ScheduleViewTest {

  private static final long DAY = 24 * 60 * Records.MINUTE;

  private final GivenBook book = TwoAccounts.book();

  private List<ScheduleRow> rows(String account) {
    return book.read(pages -> ScheduleView.rows(pages, new Scope(account, "")));
  }

  @Test
  void shouldListWhatWaitsFirstWithTheNumbersOfNow() {
    List<ScheduleRow> rows = rows("*");

    assertThat(rows)
        .extracting(ScheduleRow::scheduleId)
        .containsExactly("1a000001", "1a000003", "1a000002");
    ScheduleRow waiting = rows.getFirst();
    assertThat(waiting.state()).isEqualTo("WAITING");
    assertThat(waiting.conditions())
        .hasSize(3)
        .contains("after 1000 closed trades", "drawdown at most 50 %");
    assertThat(waiting.waitsFor())
        .containsExactly(
            "the time 2025-11-19T11:00:00Z (now 2025-11-19T10:01:00Z)",
            "1000 closed trades (now 0)",
            "drawdown at most 50 % of alpha (now not known)");
    assertThat(rows.getLast().waitsFor()).isEmpty();
    assertThat(rows.getLast().outcome()).isEqualTo("1 limit of 1 account exceeded.");
    assertThat(rows.get(1).endedBy()).isEqualTo("max");
  }

  @Test
  void shouldListAnAccountsOwnAndThoseOfTheDefault() {
    assertThat(rows(TwoAccounts.BETA))
        .extracting(ScheduleRow::name)
        .containsExactlyInAnyOrder(TwoAccounts.BETA, "default");
    assertThat(rows(TwoAccounts.ALPHA))
        .extracting(ScheduleRow::name)
        .containsExactlyInAnyOrder(TwoAccounts.ALPHA, "default");
  }

  @Test
  void shouldNotApplyTheDefaultToAnAccountWithItsOwnPolicy() {
    // given
    assertThat(subjects("default")).containsExactly(TwoAccounts.ALPHA, TwoAccounts.BETA);

    // when
    book.tell(
        Topic.POLICY, TwoAccounts.BETA, Policy.newBuilder().setName(TwoAccounts.BETA).build());

    // then
    assertThat(subjects("default")).containsExactly(TwoAccounts.ALPHA);
    assertThat(subjects(TwoAccounts.BETA)).containsExactly(TwoAccounts.BETA);
  }

  @Test
  void shouldTellInTheStatusOfWhatWaitsAndWhatWasRefusedADayAgo() {
    // given the refused one ended five minutes before NOW, and the clock is at that plus a day
    book.tell(Topic.CLOCK, "0", Records.clock(Records.NOW - 5 * Records.MINUTE + DAY));
    assertThat(status())
        .contains(
            "  policy of alpha, maxPositions=20: WAITING for 1000 closed trades (now 0), drawdown"
                + " at most 50 % of alpha (now not known)",
            "  policy of default, maxPositions=1: REFUSED 1 limit of 1 account exceeded.")
        .noneMatch(line -> line.contains("policy of beta"));

    // when
    book.tell(Topic.CLOCK, "0", Records.clock(Records.NOW - 5 * Records.MINUTE + DAY + 1));

    // then
    assertThat(status()).noneMatch(line -> line.contains("REFUSED"));
  }

  private List<String> status() {
    return book.read(
        pages ->
            StatusText.block(
                pages,
                Scope.ALL,
                PipelineView.of(pages, List.of(), Records.NOW),
                HealthScore.of(pages, new Outside(List.of(), Map.of()), Records.NOW),
                false,
                200,
                0));
  }

  private List<String> subjects(String name) {
    return book.read(
        pages ->
            ScheduleView.subjects(pages, name).stream()
                .map(each -> each.state().getAccount())
                .toList());
  }

  @Test
  void shouldHoldTheLastStateOfAChange() {
    PolicySchedule waiting =
        book.read(
            pages ->
                ScheduleView.schedules(pages).stream()
                    .filter(each -> each.getScheduleId().equals("1a000001"))
                    .findFirst()
                    .orElseThrow());

    book.tell(
        Topic.POLICY_SCHEDULE,
        "1a000001",
        PolicySchedule.newBuilder(waiting)
            .setState(PolicyScheduleState.APPLIED)
            .setVersion(4)
            .setEndedAtMs(Records.NOW)
            .build());

    assertThat(rows("*"))
        .filteredOn(row -> row.scheduleId().equals("1a000001"))
        .extracting(ScheduleRow::state, ScheduleRow::version)
        .containsExactly(tuple("APPLIED", 4L));
  }
}
