package io.quantumtrader.app.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.control.PipelineClock;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PolicyScheduleState;
import io.quantumtrader.schemas.avro.TradesOf;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.topology.decision.schedule.ScheduleConditions;
import io.quantumtrader.topology.decision.schedule.Unmet;
import java.util.Comparator;
import java.util.List;

/** Scheduling one change, from what is read first to what is said of it. */
final class ScheduleSession {

  private final PolicyDesk desk;
  private final PolicySession session;

  /**
   * Reads what holds.
   *
   * @param key default or account
   * @throws org.apache.kafka.common.KafkaException if it cannot be read
   */
  ScheduleSession(PolicyDesk desk, String key) {
    this.desk = desk;
    this.session = PolicySession.begin(desk, key);
  }

  /**
   * Schedules a change, unless it breaks a rule today. That it would put an account beyond a limit
   * today is said, and judged when it is due.
   *
   * @return the exit code
   * @throws org.apache.kafka.common.KafkaException if something cannot be read or written
   */
  int schedule(PolicyChange change, ScheduleOptions when, PolicyChangeOptions options) {
    session.expect(options.expected());
    PolicyChange.Outcome outcome = change.on(session.held().policy());
    if (!outcome.violations().isEmpty()) {
      return desk.wrong(outcome.violations());
    }
    AccountStates states = AccountStates.read(session.pipeline());
    List<AccountExceeded> exceeded =
        states.exceededBy(session.before(), session.key(), outcome.policy());
    List<ScheduleConditions.Subject> subjects =
        ScheduleVerdict.subjects(session.key(), session.before(), states);
    long nowMs = nowMs();
    PolicySchedule.Builder wanted =
        draft(session.key(), change, subjects, nowMs)
            .setReason(options.reason())
            .setScheduledBy(desk.operator())
            .setEvenIfExceeded(options.evenIfExceeded());
    when.putInto(wanted, nowMs);
    sayExceeded(exceeded, options.evenIfExceeded());
    PolicySchedule schedule = new ScheduleChanges(session.topic()).add(wanted, desk.nowMs());
    say(schedule, ScheduleConditions.unmet(schedule, subjects, nowMs), exceeded);
    return 0;
  }

  /**
   * Returns a change that is to wait, without its conditions: who, why and when come on top.
   *
   * @param subjects the accounts that it applies to
   * @param nowMs the pipeline's clock, epoch milliseconds UTC
   */
  static PolicySchedule.Builder draft(
      String key, PolicyChange change, List<ScheduleConditions.Subject> subjects, long nowMs) {
    return PolicySchedule.newBuilder()
        .setScheduleId("")
        .setState(PolicyScheduleState.WAITING)
        .setName(key)
        .setChanges(change.words())
        .setCreatedAtMs(nowMs)
        .setTradesBefore(
            subjects.stream()
                .map(ScheduleConditions.Subject::state)
                .map(state -> new TradesOf(state.getAccount(), state.getTradeCount()))
                .sorted(Comparator.comparing(TradesOf::getAccount))
                .toList());
  }

  private long nowMs() {
    try (RecordSerdes serdes = session.pipeline().serdes()) {
      return PipelineClock.nowMs(session.pipeline().kafka(), serdes);
    }
  }

  private void sayExceeded(List<AccountExceeded> exceeded, boolean meant) {
    exceeded.forEach(each -> desk.talk(each.text()));
    if (!exceeded.isEmpty()) {
      desk.talk(
          AccountExceeded.count(exceeded)
              + " exceeded by what is so today. "
              + (meant
                  ? "It is applied all the same, as --even-if-exceeded says."
                  : "If it is still so when the change is due, it is refused; give"
                      + " --even-if-exceeded to apply it all the same."));
    }
  }

  private void say(PolicySchedule schedule, List<Unmet> unmet, List<AccountExceeded> exceeded) {
    ObjectNode answer = ScheduleText.json(schedule, unmet);
    answer.set("exceeded", AccountExceeded.json(exceeded));
    desk.print(answer, ScheduleText.lines(schedule, unmet));
    desk.talk(
        "It waits on the pipeline; see ./quantum policy scheduled, or take it back with ./quantum"
            + " policy withdraw "
            + schedule.getScheduleId()
            + " --reason TEXT. It is applied while a console runs: the one of up, or ./quantum"
            + " service console.");
  }
}
