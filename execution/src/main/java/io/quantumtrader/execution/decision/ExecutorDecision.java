package io.quantumtrader.execution.decision;

import static io.quantumtrader.execution.decision.Decimals.numbers;

import io.quantumtrader.execution.decision.ExecutorVerdict.Ask;
import io.quantumtrader.execution.decision.ExecutorVerdict.Await;
import io.quantumtrader.execution.decision.ExecutorVerdict.Execute;
import io.quantumtrader.execution.decision.ExecutorVerdict.Ignore;
import io.quantumtrader.execution.decision.ExecutorVerdict.Refuse;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Symbols;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Whether a plan may be sent to the exchange. A plan acts once; it must make sense, its permit must
 * be its own, cover its quantity and be alive on the clock, and the trading state must allow it.
 */
public final class ExecutorDecision {

  private static final int MAX_LEVERAGE = 125;

  private ExecutorDecision() {}

  /**
   * Decides about a plan.
   *
   * @param plan the plan with its permit inside
   * @param standing what is known of its id
   * @param state trading state that holds for its account
   * @param mode how far the executor goes by itself
   * @param nowMs the clock, epoch milliseconds UTC
   */
  public static ExecutorVerdict decide(
      ApplyPlan plan, PlanStanding standing, TradingState state, ExecutorMode mode, long nowMs) {
    return switch (standing) {
      case ANSWERED -> new Ignore();
      case SUBMITTED -> new Ask();
      case NEW -> {
        ExecutorVerdict verdict = judge(plan, state, mode, nowMs);
        boolean asksFirst = mode == ExecutorMode.APPROVE && !plan.getReduceOnly();
        yield verdict instanceof Execute && asksFirst ? new Await() : verdict;
      }
    };
  }

  /**
   * Decides about a plan that the exchange knows nothing of, and that nobody is to be asked about
   * any more: the checks alone, without what is known of its id.
   */
  public static ExecutorVerdict judge(
      ApplyPlan plan, TradingState state, ExecutorMode mode, long nowMs) {
    Optional<Refuse> refusal = refusePlan(plan);
    if (refusal.isEmpty()) {
      refusal = refusePermit(plan, nowMs);
    }
    if (refusal.isEmpty() && mode == ExecutorMode.OBSERVE) {
      refusal = refuse(ReasonCode.EXECUTOR_OBSERVES, "mode", mode, "quantity", plan.getQuantity());
    }
    if (refusal.isEmpty()) {
      refusal = refuseState(plan, state);
    }
    return refusal.<ExecutorVerdict>map(refuse -> refuse).orElseGet(Execute::new);
  }

  /**
   * Returns what becomes of a verdict where the prices that the plan was made by are of another
   * market than the exchange's: an entry is refused, whoever grants it. What closes or protects
   * goes on, as the position is there whatever the prices say.
   *
   * @param own market of the exchange
   * @param seen market of the clock; empty where it does not say
   */
  public static ExecutorVerdict onOtherMarket(
      ApplyPlan plan, ExecutorVerdict verdict, String own, Optional<String> seen) {
    boolean opens = plan.getAction() == PlanAction.ENTRY;
    boolean goesOn = verdict instanceof Execute || verdict instanceof Await;
    return opens && goesOn
        ? new Refuse(
            ResultOutcome.REJECTED,
            ReasonCode.MARKET_NOT_OF_EXCHANGE,
            numbers("market", seen.orElse(""), "marketOfExchange", own))
        : verdict;
  }

  private static Optional<Refuse> refusePlan(ApplyPlan plan) {
    boolean entry = plan.getAction() == PlanAction.ENTRY;
    if (plan.getAction() == PlanAction.UNRECOGNIZED) {
      return invalid("action", plan.getAction());
    }
    if (plan.getTrigger() == ExitTrigger.UNRECOGNIZED) {
      return invalid("trigger", plan.getTrigger());
    }
    if (plan.getSide() == OrderSide.UNRECOGNIZED) {
      return invalid("side", plan.getSide());
    }
    if (entry == plan.getReduceOnly()) {
      return invalid("action", plan.getAction(), "reduceOnly", plan.getReduceOnly());
    }
    if (plan.getQuantity().signum() <= 0) {
      return invalid("quantity", plan.getQuantity());
    }
    if (plan.getLeverage() < 1 || plan.getLeverage() > MAX_LEVERAGE) {
      return invalid("leverage", plan.getLeverage());
    }
    boolean stopMissing = plan.getAction() == PlanAction.UPDATE_SL && plan.getStopPrice() == null;
    if (stopMissing || notAbove0(plan.getStopPrice()) || notAbove0(plan.getTargetPrice())) {
      return invalid("stopPrice", plan.getStopPrice(), "targetPrice", plan.getTargetPrice());
    }
    boolean named = Accounts.isName(plan.getAccount()) && Symbols.isSymbol(plan.getSymbol());
    if (!named || !ClientOrderIds.isPlanId(plan.getPlanId())) {
      return invalid("planId", plan.getPlanId(), "symbol", plan.getSymbol());
    }
    return Optional.empty();
  }

