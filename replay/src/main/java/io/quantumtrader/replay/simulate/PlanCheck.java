package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * No plan is executed twice or too late, each has one final result, and the exchange is sent
 * nothing but what a plan asks for, or what closes a position whose stop it refuses.
 */
final class PlanCheck implements Watcher, SentOrders {

  private final Verdicts verdicts;
  private final Map<String, ApplyPlan> plans = new HashMap<>();
  private final Map<String, String> byOrder = new HashMap<>();
  private final Map<String, String> byStop = new HashMap<>();
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
    byStop.put(ClientOrderIds.of(plan.getPlanId(), ProtectiveOrder.Kind.STOP), plan.getPlanId());
  }

  @Override
  public void sent(MarketOrder order) {
    String id = order.clientOrderId();
    ApplyPlan plan = plans.get(byOrder.getOrDefault(id, ""));
    if (plan == null) {
      if (!ClientOrderIds.isUnprotected(id) || !order.reduceOnly()) {
        verdicts.broken(Promise.EXECUTED_ONCE, "no plan asks for the order " + order);
      }
      return;
    }
    inTime(plan, order.atMs());
    boolean asPlanned =
        plan.getAction() != PlanAction.UPDATE_SL
            && order.account().equals(plan.getAccount())
            && order.symbol().equals(plan.getSymbol())
            && order.side() == plan.getSide()
            && order.reduceOnly() == plan.getReduceOnly()
            && order.quantity().compareTo(plan.getPermit().getQuantity()) <= 0;
    if (!asPlanned) {
      verdicts.broken(Promise.EXECUTED_ONCE, "%s is sent for the plan %s".formatted(order, plan));
    }
  }

  /** The first stop of a position follows its fill, however late that is; a move has its time. */
  @Override
  public void sent(ProtectiveOrder order) {
    ApplyPlan plan = plans.get(byStop.getOrDefault(order.clientOrderId(), ""));
    if (plan != null && plan.getAction() == PlanAction.UPDATE_SL) {
      inTime(plan, order.atMs());
    }
  }

  private void inTime(ApplyPlan plan, long atMs) {
    if (atMs >= plan.getPermit().getExpiresAtMs()) {
      verdicts.broken(
          Promise.PERMIT_IN_TIME,
          "the plan %s was sent at %d, its permit ended at %d"
              .formatted(plan.getPlanId(), atMs, plan.getPermit().getExpiresAtMs()));
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

  /** Compares plans with results, once nothing is left to do. */
  void end() {
    for (String planId : plans.keySet()) {
      if (finals.getOrDefault(planId, 0) != 1) {
        verdicts.broken(Promise.EXECUTED_ONCE, "no final result of the plan " + plans.get(planId));
      }
    }
  }
}
