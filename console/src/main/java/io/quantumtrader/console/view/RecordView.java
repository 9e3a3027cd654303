package io.quantumtrader.console.view;

import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.Policies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records that are shown as they are: the versions of the policy. */
public final class RecordView {

  /** Header of a policy record that says who wrote it, and one that says why it was removed. */
  private static final String SET_BY = "quantum.set.by";

  private static final String REASON = "quantum.reason";

  private RecordView() {}

  /** Returns the versions of the policy, the newest first, each with what it changed. */
  public static List<PolicyRow> policies(Pages pages) {
    Map<String, Policy> before = new HashMap<>();
    List<PolicyRow> rows = new ArrayList<>();
    pages
        .streams()
        .oldestFirst(Topic.POLICY)
        .forEach(
            record -> {
              rows.addFirst(policy(record, before));
              record
                  .as(Policy.class)
                  .ifPresentOrElse(
                      policy -> before.put(record.key(), policy),
                      () -> before.remove(record.key()));
            });
    return rows;
  }

  private static PolicyRow policy(BookRecord record, Map<String, Policy> before) {
    Policy byDefault =
        before.getOrDefault(
            io.quantumtrader.schemas.policy.Policies.DEFAULT, Policies.NONE.policy());
    Policy was = before.getOrDefault(record.key(), byDefault);
    Policy is = record.as(Policy.class).orElse(byDefault);
    return new PolicyRow(
        record.key(),
        record.as(Policy.class).map(Policy::getVersion).orElse(0L),
        record.as(Policy.class).map(Policy::getCreatedAtMs).orElse(record.atMs()),
        record.headers().getOrDefault(SET_BY, ""),
        record
            .as(Policy.class)
            .map(Policy::getNote)
            .orElse(record.headers().getOrDefault(REASON, "")),
        PolicyChange.differences(was, is).stream()
            .map(each -> new PolicyRow.ChangeRow(each.field(), each.before(), each.after()))
            .toList());
  }
}
