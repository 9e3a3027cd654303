package io.quantumtrader.topology.decision.portfolio;

import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.topology.decision.Copies;
import io.quantumtrader.topology.decision.Numbers;
import java.util.Optional;

/**
 * Plans whose final result is late. Time alone ends no reservation, so that it is said once is all
 * that comes of it.
 */
public final class OverduePlans {

  private OverduePlans() {}

  /** Returns the numbers of a report on the plan, or empty where it is in time or was reported. */
  public static Optional<Numbers> report(OpenPlan plan, Policy policy, long nowMs) {
    long ageMs = nowMs - plan.getGrantedAtMs();
    if (plan.getOverdueReported() || ageMs <= policy.getReservationReportMs()) {
      return Optional.empty();
    }
    return Optional.of(
        Numbers.none()
            .and("ageMs", ageMs)
            .and("maximumMs", policy.getReservationReportMs())
            .and("action", plan.getAction().name())
            .and("quantity", plan.getQuantity())
            .and("filled", plan.getFilledQuantity())
            .and("margin", plan.getMargin()));
  }

  /** Returns the plan as one that was reported. */
  public static OpenPlan reported(OpenPlan plan) {
    return Copies.of(plan, OpenPlan.newBuilder()).setOverdueReported(true).build();
  }
}
