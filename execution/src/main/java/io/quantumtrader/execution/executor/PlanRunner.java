package io.quantumtrader.execution.executor;

import static io.quantumtrader.execution.decision.Decimals.numbers;

import io.quantumtrader.execution.decision.AskSchedule;
import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.ExecutorDecision;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.decision.ExecutorVerdict;
import io.quantumtrader.execution.decision.ExecutorVerdict.Refuse;
import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.decision.ResultRecords.Remark;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.exchange.OrderOutcome.Unresolved;
import io.quantumtrader.execution.executor.Protection.Move;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one plan through the exchange: leverage, market order, protection, or the stop that it
 * moves. What comes of it is returned as the results that tell of it, in order; whoever asked
 * writes them. Every fill is one result; the last result is final, and the run is over with it,
 * once nothing is open any more, the protective orders included.
 */
final class PlanRunner {

  /**
   * Longest pause before a plan with fills is asked about again, milliseconds: its position may be
   * without a stop until then.
   */
  private static final long FILLED_MS = 4_000;

  private final Exchange exchange;
  private final ExecutorMode mode;
  private final OwnMarket market;
  private final Protection protection;

  PlanRunner(Exchange exchange, ExecutorMode mode, OwnMarket market) {
    this.exchange = exchange;
    this.mode = mode;
    this.market = market;
    this.protection = new Protection(exchange);
  }

  /** Sends a plan, and returns its results. */
  List<ApplyResult> send(PlanRun run, long nowMs) {
    ApplyPlan plan = run.plan();
    run.sent(nowMs);
    if (plan.getAction() == PlanAction.UPDATE_SL) {
      return moved(run, protection.move(plan, nowMs), nowMs);
    }
    if (plan.getAction() == PlanAction.ENTRY) {
      Acknowledgement leverage =
          exchange.setLeverage(plan.getAccount(), plan.getSymbol(), plan.getLeverage(), nowMs);
      if (leverage instanceof Refused refused) {
        Remark remark = Remark.of(refused.code(), refused.numbers(), refused.message());
        return end(run, ResultOutcome.REJECTED, remark, nowMs);
      }
      if (leverage instanceof Acknowledgement.Unresolved unresolved) {
        return unresolved(run, new Unresolved(unresolved.message(), false), nowMs);
      }
    }
    return conclude(run, exchange.execute(order(plan, nowMs)), nowMs);
  }

  private static MarketOrder order(ApplyPlan plan, long nowMs) {
    return new MarketOrder(
        plan.getAccount(),
        plan.getSymbol(),
        plan.getSide(),
        plan.getQuantity(),
        plan.getReduceOnly(),
        ClientOrderIds.of(plan.getPlanId()),
        nowMs);
  }

  /**
   * Asks the exchange what became of a plan, and returns its results. What it knows nothing of is
   * judged anew and sent, or refused.
   *
   * @param state trading state that holds for the account
   */
  List<ApplyResult> ask(PlanRun run, TradingState state, long nowMs) {
    ApplyPlan plan = run.plan();
    if (plan.getAction() == PlanAction.UPDATE_SL) {
      Optional<Move> resumed = protection.resume(plan, nowMs);
      return resumed.isPresent() ? moved(run, resumed.get(), nowMs) : judgeAnew(run, state, nowMs);
    }
    String clientOrderId = ClientOrderIds.of(plan.getPlanId());
    OrderOutcome outcome =
        exchange.query(plan.getAccount(), plan.getSymbol(), clientOrderId, nowMs);
    if (!(outcome instanceof Unknown)) {
      return conclude(run, outcome, nowMs);
    }
    if (run.hasFills() || run.isAccepted()) {
      return unresolved(run, "the exchange forgot an order that it took", nowMs);
    }
    if (run.isOnItsWay(nowMs)) {
      return unresolved(run, "an earlier executor may have sent it again", nowMs);
    }
    return judgeAnew(run, state, nowMs);
  }

  private List<ApplyResult> judgeAnew(PlanRun run, TradingState state, long nowMs) {
    ApplyPlan plan = run.plan();
    ExecutorVerdict verdict = ExecutorDecision.judge(plan, state, mode, nowMs);
    return market.judge(plan, verdict) instanceof Refuse refuse
        ? refuse(run, refuse, nowMs)
        : send(run, nowMs);
  }

  private List<ApplyResult> moved(PlanRun run, Move move, long nowMs) {
    return switch (move) {
      case Move.Moved moved ->
          List.of(ResultRecords.moved(run.plan(), moved.stopPrice(), moved.remark(), nowMs));
      case Move.NotMoved notMoved -> {
        Refused refused = notMoved.refused();
        yield rejected(
            run, new Rejected(refused.code(), refused.numbers(), refused.message()), nowMs);
      }
      case Move.Open open -> unresolved(run, open.message(), nowMs);
    };
  }

  /** Returns the answer to a plan that must not be sent. */
  List<ApplyResult> refuse(PlanRun run, Refuse refuse, long nowMs) {
    Remark remark = Remark.of(refuse.code(), refuse.numbers(), refuse.code().meaning());
    return end(run, refuse.outcome(), remark, nowMs);
  }

