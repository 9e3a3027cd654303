package io.quantumtrader.execution.decision;

import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the records that answer a plan, or tell what an exchange did by itself. */
public final class ResultRecords {

  /**
   * What is said about a result beyond its outcome.
   *
   * @param code reason code, or empty where the outcome says all
   * @param numbers the numbers that led to it
   * @param message the exchange's own words, or empty
   */
  public record Remark(Optional<ReasonCode> code, List<NumberOf> numbers, String message) {

    /** The outcome says all. */
    public static final Remark NONE = new Remark(Optional.empty(), List.of(), "");

    public Remark {
      numbers = List.copyOf(numbers);
    }

    /** Returns a remark with a code. */
    public static Remark of(ReasonCode code, List<NumberOf> numbers, String message) {
      return new Remark(Optional.of(code), numbers, message);
    }
  }

  /**
   * How far the order has come.
   *
   * @param orderId the exchange's id, or empty
   * @param filled executed so far, base units, 0 or more
   */
  public record Progress(String orderId, BigDecimal filled) {

    /** Nothing known of it. */
    public static final Progress NONE = new Progress("", BigDecimal.ZERO);
  }

  private ResultRecords() {}

  /** Returns the announcement that a plan is about to be sent. */
  public static ApplyResult submitting(ApplyPlan plan, long nowMs) {
    return of(plan, ResultOutcome.SUBMITTING, Progress.NONE, Remark.NONE, nowMs)
        .setFinalResult(false)
        .setResultId(id(plan, ResultOutcome.SUBMITTING))
        .build();
  }

  /** Returns the report that an entry waits for a person. */
  public static ApplyResult awaitingApproval(ApplyPlan plan, long nowMs) {
    Remark remark =
        Remark.of(
            ReasonCode.APPROVAL_AWAITED,
            Decimals.numbers("expiresAtMs", plan.getPermit().getExpiresAtMs()),
            ReasonCode.APPROVAL_AWAITED.meaning());
    return of(plan, ResultOutcome.AWAITING_APPROVAL, Progress.NONE, remark, nowMs)
        .setFinalResult(false)
        .setResultId(id(plan, ResultOutcome.AWAITING_APPROVAL))
        .build();
  }

  /** Returns the report that the exchange has not answered and will be asked again. */
  public static ApplyResult unresolved(
      ApplyPlan plan, Progress progress, String message, long nowMs) {
    Remark remark = Remark.of(ReasonCode.EXCHANGE_UNRESOLVED, List.of(), message);
    return of(plan, ResultOutcome.UNRESOLVED, progress, remark, nowMs)
        .setFinalResult(false)
        .setResultId(id(plan, ResultOutcome.UNRESOLVED))
        .build();
  }

  /**
   * Returns the report of one fill.
   *
   * @param outcome FILLED where the order is done with it, else PARTIALLY_FILLED
   * @param finalResult whether nothing follows
   * @param progress with this fill in it
   */
  public static ApplyResult fill(
      ApplyPlan plan,
      ResultOutcome outcome,
      boolean finalResult,
      Fill fill,
      Progress progress,
      Remark remark,
      long nowMs) {
    return of(plan, outcome, progress, remark, nowMs)
        .setFinalResult(finalResult)
        .setResultId(fill.getFillId())
        .setFill(fill)
        .build();
  }

  /** Returns the final result where there is no fill to report with it. */
  public static ApplyResult end(
      ApplyPlan plan, ResultOutcome outcome, Progress progress, Remark remark, long nowMs) {
    return of(plan, outcome, progress, remark, nowMs)
        .setFinalResult(true)
        .setResultId(id(plan, outcome) + ":end")
        .build();
  }

  /**
   * Returns the final result of a plan that moved the stop: nothing traded.
   *
   * @param stopPrice stop in place now, quote currency, above 0
   */
  public static ApplyResult moved(ApplyPlan plan, BigDecimal stopPrice, Remark remark, long nowMs) {
    return of(plan, ResultOutcome.PROTECTED, Progress.NONE, remark, nowMs)
        .setFinalResult(true)
        .setResultId(id(plan, ResultOutcome.PROTECTED) + ":end")
        .setStopPrice(stopPrice)
        .build();
  }

  /** Returns the report of a fill that no plan asked for. */
  public static ApplyResult unplanned(UnplannedFill unplanned, long nowMs) {
    Fill fill = unplanned.fill();
    return ApplyResult.newBuilder()
        .setResultId(fill.getFillId())
        .setPlanId("")
        .setAccount(unplanned.account())
        .setSymbol(unplanned.symbol())
        .setOrigin(unplanned.origin())
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(unplanned.side())
        .setReduceOnly(unplanned.reduceOnly())
        .setRequestedQuantity(fill.getQuantity())
        .setFilledQuantity(fill.getQuantity())
        .setFill(fill)
        .setClientOrderId(unplanned.clientOrderId())
        .setOrderId(unplanned.orderId())
        .setLeverage(unplanned.leverage())
        .setTrigger(unplanned.trigger())
        .setAtMs(nowMs)
        .build();
  }

