package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans that are under way, and permits. */
public final class PlanView {

  private PlanView() {}

  /** Returns plans without a final result, the oldest first. */
  public static List<ReservationRow> reservations(Pages pages, Scope scope) {
    List<ApplyPlan> plans =
        pages.plans().unfinished().stream()
            .filter(plan -> scope.has(plan.getAccount(), plan.getSymbol()))
            .toList();
    Map<String, String> outcomes = new HashMap<>();
    if (!plans.isEmpty()) {
      pages
          .streams()
          .oldestFirst(Topic.APPLY_RESULT)
          .flatMap(record -> record.as(ApplyResult.class).stream())
          .forEach(result -> outcomes.put(result.getPlanId(), result.getOutcome().name()));
    }
    return plans.stream().map(plan -> row(plan, outcomes)).toList();
  }

  private static ReservationRow row(ApplyPlan plan, Map<String, String> outcomes) {
    return new ReservationRow(
        plan.getPlanId(),
        plan.getAccount(),
        plan.getSymbol(),
        plan.getAction().name(),
        plan.getSide().name(),
        plan.getQuantity(),
        plan.getMargin(),
        plan.getNotional(),
        plan.getIntentId(),
        plan.getCreatedAtMs(),
        plan.getPermit().getExpiresAtMs(),
        outcomes.getOrDefault(plan.getPlanId(), ""));
  }

  /**
   * Returns the last permits, the newest first.
   *
   * @param most how many, 1 or more
   */
  public static List<PermitRow> permits(Pages pages, Scope scope, int most) {
    long nowMs = pages.clock().nowMs();
    return pages.streams().newestFirst(Topic.PERMIT, Permit.class).stream()
        .filter(permit -> scope.has(permit.getAccount(), permit.getSymbol()))
        .limit(most)
        .map(
            permit ->
                new PermitRow(
                    permit.getPlanId(),
                    permit.getAccount(),
                    permit.getSymbol(),
                    permit.getKind().name(),
                    permit.getQuantity(),
                    permit.getGrantedAtMs(),
                    permit.getExpiresAtMs(),
                    permit.getExpiresAtMs() >= nowMs))
        .toList();
  }
}
