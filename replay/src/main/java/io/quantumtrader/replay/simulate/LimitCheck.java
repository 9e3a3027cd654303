package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Positions and reservations together stay within slots, exposure and margin ratio. Counted by what
 * lies on the topics: rows of the ledger, and granted entries without a final result. A final
 * result counts from when it is written, so this is never stricter than what the gate must see.
 */
final class LimitCheck implements Watcher {

  /** Rounding of the numbers that a decision carries. */
  private static final BigDecimal TOLERANCE = new BigDecimal("1.000001");

  private static final MathContext DIGITS = MathContext.DECIMAL64;

  private final Verdicts verdicts;
  private final BiFunction<String, Long, Policy> policies;
  private final Map<String, Map<String, PositionLedger>> open = new HashMap<>();
  private final Map<String, Map<String, Reserved>> reserved = new HashMap<>();
  private final Map<String, ApplyPlan> granted = new HashMap<>();

  /** An entry on its way. */
  private static final class Reserved {
    private final ApplyPlan plan;
    private BigDecimal filled = BigDecimal.ZERO;

    private Reserved(ApplyPlan plan) {
      this.plan = plan;
    }

    private BigDecimal unfilled(BigDecimal whole) {
      BigDecimal left = plan.getQuantity().subtract(filled).max(BigDecimal.ZERO);
      return whole.multiply(left).divide(plan.getQuantity(), DIGITS);
    }
  }

  /**
   * Creates it.
   *
   * @param policies by name and version
   */
  LimitCheck(Verdicts verdicts, BiFunction<String, Long, Policy> policies) {
    this.verdicts = verdicts;
    this.policies = policies;
  }

  @Override
  public void ledger(PositionLedger row) {
    Map<String, PositionLedger> of = open.computeIfAbsent(row.getAccount(), any -> new HashMap<>());
    if (row.getSide() == PositionSide.FLAT) {
      of.remove(row.getSymbol());
    } else {
      of.put(row.getSymbol(), row);
    }
  }

  @Override
  public void result(ApplyResult result, boolean rogue) {
    Map<String, Reserved> of = reserved.getOrDefault(result.getAccount(), Map.of());
    Reserved plan = of.get(result.getPlanId());
    if (plan == null || rogue) {
      return;
    }
    if (result.getFill() != null) {
      plan.filled = plan.filled.add(result.getFill().getQuantity());
    }
    if (result.getFinalResult()) {
      of.remove(result.getPlanId());
    }
  }

  @Override
  public void plan(ApplyPlan plan) {
    if (plan.getAction() != PlanAction.ENTRY) {
      return;
    }
    reserved
        .computeIfAbsent(plan.getAccount(), any -> new LinkedHashMap<>())
        .put(plan.getPlanId(), new Reserved(plan));
    granted.put(plan.getPlanId(), plan);
    Policy policy = policies.apply(plan.getPolicyName(), plan.getPolicyVersion());
    Set<String> slots = new HashSet<>(open.getOrDefault(plan.getAccount(), Map.of()).keySet());
    reserved.get(plan.getAccount()).values().forEach(each -> slots.add(each.plan.getSymbol()));
    if (slots.size() > policy.getMaxPositions()) {
      verdicts.broken(
          Promise.WITHIN_LIMITS,
          "%s has %s, %d are allowed"
              .formatted(plan.getAccount(), slots, policy.getMaxPositions()));
    }
  }

  @Override
  public void decision(Decision decision) {
    ApplyPlan plan = granted.get(decision.getPlanId());
    if (plan == null || !decision.getCode().equals(ReasonCode.PERMIT_GRANTED.name())) {
      return;
    }
    for (NumberOf number : decision.getNumbers()) {
      if (number.getName().equals("equity")) {
        money(plan, new BigDecimal(number.getValue()));
      }
    }
  }

  private void money(ApplyPlan plan, BigDecimal equity) {
    Policy policy = policies.apply(plan.getPolicyName(), plan.getPolicyVersion());
    BigDecimal margin = BigDecimal.ZERO;
    BigDecimal notional = BigDecimal.ZERO;
    for (PositionLedger row : open.getOrDefault(plan.getAccount(), Map.of()).values()) {
      margin =
          margin.add(
              row.getQuantity()
                  .multiply(row.getEntryPrice())
                  .divide(BigDecimal.valueOf(row.getLeverage()), DIGITS));
    }
    for (Reserved each : reserved.get(plan.getAccount()).values()) {
      margin = margin.add(each.unfilled(each.plan.getMargin()));
      notional = notional.add(each.unfilled(each.plan.getNotional()));
    }
    BigDecimal most = equity.multiply(BigDecimal.valueOf(policy.getMaxExposure()));
    if (margin.compareTo(most.multiply(TOLERANCE)) > 0) {
      verdicts.broken(
          Promise.WITHIN_LIMITS,
          "%s has a margin of %s, %s are allowed".formatted(plan.getAccount(), margin, most));
    }
    BigDecimal least = notional.multiply(BigDecimal.valueOf(policy.getMinMarginRatio()));
    if (least.compareTo(equity.multiply(TOLERANCE)) > 0) {
      verdicts.broken(
          Promise.WITHIN_LIMITS,
          "%s reserves a notional of %s with an equity of %s"
              .formatted(plan.getAccount(), notional, equity));
    }
  }
}
