package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.PlanStanding;
import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of the plan ids of one account partition: a fold over its results. */
final class PlanStandings {

  private final Map<String, Long> answeredAtMs = new LinkedHashMap<>();
  private final Map<String, PlanRun> open = new LinkedHashMap<>();

  /**
   * Folds committed results.
   *
   * @param results in the order they were committed
   * @param plans plans without a final result, by id, as far as they are still to be had
   * @param receiveWindowMs how long an order may be on its way to the exchange
   * @param takenUpMs the clock, epoch milliseconds UTC; no earlier executor's was ahead of it
   */
  PlanStandings(
      List<ApplyResult> results,
      Map<String, ApplyPlan> plans,
      long receiveWindowMs,
      long takenUpMs) {
    for (ApplyResult result : results) {
      if (!result.getPlanId().isEmpty()) {
        fold(result, plans, receiveWindowMs);
      }
    }
    open.values().forEach(run -> maybeSentAgain(run, receiveWindowMs, takenUpMs));
  }

  /**
   * What the exchange does not know after the receive window is sent again, and only what comes of
   * that is written: an earlier executor may have done so at any time until now.
   */
  private static void maybeSentAgain(PlanRun run, long receiveWindowMs, long takenUpMs) {
    if (takenUpMs >= run.sentAtMs() + receiveWindowMs) {
      run.onItsWayUntil(takenUpMs + receiveWindowMs);
    }
  }

  private void fold(ApplyResult result, Map<String, ApplyPlan> plans, long receiveWindowMs) {
    String id = result.getPlanId();
    if (result.getFinalResult()) {
      answered(id, result.getAtMs());
      return;
    }
    if (answeredAtMs.containsKey(id)) {
      return;
    }
    PlanRun run = open.computeIfAbsent(id, key -> takenUp(result, plans, receiveWindowMs));
    if (result.getOutcome() == ResultOutcome.AWAITING_APPROVAL) {
      run.awaitApproval();
      return;
    }
    if (run.awaitsApproval()) {
      run.announced(result.getAtMs(), result.getAtMs() + receiveWindowMs);
    }
    run.orderId(result.getOrderId());
    if (result.getFill() != null) {
      run.book(result.getFill());
    }
    if (result.getOutcome() == ResultOutcome.UNRESOLVED) {
      run.reportUnresolved();
    }
  }

  private static PlanRun takenUp(
      ApplyResult result, Map<String, ApplyPlan> plans, long receiveWindowMs) {
    ApplyPlan plan = plans.get(result.getPlanId());
    return new PlanRun(
        plan == null ? ResultRecords.planOf(result) : plan,
        result.getAtMs(),
        result.getAtMs() + receiveWindowMs);
  }

  PlanStanding of(String planId) {
    if (answeredAtMs.containsKey(planId)) {
      return PlanStanding.ANSWERED;
    }
    return open.containsKey(planId) ? PlanStanding.SUBMITTED : PlanStanding.NEW;
  }

  void open(PlanRun run) {
    open.put(run.plan().getPlanId(), run);
  }

  /** Returns the run of a plan, or null where it has none or none any more. */
  PlanRun run(String planId) {
    return open.get(planId);
  }

  /** Returns the runs with these client order ids, oldest first. */
  List<PlanRun> runs(Set<String> clientOrderIds) {
    return open.values().stream()
        .filter(run -> clientOrderIds.contains(ClientOrderIds.of(run.plan().getPlanId())))
        .toList();
  }

  /** Returns the runs that wait for a person, oldest first. */
  List<PlanRun> awaitingApproval() {
    return open.values().stream().filter(PlanRun::awaitsApproval).toList();
  }

  /**
   * Returns the symbols in which a plan of an account is about to place or move a stop: an entry,
   * or a moved stop, that was sent within this time and has no final result yet. An entry whose
   * fills cannot be read does not come to placing one.
   */
  Set<String> symbolsBeingProtected(String account, long nowMs, long withinMs) {
    return open.values().stream()
        .filter(
            run -> !run.awaitsApproval() && !run.isUnread() && nowMs - run.sentAtMs() < withinMs)
        .map(PlanRun::plan)
        .filter(plan -> plan.getAccount().equals(account))
        .filter(
            plan ->
                plan.getAction() == PlanAction.ENTRY || plan.getAction() == PlanAction.UPDATE_SL)
        .map(ApplyPlan::getSymbol)
        .collect(Collectors.toSet());
  }

  /**
   * Returns the entries of an account of which the exchange has executed more than the fills that
   * can be read.
   */
  List<ApplyPlan> unreadEntries(String account) {
    return open.values().stream()
        .filter(PlanRun::isUnread)
        .map(PlanRun::plan)
        .filter(plan -> plan.getAccount().equals(account))
        .filter(plan -> plan.getAction() == PlanAction.ENTRY)
        .toList();
  }

  /**
   * Returns the entries of an account that were sent and of which it is not known that every fill
   * is booked: the exchange has not answered, has not ended the order, or does not tell all of its
   * trades.
   */
  List<PlanRun> unbookedEntries(String account) {
    return open.values().stream()
        .filter(run -> !run.awaitsApproval() && !run.isWhole())
        .filter(run -> run.plan().getAccount().equals(account))
        .filter(run -> run.plan().getAction() == PlanAction.ENTRY)
        .toList();
  }

  /** Returns the symbols of an account in which a plan has no final result yet. */
  Set<String> openSymbols(String account) {
    return open(account).map(ApplyPlan::getSymbol).collect(Collectors.toSet());
  }

  /** Returns the client order ids of an account's plans that have no final result yet. */
  Set<String> openOrders(String account) {
    return open(account)
        .map(plan -> ClientOrderIds.of(plan.getPlanId()))
        .collect(Collectors.toSet());
  }

  private Stream<ApplyPlan> open(String account) {
    return open.values().stream()
        .map(PlanRun::plan)
        .filter(plan -> plan.getAccount().equals(account));
  }

  /** Returns the runs that are due to be asked about, oldest first. */
  List<PlanRun> due(long nowMs) {
    return open.values().stream().filter(run -> run.isDue(nowMs)).toList();
  }

  void answered(String planId, long atMs) {
    open.remove(planId);
    answeredAtMs.put(planId, atMs);
  }

  void forgetBefore(long ms) {
    answeredAtMs.values().removeIf(atMs -> atMs < ms);
  }
}
