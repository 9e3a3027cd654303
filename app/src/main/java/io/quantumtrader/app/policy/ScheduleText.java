package io.quantumtrader.app.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.topology.decision.schedule.ScheduleConditions;
import io.quantumtrader.topology.decision.schedule.Unmet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Scheduled changes in words, at most 80 columns wide, and as JSON. */
final class ScheduleText {

  private ScheduleText() {}

  /** Returns what a change is to do and when, in one sentence without a full stop. */
  static String brief(PolicySchedule schedule) {
    return "%s changes %s to %s %s"
        .formatted(
            schedule.getScheduleId(),
            schedule.getName(),
            String.join(", ", schedule.getChanges()),
            conditions(schedule));
  }

  private static String conditions(PolicySchedule schedule) {
    return ScheduleConditions.texts(schedule).stream()
        .map(each -> each.contains(" at most ") ? "with " + each : each)
        .collect(Collectors.joining(", "));
  }

  /** Returns what has become of a change that has ended, without a full stop. */
  static String ended(PolicySchedule schedule) {
    String when =
        schedule.getEndedAtMs() == null ? "" : " at " + PolicyText.time(schedule.getEndedAtMs());
    String version = schedule.getVersion() == 0 ? "" : " as version " + schedule.getVersion();
    return schedule.getState()
        + version
        + when
        + PolicyText.said(schedule.getEndedBy(), schedule.getOutcome());
  }

  /**
   * Returns a change for people.
   *
   * @param unmet what it waits for
   */
  static List<String> lines(PolicySchedule schedule, List<Unmet> unmet) {
    List<String> lines = new ArrayList<>();
    add(
        lines,
        "",
        "%s  %s  %s"
            .formatted(
                schedule.getScheduleId(),
                schedule.getName(),
                String.join(", ", schedule.getChanges())));
    add(
        lines,
        "  ",
        conditions(schedule) + (schedule.getEvenIfExceeded() ? ", whatever is open" : ""));
    add(
        lines,
        "  ",
        "scheduled "
            + PolicyText.time(schedule.getCreatedAtMs())
            + PolicyText.said(schedule.getScheduledBy(), schedule.getReason()));
    if (ScheduleConditions.waits(schedule)) {
      add(lines, "  ", "WAITING" + (unmet.isEmpty() ? ": it is due" : " for " + texts(unmet)));
    } else {
      add(lines, "  ", ended(schedule));
    }
    return lines;
  }

  private static void add(List<String> lines, String begin, String text) {
    lines.addAll(PolicyText.wrap(text, begin, begin + "  "));
  }

  private static String texts(Collection<Unmet> unmet) {
    return unmet.stream().map(Unmet::text).collect(Collectors.joining(", "));
  }

  /** Returns a change as JSON, with what it waits for. */
  static ObjectNode json(PolicySchedule schedule, List<Unmet> unmet) {
    ObjectNode answer = RecordJson.of(schedule);
    ArrayNode waitsFor = answer.putArray("waitsFor");
    unmet.forEach(
        each ->
            waitsFor
                .addObject()
                .put("kind", each.kind().name())
                .put("account", each.account())
                .put("wanted", each.wanted())
                .put("now", each.now()));
    return answer;
  }

  /** Returns changes as JSON, without what they wait for. */
  static ArrayNode json(Collection<PolicySchedule> schedules) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    schedules.forEach(each -> all.add(RecordJson.of(each)));
    return all;
  }
}
