package io.quantumtrader.app.policy;

import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.topology.decision.schedule.ScheduleConditions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scheduled changes of the policy as they lie on their topic.
 *
 * @param byId each as it was written last
 * @param end offset behind the last record that was read
 */
record ScheduleReading(Map<String, PolicySchedule> byId, long end) {

  ScheduleReading {
    byId = new LinkedHashMap<>(byId);
  }

  /** Returns a change. */
  Optional<PolicySchedule> of(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Returns all changes, those that were scheduled first before the others. */
  List<PolicySchedule> all() {
    return byId.values().stream()
        .sorted(
            Comparator.comparingLong(PolicySchedule::getCreatedAtMs)
                .thenComparing(PolicySchedule::getScheduleId))
        .toList();
  }

  /**
   * Returns the changes that wait, in the order in which they are due.
   *
   * @param key default or account; null for all
   */
  List<PolicySchedule> waiting(String key) {
    return all().stream()
        .filter(ScheduleConditions::waits)
        .filter(each -> key == null || each.getName().equals(key))
        .sorted(Comparator.comparingLong(ScheduleConditions::notBeforeMs))
        .toList();
  }
}
