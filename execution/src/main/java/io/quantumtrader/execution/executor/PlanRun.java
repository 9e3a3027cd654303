package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.ResultRecords.Progress;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Fill;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A plan that was announced and has no final result yet. */
final class PlanRun {

  private ApplyPlan plan;
  private long sentAtMs;
  private long nextAskMs;
  private long onItsWayUntilMs;
  private int asked;
  private String orderId = "";
  private BigDecimal filled = BigDecimal.ZERO;
  private BigDecimal executed = BigDecimal.ZERO;
  private final Set<String> fillIds = new HashSet<>();
  private boolean reportedUnresolved;
  private boolean awaitsApproval;
  private boolean whole;

  /**
   * Starts, or takes up, a run.
   *
   * @param sentAtMs when it was announced, epoch milliseconds UTC
   * @param nextAskMs from when on the exchange may be asked about it
   */
  PlanRun(ApplyPlan plan, long sentAtMs, long nextAskMs) {
    this.plan = plan;
    this.sentAtMs = sentAtMs;
    this.nextAskMs = nextAskMs;
  }

  ApplyPlan plan() {
    return plan;
  }

  /** Takes the plan as it was sent in place of what results say of it. */
  void plan(ApplyPlan whole) {
    plan = whole;
  }

  void sent(long nowMs) {
    awaitsApproval = false;
    sentAtMs = nowMs;
    onItsWayUntilMs = 0;
    asked = 0;
    whole = false;
  }

  /** Notes that the exchange has not got it: nothing is to be waited for, and no stop follows. */
  void notSent() {
    sentAtMs = 0;
  }

  /**
   * Assumes that an earlier executor may have sent the order again without a word of it: until
   * then, epoch milliseconds UTC, an exchange that does not know it may yet receive it.
   */
  void onItsWayUntil(long ms) {
    onItsWayUntilMs = ms;
  }

  /** Returns whether an order that the exchange does not know may be on its way yet. */
  boolean isOnItsWay(long nowMs) {
    return nowMs < onItsWayUntilMs;
  }

  /** Lets it wait for a person: the exchange knows nothing of it and is not asked. */
  void awaitApproval() {
    awaitsApproval = true;
    nextAskMs = Long.MAX_VALUE;
  }

  /** Returns whether it waits for a person. */
  boolean awaitsApproval() {
    return awaitsApproval;
  }

  /** Takes it as one that was announced: whoever takes it up has to ask the exchange. */
  void announced(long atMs, long askMs) {
    awaitsApproval = false;
    sentAtMs = atMs;
    nextAskMs = askMs;
  }

  long sentAtMs() {
    return sentAtMs;
  }

  boolean isDue(long nowMs) {
    return nowMs >= nextAskMs;
  }

  int asked() {
    return asked;
  }

  void askAgain(long atMs) {
    asked++;
    nextAskMs = atMs;
  }

  /** Books a fill that is reported, or was; returns false for one that was booked before. */
  boolean book(Fill fill) {
    if (!fillIds.add(fill.getFillId())) {
      return false;
    }
    filled = filled.add(fill.getQuantity());
    return true;
  }

  void orderId(String id) {
    orderId = id;
  }

  /**
   * Notes what the exchange says of its order.
   *
   * @param quantity how much of it was executed, base units
   * @param ended whether nothing follows, and every fill is known
   */
  void executed(BigDecimal quantity, boolean ended) {
    executed = quantity;
    whole = ended;
  }

  /**
   * Returns whether its order has ended and every fill of it is known; not so where only an earlier
   * executor has heard that.
   */
  boolean isWhole() {
    return whole;
  }

  /** Returns whether the exchange executed more than was booked: fills are missing. */
  boolean isUnread() {
    return executed.compareTo(filled) > 0;
  }

  /** Returns whether the exchange has said that it took the order. */
  boolean isAccepted() {
    return !orderId.isEmpty();
  }

  boolean hasFills() {
    return !fillIds.isEmpty();
  }

  /** Returns how much was executed, and how much of it was booked, in words. */
  String unread() {
    return "the exchange executed %s, and the trades that can be read tell of %s"
        .formatted(executed.toPlainString(), filled.toPlainString());
  }

  Progress progress() {
    return new Progress(orderId, filled);
  }

  /** Returns the fills that were not reported yet. */
  List<Fill> unreported(List<Fill> fills) {
    return fills.stream().filter(fill -> !fillIds.contains(fill.getFillId())).toList();
  }

  /** Returns whether this is the first time that it is reported to be unresolved. */
  boolean reportUnresolved() {
    boolean first = !reportedUnresolved;
    reportedUnresolved = true;
    return first;
  }
}