  /**
   * Returns the fill that takes a position into the ledger which the exchange has and of which no
   * fill is known.
   *
   * @param sinceMs since when it has been there unbooked; makes the fill's id
   * @param contentMs when the exchange told it, on its clock, epoch milliseconds UTC: trades up to
   *     then are contained in it
   */
  public static ApplyResult adopted(
      String account, ExchangePosition position, long sinceMs, long contentMs, long nowMs) {
    String id = "adopted:%s:%s:%d".formatted(account, position.getSymbol(), sinceMs);
    return ApplyResult.newBuilder()
        .setResultId(id)
        .setPlanId("")
        .setAccount(account)
        .setSymbol(position.getSymbol())
        .setOrigin(ResultOrigin.ADOPTED)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(position.getSide() == PositionSide.LONG ? OrderSide.BUY : OrderSide.SELL)
        .setReduceOnly(false)
        .setRequestedQuantity(position.getQuantity())
        .setFilledQuantity(position.getQuantity())
        .setFill(
            new Fill(
                id,
                position.getQuantity(),
                position.getEntryPrice(),
                BigDecimal.ZERO,
                contentMs,
                "",
                null))
        .setLeverage(position.getLeverage())
        .setMessage("found on the exchange")
        .setAtMs(nowMs)
        .build();
  }

  /**
   * Returns the announcements of plans that have no final result yet, oldest first.
   *
   * @param results in the order they were committed
   */
  public static List<ApplyResult> unanswered(List<ApplyResult> results) {
    Map<String, ApplyResult> open = new LinkedHashMap<>();
    for (ApplyResult result : results) {
      if (result.getFinalResult()) {
        open.remove(result.getPlanId());
      } else if (result.getOutcome() == ResultOutcome.SUBMITTING) {
        open.putIfAbsent(result.getPlanId(), result);
      }
    }
    return List.copyOf(open.values());
  }

  private static String id(ApplyPlan plan, ResultOutcome outcome) {
    return plan.getPlanId() + ":" + outcome;
  }

  private static ApplyResult.Builder of(
      ApplyPlan plan, ResultOutcome outcome, Progress progress, Remark remark, long nowMs) {
    return ApplyResult.newBuilder()
        .setPlanId(plan.getPlanId())
        .setIntentId(plan.getIntentId())
        .setAccount(plan.getAccount())
        .setSymbol(plan.getSymbol())
        .setOrigin(ResultOrigin.PLAN)
        .setOutcome(outcome)
        .setSide(plan.getSide())
        .setReduceOnly(plan.getReduceOnly())
        .setRequestedQuantity(plan.getQuantity())
        .setFilledQuantity(progress.filled())
        .setClientOrderId(ClientOrderIds.of(plan.getPlanId()))
        .setOrderId(progress.orderId())
        .setLeverage(plan.getLeverage())
        .setCode(remark.code().map(ReasonCode::name).orElse(""))
        .setNumbers(remark.numbers())
        .setMessage(remark.message())
        .setTrigger(plan.getTrigger())
        .setRung(plan.getRung())
        .setAtMs(nowMs);
  }

  /**
   * Returns what a result still says of its plan, for a plan that is no longer to be had. Its
   * permit is void, so that it can be asked for but never sent.
   */
  public static ApplyPlan planOf(ApplyResult result) {
    boolean entry = !result.getReduceOnly();
    return ApplyPlan.newBuilder()
        .setPlanId(result.getPlanId())
        .setIntentId(result.getIntentId())
        .setAccount(result.getAccount())
        .setSymbol(result.getSymbol())
        .setSide(result.getSide())
        .setAction(entry ? PlanAction.ENTRY : PlanAction.FULL_CLOSE)
        .setReduceOnly(result.getReduceOnly())
        .setQuantity(result.getRequestedQuantity())
        .setPrice(BigDecimal.ZERO)
        .setLeverage(result.getLeverage())
        .setMargin(BigDecimal.ZERO)
        .setNotional(BigDecimal.ZERO)
        .setPermit(voidPermit(result, entry ? PermitKind.P33 : PermitKind.P26))
        .setCreatedAtMs(0)
        .setTrigger(result.getTrigger())
        .setRung(result.getRung())
        .build();
  }

  /** Returns whether a plan is what a result says of it, see {@link #planOf}, and no more. */
  public static boolean isOfResult(ApplyPlan plan) {
    return plan.getCreatedAtMs() == 0 && plan.getPermit().getExpiresAtMs() == 0;
  }

  private static Permit voidPermit(ApplyResult result, PermitKind kind) {
    return Permit.newBuilder()
        .setPlanId(result.getPlanId())
        .setAccount(result.getAccount())
        .setSymbol(result.getSymbol())
        .setKind(kind)
        .setGrantedAtMs(0)
        .setExpiresAtMs(0)
        .setQuantity(result.getRequestedQuantity())
        .setPositionQuantity(BigDecimal.ZERO)
        .setReason("")
        .build();
  }
}
