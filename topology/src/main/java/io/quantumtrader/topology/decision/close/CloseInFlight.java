package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.heat.HeatGate;
import java.util.Collection;
import java.util.Optional;

/**
 * The one meaning of "a close is in flight", for intents, proposals, operators' orders and the
 * liquidation guard: a plan of the position without its final result, an entry apart. A stop that
 * is being moved keeps back only what harvest proposes beside it; what protects, and what somebody
 * asked for, does not wait for it.
 */
final class CloseInFlight {

  private CloseInFlight() {}

  /**
   * Returns the plan that keeps an exit back.
   *
   * @param openPlans plans of the account without a final result
   * @param trigger what leads to the exit
   */
  static Optional<OpenPlan> holdingBack(
      Collection<OpenPlan> openPlans, String positionId, ExitTrigger trigger) {
    boolean waitsForStops = !HeatGate.isProtective(trigger) && trigger != ExitTrigger.INTENT;
    for (OpenPlan plan : openPlans) {
      boolean closes =
          plan.getAction() != PlanAction.ENTRY
              && (waitsForStops || plan.getAction() != PlanAction.UPDATE_SL);
      if (closes && plan.getPositionId().equals(positionId)) {
        return Optional.of(plan);
      }
    }
    return Optional.empty();
  }

  /** Returns the denial of an exit that a plan keeps back. */
  static Finding denial(OpenPlan other, long nowMs) {
    return new Finding(
        ReasonCode.EXIT_IN_FLIGHT,
        Numbers.none()
            .and("planInFlight", other.getPlanId())
            .and("grantedMsAgo", nowMs - other.getGrantedAtMs()));
  }
}
