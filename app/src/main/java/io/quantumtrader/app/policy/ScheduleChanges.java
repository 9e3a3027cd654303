package io.quantumtrader.app.policy;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PolicyScheduleState;
import io.quantumtrader.topology.decision.schedule.ScheduleConditions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of what is scheduled: adding, withdrawing, and applying what is due. Each is one
 * transaction with the transactional id of everybody who changes the policy, so that none of two
 * does the same twice, and none is half done.
 */
final class ScheduleChanges {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleChanges.class);
  private static final int TRIES = 5;
  private static final int ID_LENGTH = 8;

  private final PolicyTopic topic;

  ScheduleChanges(PolicyTopic topic) {
    this.topic = topic;
  }

  /**
   * Adds a change under an id of its own.
   *
   * @param wanted the change; id and state are set here
   * @param nowMs record time, epoch milliseconds UTC
   * @return it as it was written
   * @throws KafkaException if it cannot be written within 15 s
   */
  PolicySchedule add(PolicySchedule.Builder wanted, long nowMs) {
    return trying(
        writer -> {
          PolicySchedule schedule =
              wanted
                  .setScheduleId(freeId(writer.schedules()))
                  .setState(PolicyScheduleState.WAITING)
                  .build();
          writer.write(schedule, nowMs);
          return schedule;
        });
  }

  private static String freeId(ScheduleReading known) {
    String id;
    do {
      id = UUID.randomUUID().toString().substring(0, ID_LENGTH);
    } while (known.of(id).isPresent());
    return id;
  }

  /**
   * Takes back a change that waits.
   *
   * @param nowMs the pipeline's clock, epoch milliseconds UTC
   * @return it as it was written
   * @throws WithdrawRefusedException if there is none of that id, or it does not wait any more
   * @throws KafkaException if it cannot be written within 15 s
   */
  PolicySchedule withdraw(String id, String by, String reason, long nowMs) {
    return trying(
        writer -> {
          PolicySchedule schedule =
              writer
                  .schedules()
                  .of(id)
                  .orElseThrow(
                      () ->
                          new WithdrawRefusedException(
                              "there is no scheduled change '" + id + "'", false));
          if (!ScheduleConditions.waits(schedule)) {
            throw new WithdrawRefusedException(
                "%s does not wait any more: %s".formatted(id, ScheduleText.ended(schedule)), true);
          }
          PolicySchedule withdrawn =
              ended(schedule, PolicyScheduleState.WITHDRAWN, nowMs)
                  .setEndedBy(by)
                  .setOutcome(reason)
                  .build();
          writer.write(withdrawn, nowMs);
          return withdrawn;
        });
  }

  /**
   * Applies or refuses a change, if it is due by what has been written meanwhile, too.
   *
   * @param states what the accounts have open and have lost
   * @param nowMs the pipeline's clock, epoch milliseconds UTC
   * @return whether it is over, by this or already; false where it waits on
   * @throws PolicyRefusedException if somebody else was quicker; nothing was written
   * @throws KafkaException if it cannot be written within 15 s
   */
  boolean settle(String id, AccountStates states, long nowMs) {
    // Looked at before anybody is fenced: of two who see it at once, one is usually too late.
    if (topic.schedules().of(id).filter(ScheduleConditions::waits).isEmpty()) {
      return true;
    }
    try (PolicyWriter writer = topic.begin()) {
      PolicySchedule schedule =
          writer.schedules().of(id).filter(ScheduleConditions::waits).orElse(null);
      if (schedule == null) {
        return true;
      }
      List<ScheduleConditions.Subject> subjects =
          ScheduleVerdict.subjects(schedule.getName(), writer.history(), states);
      if (!ScheduleConditions.unmet(schedule, subjects, nowMs).isEmpty()) {
        return false;
      }
      PolicySchedule ended = prepare(writer, schedule, states, nowMs);
      writer.commit();
      LOG.info("scheduled change of the policy {}: {}", id, ScheduleText.ended(ended));
      return true;
    }
  }

  /** Sends what becomes of a change that is due, to be committed. */
  static PolicySchedule prepare(
      PolicyWriter writer, PolicySchedule schedule, AccountStates states, long nowMs) {
    PolicySchedule ended =
        switch (ScheduleVerdict.of(schedule, writer.history(), states, nowMs)) {
          case ScheduleVerdict.Apply apply -> {
            Policy policy = apply.policy();
            writer.prepare(
                policy.getName(),
                Optional.of(policy),
                schedule.getScheduledBy(),
                policy.getNote(),
                nowMs);
            yield ended(schedule, PolicyScheduleState.APPLIED, nowMs)
                .setVersion(policy.getVersion())
                .build();
          }
          case ScheduleVerdict.Holds holds ->
              ended(schedule, PolicyScheduleState.APPLIED, nowMs)
                  .setVersion(holds.version())
                  .setOutcome("It held already; no version was written.")
                  .build();
          case ScheduleVerdict.Refuse refuse ->
              ended(schedule, PolicyScheduleState.REFUSED, nowMs).setOutcome(refuse.why()).build();
        };
    writer.prepare(ended, nowMs);
    return ended;
  }

  private static PolicySchedule.Builder ended(
      PolicySchedule schedule, PolicyScheduleState state, long nowMs) {
    return PolicySchedule.newBuilder(schedule).setState(state).setEndedAtMs(nowMs);
  }

  /** Adding and withdrawing do not depend on what others write of the policy: they try again. */
  private <T> T trying(Function<PolicyWriter, T> change) {
    for (int tries = 1; ; tries++) {
      try (PolicyWriter writer = topic.begin()) {
        return change.apply(writer);
      } catch (PolicyRefusedException e) {
        if (tries == TRIES) {
          throw new KafkaException("others change the policy all the time: " + e.getMessage(), e);
        }
      }
    }
  }
}