  private List<ApplyResult> conclude(PlanRun run, OrderOutcome outcome, long nowMs) {
    return switch (outcome) {
      case Accepted accepted ->
          isOver(accepted) ? executed(run, accepted, nowMs) : open(run, accepted, nowMs);
      case Rejected rejected -> rejected(run, rejected, nowMs);
      case Unresolved unresolved -> unresolved(run, unresolved, nowMs);
      case Unknown unknown -> unresolved(run, "the exchange does not know the order", nowMs);
    };
  }

  /** Returns whether nothing follows: an order of which fills are missing is not over. */
  private static boolean isOver(Accepted accepted) {
    return accepted.state() != State.OPEN
        && accepted.executed().compareTo(accepted.filledQuantity()) <= 0;
  }

  private List<ApplyResult> open(PlanRun run, Accepted accepted, long nowMs) {
    take(run, accepted);
    List<ApplyResult> results = new ArrayList<>();
    for (Fill fill : run.unreported(accepted.fills())) {
      results.add(filled(run, ResultOutcome.PARTIALLY_FILLED, false, fill, Remark.NONE, nowMs));
    }
    // The list of trades is often a moment late; only what stays missing is worth a word.
    if (run.isUnread() && run.asked() > 0) {
      results.addAll(unresolved(run, run.unread(), nowMs));
    } else {
      askAgain(run, nowMs);
    }
    return results;
  }

  private static void take(PlanRun run, Accepted accepted) {
    run.orderId(accepted.orderId());
    run.executed(accepted.executed(), isOver(accepted));
  }

  private List<ApplyResult> executed(PlanRun run, Accepted accepted, long nowMs) {
    take(run, accepted);
    if (accepted.fills().isEmpty()) {
      Remark remark =
          Remark.of(
              ReasonCode.EXCHANGE_REJECTED,
              numbers("filledQuantity", 0),
              "the order expired without a fill");
      return end(run, ResultOutcome.REJECTED, remark, nowMs);
    }
    boolean again = run.asked() > 0 || run.hasFills();
    ResultOutcome whole =
        accepted.state() == State.FILLED ? ResultOutcome.FILLED : ResultOutcome.PARTIALLY_FILLED;
    Protection.Answer answer = protection.settle(run.plan(), again, nowMs);
    List<ApplyResult> results = filled(run, accepted, whole, answer, nowMs);
    if (!answer.settled()) {
      results.addAll(unresolved(run, answer.remark().message(), nowMs));
    } else if (results.isEmpty()) {
      results.addAll(end(run, whole, answer.remark(), nowMs));
    }
    return results;
  }

  /**
   * Returns the fills that were not reported yet; the last is final where the protection is
   * settled.
   *
   * @param whole outcome of the last fill
   */
  private static List<ApplyResult> filled(
      PlanRun run, Accepted accepted, ResultOutcome whole, Protection.Answer answer, long nowMs) {
    List<ApplyResult> results = new ArrayList<>();
    List<Fill> fills = run.unreported(accepted.fills());
    for (int i = 0; i < fills.size(); i++) {
      boolean last = i == fills.size() - 1;
      ResultOutcome outcome = last ? whole : ResultOutcome.PARTIALLY_FILLED;
      boolean ends = last && answer.settled();
      Remark remark = ends ? answer.remark() : Remark.NONE;
      results.add(filled(run, outcome, ends, fills.get(i), remark, nowMs));
    }
    return results;
  }

  private List<ApplyResult> rejected(PlanRun run, Rejected rejected, long nowMs) {
    if (run.hasFills()) {
      return unresolved(run, "the exchange refused an order that it has filled", nowMs);
    }
    ResultOutcome outcome =
        rejected.code() == ReasonCode.POSITION_FLAT
            ? ResultOutcome.ALREADY_FLAT
            : ResultOutcome.REJECTED;
    Remark remark = Remark.of(rejected.code(), rejected.numbers(), rejected.message());
    return end(run, outcome, remark, nowMs);
  }

  /** Returns the report that the plan is unresolved where this is the first time, else nothing. */
  private List<ApplyResult> unresolved(PlanRun run, Unresolved outcome, long nowMs) {
    if (!outcome.mayArrive()) {
      run.notSent();
    }
    askAgain(run, nowMs);
    return run.reportUnresolved()
        ? List.of(ResultRecords.unresolved(run.plan(), run.progress(), outcome.message(), nowMs))
        : List.of();
  }

  private List<ApplyResult> unresolved(PlanRun run, String message, long nowMs) {
    return unresolved(run, new Unresolved(message), nowMs);
  }

  /** What the exchange took is on its way no longer; a fill, and so its stop, must not wait. */
  private void askAgain(PlanRun run, long nowMs) {
    long next = AskSchedule.next(nowMs, run.asked());
    long scheduled = run.hasFills() ? Math.min(next, nowMs + FILLED_MS) : next;
    long arrivedMs = run.isAccepted() ? 0 : run.sentAtMs() + exchange.receiveWindowMs();
    run.askAgain(Math.max(scheduled, arrivedMs));
  }

  private static ApplyResult filled(
      PlanRun run, ResultOutcome outcome, boolean ends, Fill fill, Remark remark, long nowMs) {
    run.book(fill);
    return ResultRecords.fill(run.plan(), outcome, ends, fill, run.progress(), remark, nowMs);
  }

  private static List<ApplyResult> end(
      PlanRun run, ResultOutcome outcome, Remark remark, long nowMs) {
    return List.of(ResultRecords.end(run.plan(), outcome, run.progress(), remark, nowMs));
  }
}
