package io.quantumtrader.console.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.quantumtrader.console.testing.GivenBook;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.testing.TwoAccounts;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PolicyScheduleState;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scheduled changes as a book tells them. */
final class ScheduleViewTest {

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