  private static boolean notAbove0(BigDecimal price) {
    return price != null && price.signum() <= 0;
  }

  private static Optional<Refuse> refusePermit(ApplyPlan plan, long nowMs) {
    Permit permit = plan.getPermit();
    boolean own =
        permit.getPlanId().equals(plan.getPlanId())
            && permit.getAccount().equals(plan.getAccount())
            && permit.getSymbol().equals(plan.getSymbol());
    if (!own) {
      return refuse(
          ReasonCode.PERMIT_INVALID,
          "permitPlanId",
          permit.getPlanId(),
          "permitAccount",
          permit.getAccount(),
          "permitSymbol",
          permit.getSymbol());
    }
    PermitKind due = plan.getAction() == PlanAction.ENTRY ? PermitKind.P33 : PermitKind.P26;
    if (permit.getKind() != due) {
      return refuse(ReasonCode.PERMIT_INVALID, "kind", permit.getKind(), "kindDue", due);
    }
    if (plan.getQuantity().compareTo(permit.getQuantity()) > 0) {
      return refuse(
          ReasonCode.PERMIT_INVALID,
          "quantity",
          plan.getQuantity(),
          "permitQuantity",
          permit.getQuantity());
    }
    if (nowMs < permit.getExpiresAtMs()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refuse(
            ResultOutcome.LAPSED,
            ReasonCode.PERMIT_LAPSED,
            numbers(
                "nowMs",
                nowMs,
                "grantedAtMs",
                permit.getGrantedAtMs(),
                "expiresAtMs",
                permit.getExpiresAtMs())));
  }

  private static Optional<Refuse> refuseState(ApplyPlan plan, TradingState state) {
    boolean allowed =
        switch (state) {
          case ACTIVE -> true;
          case REDUCING -> plan.getReduceOnly();
          case HALTED, UNRECOGNIZED -> plan.getReduceOnly() && isUrgent(plan.getTrigger());
        };
    return allowed
        ? Optional.empty()
        : refuse(ReasonCode.EXECUTION_HALTED, "tradingState", state, "trigger", plan.getTrigger());
  }

  /** What even a halt lets through: it ends a risk, or an operator asked for it by name. */
  private static boolean isUrgent(ExitTrigger trigger) {
    return switch (trigger) {
      case STOP_HIT, TARGET_HIT, MANUAL_CLOSE, LIQUIDATION_GUARD -> true;
      case NONE, RUNG, KILL_SCORE, PROFIT_LOCK, TRAILING_STOP, INTENT, UNRECOGNIZED -> false;
    };
  }

  /**
   * Decides about a plan that a person has spoken about. What was granted is judged anew, since
   * time has passed.
   *
   * @param approval what the person said of this plan
   */
  public static ExecutorVerdict approved(
      ApplyPlan plan, Approval approval, TradingState state, ExecutorMode mode, long nowMs) {
    return approval.getGranted()
        ? judge(plan, state, mode, nowMs)
        : new Refuse(
            ResultOutcome.REJECTED,
            ReasonCode.APPROVAL_REFUSED,
            numbers("givenBy", approval.getGivenBy(), "reason", approval.getReason()));
  }

  /** Returns the refusal of a plan that waited for a person in vain, once its permit is void. */
  public static Optional<Refuse> lapsed(ApplyPlan plan, long nowMs) {
    return refusePermit(plan, nowMs).filter(refuse -> refuse.outcome() == ResultOutcome.LAPSED);
  }

  private static Optional<Refuse> invalid(Object... namesAndValues) {
    return refuse(ReasonCode.PLAN_INVALID, namesAndValues);
  }

  private static Optional<Refuse> refuse(ReasonCode code, Object... namesAndValues) {
    return Optional.of(new Refuse(ResultOutcome.REJECTED, code, numbers(namesAndValues)));
  }
}
