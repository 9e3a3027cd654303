package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Every entry that is granted keeps within the limits of its policy: those of one order (value,
 * leverage, share of a symbol), those of the account with everything that is open or on its way
 * (slots, exposure, margin ratio), and those of the entries in a symbol in five minutes and in an
 * hour. What the account has is counted from the topics by {@link AccountHoldings}.
 */
final class LimitCheck implements Watcher {

  /** Rounding of the numbers that a decision carries. */
  private static final BigDecimal TOLERANCE = new BigDecimal("1.000001");

  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final long FIVE_MINUTES_MS = Duration.ofMinutes(5).toMillis();

  private final Verdicts verdicts;
  private final BiFunction<String, Long, Policy> policies;
  private final AccountHoldings holdings = new AccountHoldings();
  private final Map<String, List<Long>> grantedAtMs = new HashMap<>();
  private final Map<String, ApplyPlan> unweighed = new HashMap<>();

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
    holdings.ledger(row);
  }

  @Override
  public void snapshot(PositionSnapshot snapshot) {
    holdings.snapshot(snapshot);
  }

  @Override
  public void result(ApplyResult result, boolean rogue) {
    if (!rogue) {
      holdings.result(result);
    }
  }

  @Override
  public void plan(ApplyPlan plan) {
    if (plan.getAction() != PlanAction.ENTRY) {
      return;
    }
    holdings.reserve(plan);
    unweighed.put(plan.getPlanId(), plan);
    Policy policy = policies.apply(plan.getPolicyName(), plan.getPolicyVersion());
    order(plan, policy);
    rates(plan, policy);
    Set<String> slots = holdings.slots(plan.getAccount());
    if (slots.size() > policy.getMaxPositions()) {
      exceeded(plan, "slots", slots, policy.getMaxPositions());
    }
  }

  private void order(ApplyPlan plan, Policy policy) {
    if (isAbove(plan.getNotional(), BigDecimal.valueOf(policy.getMaxNotionalPerOrder()))) {
      exceeded(plan, "an order's value", plan.getNotional(), policy.getMaxNotionalPerOrder());
    }
    if (plan.getLeverage() > policy.getLeverageMax()) {
      exceeded(plan, "a leverage", plan.getLeverage(), policy.getLeverageMax());
    }
  }

  private void rates(ApplyPlan plan, Policy policy) {
    String key = Accounts.key(plan.getAccount(), plan.getSymbol());
    List<Long> times = grantedAtMs.computeIfAbsent(key, any -> new ArrayList<>());
    long nowMs = plan.getPermit().getGrantedAtMs();
    times.add(nowMs);
    times.removeIf(at -> nowMs - at >= HOUR_MS);
    if (times.size() > policy.getEntriesPerHour()) {
      exceeded(plan, "entries of an hour", times.size(), policy.getEntriesPerHour());
    }
    long burst = times.stream().filter(at -> nowMs - at < FIVE_MINUTES_MS).count();
    if (burst > policy.getEntriesPerFiveMinutes()) {
      exceeded(plan, "entries of five minutes", burst, policy.getEntriesPerFiveMinutes());
    }
  }

  /** The decision of a grant has the equity that it was granted with. */
  @Override
  public void decision(Decision decision) {
    if (!decision.getCode().equals(ReasonCode.PERMIT_GRANTED.name())) {
      return;
    }
    ApplyPlan plan = unweighed.remove(decision.getPlanId());
    if (plan == null) {
      verdicts.broken(
          Promise.WITHIN_LIMITS, "a grant without its plan before it: " + decision.getPlanId());
      return;
    }
    for (NumberOf number : decision.getNumbers()) {
      if (number.getName().equals("equity")) {
        money(plan, new BigDecimal(number.getValue()));
        return;
      }
    }
    verdicts.broken(Promise.WITHIN_LIMITS, "a grant that names no equity: " + plan.getPlanId());
  }

  private void money(ApplyPlan plan, BigDecimal equity) {
    Policy policy = policies.apply(plan.getPolicyName(), plan.getPolicyVersion());
    String account = plan.getAccount();
    BigDecimal share = equity.multiply(BigDecimal.valueOf(policy.getMaxSymbolShare()));
    if (isAbove(plan.getNotional(), share)) {
      exceeded(plan, "a symbol's value", plan.getNotional(), share);
    }
    BigDecimal margin = holdings.margin(account);
    BigDecimal exposure = equity.multiply(BigDecimal.valueOf(policy.getMaxExposure()));
    if (isAbove(margin, exposure)) {
      exceeded(plan, "a margin", margin, exposure);
    }
    BigDecimal notional = holdings.notional(account, plan.getPermit().getGrantedAtMs());
    BigDecimal needed = notional.multiply(BigDecimal.valueOf(policy.getMinMarginRatio()));
    if (isAbove(needed, equity)) {
      exceeded(plan, "an equity needed", needed, equity);
    }
  }

  /** Compares grants with their decisions, once nothing is left to do. */
  void end() {
    for (String planId : unweighed.keySet()) {
      verdicts.broken(Promise.WITHIN_LIMITS, "no decision granted the plan " + planId);
    }
  }

  private static boolean isAbove(BigDecimal value, BigDecimal limit) {
    return value.compareTo(limit.multiply(TOLERANCE)) > 0;
  }

  private void exceeded(ApplyPlan plan, String what, Object value, Object limit) {
    verdicts.broken(
        Promise.WITHIN_LIMITS,
        "%s has %s of %s by the plan %s, %s are allowed"
            .formatted(plan.getAccount(), what, value, plan.getPlanId(), limit));
  }
}
