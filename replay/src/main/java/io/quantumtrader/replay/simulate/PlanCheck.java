package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** No plan is executed twice or too late, and each has one final result. */
final class PlanCheck implements Watcher, SentOrders {

  private final Verdicts verdicts;
  private final Map<String, ApplyPlan> plans = new HashMap<>();
  private final Map<String, String> byOrder = new HashMap<>();
  private final Map<String, Integer> finals = new HashMap<>();
  private final Map<String, BigDecimal> filled = new HashMap<>();
  private final Set<String> fills = new HashSet<>();

  PlanCheck(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  @Override
  public void plan(ApplyPlan plan) {
    if (plans.put(plan.getPlanId(), plan) != null) {
      verdicts.broken(Promise.EXECUTED_ONCE, "the plan " + plan.getPlanId() + " was made twice");
    }
    byOrder.put(ClientOrderIds.of(plan.getPlanId()), plan.getPlanId());
  }

  @Override
  public void sent(MarketOrder order) {
    ApplyPlan plan = plans.get(byOrder.getOrDefault(order.clientOrderId(), ""));
    if (plan == null) {
      return; // It closes what has no stop, and needs no permit.
    }
    if (order.atMs() >= plan.getPermit().getExpiresAtMs()) {
      verdicts.broken(
          Promise.PERMIT_IN_TIME,
          "the plan %s was sent at %d, its permit ended at %d"
              .formatted(plan.getPlanId(), order.atMs(), plan.getPermit().getExpiresAtMs()));
    }
    if (order.quantity().compareTo(plan.getPermit().getQuantity()) > 0) {
      verdicts.broken(
          Promise.EXECUTED_ONCE,
          "the plan %s was sent for %s, its permit is for %s"
              .formatted(plan.getPlanId(), order.quantity(), plan.getPermit().getQuantity()));
    }
  }

  @Override
  public void result(ApplyResult result, boolean rogue) {
    String planId = result.getPlanId();
    if (rogue || planId.isEmpty() || result.getOrigin() != ResultOrigin.PLAN) {
      return;
    }
    if (result.getFill() != null && fills.add(result.getFill().getFillId())) {
      BigDecimal sum = filled.merge(planId, result.getFill().getQuantity(), BigDecimal::add);
      ApplyPlan plan = plans.get(planId);
      if (plan == null || sum.compareTo(plan.getQuantity()) > 0) {
        verdicts.broken(Promise.EXECUTED_ONCE, "the plan " + planId + " was filled for " + sum);
      }
    }
    if (result.getFinalResult() && finals.merge(planId, 1, Integer::sum) > 1) {
      verdicts.broken(Promise.EXECUTED_ONCE, "a second final result of the plan " + planId);
    }
  }

  /** Holds plans against results, when there is nothing left to do. */
  void end() {
    for (String planId : plans.keySet()) {
      if (finals.getOrDefault(planId, 0) != 1) {
        verdicts.broken(Promise.EXECUTED_ONCE, "no final result of the plan " + plans.get(planId));
      }
    }
  }
}
