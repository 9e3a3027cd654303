package io.quantumtrader.execution.executor;

import static io.quantumtrader.execution.decision.Decimals.numbers;

import io.quantumtrader.execution.decision.AskSchedule;
import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.ExecutorDecision;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes one plan through the exchange: leverage, market order, protection, or the stop that it
 * moves, and the results that tell of it. Every fill is one result; the last result is final once
 * nothing is open any more, the protective orders included.
 */
final class PlanRunner {

  private final Exchange exchange;
  private final Protection protection;

  PlanRunner(Exchange exchange) {
    this.exchange = exchange;
    this.protection = new Protection(exchange);
  }

  /**
   * Sends a plan.
   *
   * @param out takes its results
   * @return whether it has its final result
   */
  boolean send(PlanRun run, long nowMs, Consumer<ApplyResult> out) {
    ApplyPlan plan = run.plan();
    run.sent(nowMs);
    if (plan.getAction() == PlanAction.UPDATE_SL) {
      return moved(run, protection.move(plan, nowMs), nowMs, out);
    }
    if (plan.getAction() == PlanAction.ENTRY) {
      Acknowledgement leverage =
          exchange.setLeverage(plan.getAccount(), plan.getSymbol(), plan.getLeverage(), nowMs);
      if (leverage instanceof Refused refused) {
        Remark remark = Remark.of(refused.code(), refused.numbers(), refused.message());
        return end(run, ResultOutcome.REJECTED, remark, nowMs, out);
      }
      if (leverage instanceof Acknowledgement.Unresolved unresolved) {
        return unresolved(run, unresolved.message(), nowMs, out);
      }
    }
    return conclude(run, exchange.execute(order(plan, nowMs)), nowMs, out);
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
   * Asks the exchange what became of a plan. What it knows nothing of is judged anew and sent, or
   * refused.
   *
   * @param state trading state that holds for the account
   * @return whether it has its final result
   */
  boolean ask(PlanRun run, TradingState state, long nowMs, Consumer<ApplyResult> out) {
    ApplyPlan plan = run.plan();
    if (plan.getAction() == PlanAction.UPDATE_SL) {
      Optional<Move> resumed = protection.resume(plan, nowMs);
      return resumed.isPresent()
          ? moved(run, resumed.get(), nowMs, out)
          : judgeAnew(run, state, nowMs, out);
    }
    String clientOrderId = ClientOrderIds.of(plan.getPlanId());
    OrderOutcome outcome =
        exchange.query(plan.getAccount(), plan.getSymbol(), clientOrderId, nowMs);
    if (!(outcome instanceof Unknown)) {
      return conclude(run, outcome, nowMs, out);
    }
    if (run.hasFills()) {
      return unresolved(run, "the exchange forgot an order that it has filled", nowMs, out);
    }
    return judgeAnew(run, state, nowMs, out);
  }

  private boolean judgeAnew(
      PlanRun run, TradingState state, long nowMs, Consumer<ApplyResult> out) {
    return ExecutorDecision.judge(run.plan(), state, nowMs) instanceof Refuse refuse
        ? refuse(run, refuse, nowMs, out)
        : send(run, nowMs, out);
  }

  private boolean moved(PlanRun run, Move move, long nowMs, Consumer<ApplyResult> out) {
    return switch (move) {
      case Move.Moved moved -> {
        out.accept(ResultRecords.moved(run.plan(), moved.stopPrice(), moved.remark(), nowMs));
        yield true;
      }
      case Move.NotMoved notMoved -> {
        Refused refused = notMoved.refused();
        yield rejected(
            run, new Rejected(refused.code(), refused.numbers(), refused.message()), nowMs, out);
      }
      case Move.Open open -> unresolved(run, open.message(), nowMs, out);
    };
  }

  /** Answers a plan that must not be sent. */
  boolean refuse(PlanRun run, Refuse refuse, long nowMs, Consumer<ApplyResult> out) {
    Remark remark = Remark.of(refuse.code(), refuse.numbers(), refuse.code().meaning());
    return end(run, refuse.outcome(), remark, nowMs, out);
  }

  private boolean conclude(
      PlanRun run, OrderOutcome outcome, long nowMs, Consumer<ApplyResult> out) {
    return switch (outcome) {
      case Accepted accepted -> accepted(run, accepted, nowMs, out);
      case Rejected rejected -> rejected(run, rejected, nowMs, out);
      case Unresolved unresolved -> unresolved(run, unresolved.message(), nowMs, out);
      case Unknown unknown -> unresolved(run, "the exchange does not know the order", nowMs, out);
    };
  }

  private boolean accepted(PlanRun run, Accepted accepted, long nowMs, Consumer<ApplyResult> out) {
    return accepted.state() == State.OPEN
        ? open(run, accepted, nowMs, out)
        : executed(run, accepted, nowMs, out);
  }

  private boolean open(PlanRun run, Accepted accepted, long nowMs, Consumer<ApplyResult> out) {
    run.orderId(accepted.orderId());
    for (Fill fill : run.unreported(accepted.fills())) {
      report(run, ResultOutcome.PARTIALLY_FILLED, false, fill, Remark.NONE, nowMs, out);
    }
    askAgain(run, nowMs);
    return false;
  }

  private boolean executed(PlanRun run, Accepted accepted, long nowMs, Consumer<ApplyResult> out) {
    run.orderId(accepted.orderId());
    if (accepted.fills().isEmpty()) {
      Remark remark =
          Remark.of(
              ReasonCode.EXCHANGE_REJECTED,
              numbers("filledQuantity", 0),
              "the order expired without a fill");
      return end(run, ResultOutcome.REJECTED, remark, nowMs, out);
    }
    Protection.Answer protectionAnswer = protection.settle(run.plan(), nowMs);
    List<Fill> fills = run.unreported(accepted.fills());
    ResultOutcome whole =
        accepted.state() == State.FILLED ? ResultOutcome.FILLED : ResultOutcome.PARTIALLY_FILLED;
    for (int i = 0; i < fills.size(); i++) {
      boolean last = i == fills.size() - 1;
      ResultOutcome outcome = last ? whole : ResultOutcome.PARTIALLY_FILLED;
      boolean ends = last && protectionAnswer.settled();
      Remark remark = ends ? protectionAnswer.remark() : Remark.NONE;
      report(run, outcome, ends, fills.get(i), remark, nowMs, out);
    }
    if (!protectionAnswer.settled()) {
      return unresolved(run, protectionAnswer.remark().message(), nowMs, out);
    }
    return !fills.isEmpty() || end(run, whole, protectionAnswer.remark(), nowMs, out);
  }

  private boolean rejected(PlanRun run, Rejected rejected, long nowMs, Consumer<ApplyResult> out) {
    if (run.hasFills()) {
      return unresolved(run, "the exchange refused an order that it has filled", nowMs, out);
    }
    ResultOutcome outcome =
        rejected.code() == ReasonCode.POSITION_FLAT
            ? ResultOutcome.ALREADY_FLAT
            : ResultOutcome.REJECTED;
    Remark remark = Remark.of(rejected.code(), rejected.numbers(), rejected.message());
    return end(run, outcome, remark, nowMs, out);
  }

  private boolean unresolved(PlanRun run, String message, long nowMs, Consumer<ApplyResult> out) {
    askAgain(run, nowMs);
    if (run.reportUnresolved()) {
      out.accept(ResultRecords.unresolved(run.plan(), run.progress(), message, nowMs));
    }
    return false;
  }

  private void askAgain(PlanRun run, long nowMs) {
    long scheduled = AskSchedule.next(nowMs, run.asked());
    run.askAgain(Math.max(scheduled, run.sentAtMs() + exchange.receiveWindowMs()));
  }

  private static void report(
      PlanRun run,
      ResultOutcome outcome,
      boolean ends,
      Fill fill,
      Remark remark,
      long nowMs,
      Consumer<ApplyResult> out) {
    run.book(fill);
    out.accept(ResultRecords.fill(run.plan(), outcome, ends, fill, run.progress(), remark, nowMs));
  }

  private static boolean end(
      PlanRun run, ResultOutcome outcome, Remark remark, long nowMs, Consumer<ApplyResult> out) {
    out.accept(ResultRecords.end(run.plan(), outcome, run.progress(), remark, nowMs));
    return true;
  }
}
