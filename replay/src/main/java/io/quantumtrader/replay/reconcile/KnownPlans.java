package io.quantumtrader.replay.reconcile;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The plans, and what results told of each beside its fills. */
final class KnownPlans {

  private final Map<String, ApplyPlan> plans = new LinkedHashMap<>();
  private final Map<String, String> byProtectiveOrder = new HashMap<>();
  private final Map<String, Told> told = new HashMap<>();

  /** What is known of one plan. */
  private static final class Told {
    private Optional<Long> sentMs = Optional.empty();
    private Optional<Long> protectedMs = Optional.empty();
    private Optional<BigDecimal> stopPrice = Optional.empty();
    private Optional<ApplyResult> last = Optional.empty();
    private boolean filled;
  }

  KnownPlans(TradedRecords records) {
    for (ApplyPlan plan : records.plans()) {
      String of = key(plan.getAccount(), plan.getPlanId());
      plans.put(of, plan);
      for (Kind kind : Kind.values()) {
        byProtectiveOrder.put(
            key(plan.getAccount(), ClientOrderIds.of(plan.getPlanId(), kind)), of);
      }
    }
    records.results().forEach(this::take);
  }

  private static String key(String account, String id) {
    return account + ":" + id;
  }

  private void take(ApplyResult result) {
    if (result.getPlanId().isEmpty()) {
      return;
    }
    Told of = told.computeIfAbsent(key(result.getAccount(), result.getPlanId()), any -> new Told());
    if (result.getOutcome() == ResultOutcome.SUBMITTING) {
      of.sentMs = Optional.of(result.getAtMs());
    } else {
      of.last = Optional.of(result);
    }
    boolean placed = result.getFill() != null || result.getOutcome() == ResultOutcome.PROTECTED;
    if (placed && of.protectedMs.isEmpty()) {
      of.protectedMs = Optional.of(result.getAtMs());
    }
    if (result.getStopPrice() != null) {
      of.stopPrice = Optional.of(result.getStopPrice());
    }
    of.filled |= result.getFill() != null;
  }

  Iterable<ApplyPlan> all() {
    return plans.values();
  }

  Optional<ApplyPlan> plan(String account, String planId) {
    return Optional.ofNullable(plans.get(key(account, planId)));
  }

  /** Returns the plan that placed a stop or target. */
  Optional<ApplyPlan> placedBy(ApplyResult protective) {
    String order = key(protective.getAccount(), protective.getClientOrderId());
    return Optional.ofNullable(byProtectiveOrder.get(order)).map(plans::get);
  }

  private Told told(ApplyPlan plan) {
    return told.getOrDefault(key(plan.getAccount(), plan.getPlanId()), new Told());
  }

  /** Returns when a plan was sent, on the clock, or else decided, epoch milliseconds UTC. */
  long sentMs(ApplyPlan plan) {
    return told(plan).sentMs.orElse(plan.getCreatedAtMs());
  }

  /** Returns when the stop and target of a plan were placed, on the clock. */
  long protectedMs(ApplyPlan plan) {
    return told(plan).protectedMs.orElseGet(() -> sentMs(plan));
  }

  /** Returns the trigger of a stop that a plan moved, as the exchange has it. */
  Optional<BigDecimal> movedStop(ApplyPlan plan) {
    return told(plan).stopPrice;
  }

  /** Returns what was said of a plan last, apart from that it was sent. */
  Optional<ApplyResult> last(ApplyPlan plan) {
    return told(plan).last;
  }

  boolean isFilled(ApplyPlan plan) {
    return told(plan).filled;
  }
}
