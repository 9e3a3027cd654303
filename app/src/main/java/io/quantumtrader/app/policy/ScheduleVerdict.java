package io.quantumtrader.app.policy;

import io.quantumtrader.app.policy.PolicyHistory.Holding;
import io.quantumtrader.app.policy.PolicyHistory.Source;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.policy.PolicyRules.Violation;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.decision.schedule.ScheduleConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of a scheduled change that is due: a function of what holds and what is open. */
sealed interface ScheduleVerdict {

  /** Most characters of why one is refused: a hundred accounts need not all be named. */
  int MOST_WORDS = 4_000;

  /**
   * It is applied.
   *
   * @param policy the policy that comes of it, to be written
   */
  record Apply(Policy policy) implements ScheduleVerdict {}

  /**
   * What it wants holds already; nothing is to be written of the policy.
   *
   * @param version version of the record that says so
   */
  record Holds(long version) implements ScheduleVerdict {}

  /**
   * It is refused.
   *
   * @param why with the numbers
   */
  record Refuse(String why) implements ScheduleVerdict {}

  /**
   * Decides. The named thresholds are set on top of the policy that holds now.
   *
   * @param schedule a change that is due
   * @param history the records of the policy
   * @param states what the accounts have open and have lost
   * @param nowMs the pipeline's clock, epoch milliseconds UTC
   */
  static ScheduleVerdict of(
      PolicySchedule schedule, PolicyHistory history, AccountStates states, long nowMs) {
    String key = schedule.getName();
    if (!isKey(key)) {
      return new Refuse("'" + key + "' is neither default nor an account's name.");
    }
    Holding held = history.holding(key);
    PolicyChange.Outcome outcome = PolicyChange.of(schedule.getChanges()).on(held.policy());
    if (!outcome.violations().isEmpty()) {
      return new Refuse(
          outcome.violations().stream().map(Violation::text).collect(Collectors.joining("; ")));
    }
    if (held.source() != Source.BUILTIN
        && PolicyChange.differences(held.policy(), outcome.policy()).isEmpty()) {
      return new Holds(held.policy().getVersion());
    }
    List<AccountExceeded> exceeded = states.exceededBy(history, key, outcome.policy());
    if (!exceeded.isEmpty() && !schedule.getEvenIfExceeded()) {
      return new Refuse(said(exceeded));
    }
    return new Apply(
        Policy.newBuilder(outcome.policy())
            .setName(key)
            .setVersion(history.nextVersion(key))
            .setCreatedAtMs(nowMs)
            .setNote("%s (schedule %s)".formatted(schedule.getReason(), schedule.getScheduleId()))
            .build());
  }

  /**
   * Returns the accounts that a change applies to.
   *
   * @param key default or account
   */
  static List<ScheduleConditions.Subject> subjects(
      String key, PolicyHistory history, AccountStates states) {
    List<ScheduleConditions.Subject> subjects = new ArrayList<>();
    states
        .portfolios()
        .forEach(
            (account, state) -> {
              if (history.appliesTo(key, account)) {
                subjects.add(
                    new ScheduleConditions.Subject(state, history.holding(account).inEffect()));
              }
            });
    return subjects;
  }

  private static boolean isKey(String key) {
    return key.equals(Policies.DEFAULT) || (Accounts.isName(key) && !key.equals(Policies.BUILTIN));
  }

  private static String said(List<AccountExceeded> exceeded) {
    String all =
        AccountExceeded.count(exceeded)
            + " exceeded. "
            + exceeded.stream().map(AccountExceeded::text).collect(Collectors.joining(" "));
    return all.length() <= MOST_WORDS ? all : all.substring(0, MOST_WORDS) + " ...";
  }
}
