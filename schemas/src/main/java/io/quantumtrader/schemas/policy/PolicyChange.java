package io.quantumtrader.schemas.policy;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.PolicyRules.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * What an operator wants of a policy, read from texts. What cannot be read is kept beside what can,
 * so that everything that is wrong can be said at once.
 */
public final class PolicyChange {

  private final Map<Schema.Field, Object> values = new LinkedHashMap<>();
  private final List<Violation> unread = new ArrayList<>();

  private PolicyChange() {}

  /**
   * A threshold that differs.
   *
   * @param field name in the schema
   * @param before value as text
   * @param after value as text
   */
  public record Difference(String field, String before, String after) {}

  /**
   * What comes of a change.
   *
   * @param policy the policy with what could be read; not to be written while there are violations
   * @param violations everything that is wrong with it, in all
   */
  public record Outcome(Policy policy, List<Violation> violations) {}

  /** Reads words of the form {@code maxPositions=20} or {@code max_positions=20}. */
  public static PolicyChange of(List<String> assignments) {
    PolicyChange change = new PolicyChange();
    Set<String> keys = new LinkedHashSet<>();
    for (String assignment : assignments) {
      int sign = assignment.indexOf('=');
      if (sign < 1) {
        change.unread.add(
            new Violation(assignment, "'" + assignment + "' is not of the form KEY=VALUE"));
      } else {
        change.take(assignment.substring(0, sign).strip(), assignment.substring(sign + 1), keys);
      }
    }
    return change;
  }

  /** Reads values by key; a list is its items with commas. */
  public static PolicyChange of(Map<String, String> byKey) {
    PolicyChange change = new PolicyChange();
    Set<String> keys = new LinkedHashSet<>();
    byKey.forEach((key, value) -> change.take(key, value, keys));
    return change;
  }

  private void take(String key, String value, Set<String> keys) {
    Schema.Field field = PolicyFields.named(key).orElse(null);
    if (field == null) {
      unread.add(unknown(key));
    } else if (!keys.add(field.name())) {
      unread.add(new Violation(field.name(), field.name() + " is given twice"));
    } else {
      try {
        values.put(field, PolicyFields.parse(field.schema(), value));
      } catch (IllegalArgumentException e) {
        unread.add(PolicyRules.violation(field, "'" + value + "'", e.getMessage()));
      }
    }
  }

  private static Violation unknown(String key) {
    return PolicyFields.isWritten(key)
        ? new Violation(key, key + " is written with each version and cannot be set")
        : new Violation(
            key,
            "the policy has no field '%s'; the nearest is %s"
                .formatted(key, PolicyFields.nearest(key)));
  }

  /** Returns what could be read as words of the form FIELD=VALUE, in the order it was given. */
  public List<String> words() {
    return values.entrySet().stream()
        .map(each -> each.getKey().name() + "=" + PolicyFields.text(each.getValue()))
        .toList();
  }

  /** Returns what comes of the change on top of a policy. */
  public Outcome on(Policy base) {
    Policy changed = Policy.newBuilder(base).build();
    values.forEach((field, value) -> changed.put(field.pos(), value));
    List<Violation> violations = new ArrayList<>(unread);
    violations.addAll(PolicyRules.violations(changed));
    return new Outcome(changed, List.copyOf(violations));
  }

  /** Returns which thresholds differ, in the schema's order. */
  public static List<Difference> differences(Policy before, Policy after) {
    return PolicyFields.all().stream()
        .filter(field -> !Objects.equals(before.get(field.pos()), after.get(field.pos())))
        .map(
            field ->
                new Difference(
                    field.name(),
                    PolicyFields.text(before.get(field.pos())),
                    PolicyFields.text(after.get(field.pos()))))
        .toList();
  }
}
