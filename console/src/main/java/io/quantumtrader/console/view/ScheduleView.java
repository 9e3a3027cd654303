package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PolicyScheduleState;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.schedule.ScheduleConditions;
import io.quantumtrader.topology.decision.schedule.Unmet;
import java.util.Comparator;
import java.util.List;

/** The scheduled changes of the policy, and what each waits for. */
public final class ScheduleView {

  private static final long LATELY_MS = 86_400_000L;

  private static final Comparator<PolicySchedule> NEWEST_FIRST =
      Comparator.comparing((PolicySchedule each) -> !ScheduleConditions.waits(each))
          .thenComparing(Comparator.comparingLong(PolicySchedule::getCreatedAtMs).reversed())
          .thenComparing(PolicySchedule::getScheduleId);

  private ScheduleView() {}

  /**
   * Returns the changes, those that wait before those that are over, the newest first.
   *
   * @param scope an account: its own changes and those of the default policy
   */
  public static List<ScheduleRow> rows(Pages pages, Scope scope) {
    return schedules(pages).stream()
        .filter(each -> each.getName().equals(Policies.DEFAULT) || scope.has(each.getName()))
        .sorted(NEWEST_FIRST)
        .map(each -> row(pages, each))
        .toList();
  }

  /**
   * Returns the changes that somebody who looks now should know of: those that wait, and those that
   * were refused in the last 24 h on the clock.
   */
  public static List<ScheduleRow> current(Pages pages, Scope scope) {
    long since = pages.clock().nowMs() - LATELY_MS;
    return rows(pages, scope).stream()
        .filter(
            row ->
                row.state().equals(PolicyScheduleState.WAITING.name())
                    || (row.state().equals(PolicyScheduleState.REFUSED.name())
                        && row.endedAtMs() != null
                        && row.endedAtMs() >= since))
        .toList();
  }

  /** Returns the changes as they lie on their topic, by id. */
  public static List<PolicySchedule> schedules(Pages pages) {
    return pages.tables().rows(Topic.POLICY_SCHEDULE, PolicySchedule.class);
  }

  /** Returns what a change waits for at the last step of the clock; it is due where nothing is. */
  public static List<Unmet> unmet(Pages pages, PolicySchedule schedule) {
    return ScheduleConditions.unmet(
        schedule, subjects(pages, schedule.getName()), pages.clock().nowMs());
  }

  /**
   * Returns the accounts that a change applies to.
   *
   * @param name default, or an account
   */
  public static List<ScheduleConditions.Subject> subjects(Pages pages, String name) {
    return pages.tables().rows(Topic.PORTFOLIO_STATE, PortfolioState.class).stream()
        .filter(state -> applies(pages, name, state.getAccount()))
        .map(
            state ->
                new ScheduleConditions.Subject(state, pages.policy(state.getAccount()).policy()))
        .toList();
  }

  /** The default is nothing to an account with a record of its own. */
  private static boolean applies(Pages pages, String name, String account) {
    return name.equals(account)
        || (name.equals(Policies.DEFAULT)
            && pages.tables().row(Topic.POLICY, account, Policy.class).isEmpty());
  }

  private static ScheduleRow row(Pages pages, PolicySchedule of) {
    return new ScheduleRow(
        of.getScheduleId(),
        of.getName(),
        of.getChanges(),
        ScheduleConditions.texts(of),
        of.getState().name(),
        ScheduleConditions.waits(of)
            ? unmet(pages, of).stream().map(Unmet::text).toList()
            : List.of(),
        of.getEvenIfExceeded(),
        of.getScheduledBy(),
        of.getReason(),
        of.getCreatedAtMs(),
        of.getEndedAtMs(),
        of.getEndedBy(),
        of.getOutcome(),
        of.getVersion());
  }
}
