package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.account.SeenIds.Seen;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.Texts;
import io.quantumtrader.topology.decision.close.ExitOutcome;
import io.quantumtrader.topology.decision.ledger.LedgerFold;
import io.quantumtrader.topology.decision.ledger.LedgerStage;
import io.quantumtrader.topology.decision.ledger.OpeningRisk;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.Halts;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Folds results into the ledger: each fill once, its part of the reservation and the money in the
 * same step. The final result of a plan ends its reservation.
 */
final class LedgerProcessor extends StageProcessor<ApplyResult> {

  /** Before the ids of results that cannot be booked; no symbol begins so. */
  private static final String NOT_BOOKED = "!";

  private SeenIds seenFills;
  private ExitAttempts attempts;

  LedgerProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void init(ProcessorContext<String, Step> processorContext) {
    super.init(processorContext);
    seenFills = new SeenIds(AccountBooks.store(processorContext, Names.SEEN_FILL_STORE));
    attempts = new ExitAttempts(AccountBooks.store(processorContext, Names.EXIT_ATTEMPT_STORE));
  }

  /** Returns how long fill ids of an account are remembered, milliseconds: a day at least. */
  static long keepFillsMs(Policy policy) {
    return Math.max(24 * SeenIds.HOUR_MS, policy.getDedupeMs());
  }

  /** What the ledger stage looked at. */
  private record Looked(
      LedgerStage.View view,
      AccountView account,
      String fillId,
      Optional<Seen> booked,
      String refusedId,
      Optional<Seen> refused,
      Optional<ExitAttempt> attempt,
      Basis basis) {}

  /** What the ledger stage decided, all of it, before any of it is written. */
  private record Outcome(
      LedgerStage.Ruling ruling,
      List<Decision> decisions,
      Optional<PortfolioState> portfolio,
      Optional<ExitAttempt> nextAttempt) {

    boolean refusesFill() {
      return ruling.remarks().stream().anyMatch(remark -> remark.code() == ReasonCode.FILL_INVALID);
    }
  }

  @Override
  public void process(Record<String, ApplyResult> record) {
    String account = keys().accountOfValue(record, ApplyResult::getAccount);
    ApplyResult result = record.value();
    long nowMs = books().nowMs();
    Looked looked = look(account, result, nowMs);
    Outcome outcome = Deciding.on(() -> decide(result, looked, nowMs));

    write(result, looked, outcome, nowMs);
    for (Decision decision : outcome.decisions()) {
      publish(account, decision, nowMs);
    }
    if (outcome.portfolio().isPresent()) {
      books().put(outcome.portfolio().get());
      publish(account, outcome.portfolio().get(), nowMs);
    }
  }

  private Looked look(String account, ApplyResult result, long nowMs) {
    Lookups lookups = new Lookups(nowMs);
    String symbol = result.getSymbol();
    Policy policy = tables().policy(account, lookups).policy();
    Optional<MarketState> state = tables().marketState(symbol, lookups);
    OpenPlans plans = books().plans();
    String planId = result.getPlanId();
    OpeningRisk risk =
        new OpeningRisk(
            plans.findRisk(account, planId).filter(kept -> kept.getSymbol().equals(symbol)),
            state,
            policy);
    Optional<OpenPlan> plan =
        plans.find(account, planId).filter(open -> open.getSymbol().equals(symbol));
    String fillId =
        Texts.id(symbol + "|" + (result.getFill() == null ? "" : result.getFill().getFillId()));
    String refusedId = Texts.id(NOT_BOOKED + "|" + result.getResultId());
    long keepMs = keepFillsMs(policy);
    Optional<Seen> booked = seenFills.find(account, fillId, keepMs, nowMs);
    return new Looked(
        new LedgerStage.View(books().ledger(account, symbol), booked.isPresent(), plan, risk),
        books().view(account, policy),
        fillId,
        booked,
        refusedId,
        seenFills.find(account, refusedId, keepMs, nowMs),
        plan.flatMap(open -> attempts.find(account, open.getExitKey())),
        Basis.of(policy, lookups.list()));
  }

  private void write(ApplyResult result, Looked looked, Outcome outcome, long nowMs) {
    String account = result.getAccount();
    LedgerStage.Ruling ruling = outcome.ruling();
    if (outcome.refusesFill()) {
      seenFills.mark(account, looked.refusedId(), looked.refused(), nowMs);
    } else if (result.getFill() != null) {
      seenFills.mark(account, looked.fillId(), looked.booked(), nowMs);
    }
    if (ruling.folded().isPresent()) {
      books().put(ruling.folded().get().row());
      for (PositionLedger row : ruling.folded().get().rows()) {
        publish(Accounts.key(account, row.getSymbol()), row, nowMs);
      }
    }
    ruling.plan().ifPresent(books().plans()::put);
    if (ruling.planEnded()) {
      looked.attempt().ifPresent(last -> endExit(last, outcome.nextAttempt()));
      books().plans().end(account, result.getPlanId());
    }
  }

  private void endExit(ExitAttempt last, Optional<ExitAttempt> next) {
    if (next.isPresent()) {
      attempts.put(next.get());
    } else {
      attempts.remove(last.getAccount(), last.getExitKey());
    }
  }

  private static Outcome decide(ApplyResult result, Looked looked, long nowMs) {
    LedgerStage.Ruling ruling = LedgerStage.rule(result, looked.view(), nowMs);
    List<Decision> decisions = new ArrayList<>();
    for (LedgerStage.Remark remark : ruling.remarks()) {
      decisions.add(
          DecisionRecords.recorded(
              Stage.LEDGER,
              cause(result, remark.code(), looked),
              remark.code(),
              remark.numbers(),
              looked.basis(),
              nowMs));
    }
    if (ruling.folded().isEmpty() && !ruling.planEnded()) {
      return new Outcome(ruling, decisions, Optional.empty(), Optional.empty());
    }
    AccountView after = after(looked.account(), ruling, result.getPlanId());
    AccountView whole =
        ruling
            .folded()
            .flatMap(LedgerFold.Folded::closedProfit)
            .map(profit -> after.with(Halts.afterClose(portfolio(after), profit, nowMs)))
            .orElse(after);
    return new Outcome(
        ruling,
        decisions,
        Optional.of(Portfolio.afterChange(whole, nowMs)),
        nextAttempt(result, looked, ruling, nowMs));
  }

  private static Optional<ExitAttempt> nextAttempt(
      ApplyResult result, Looked looked, LedgerStage.Ruling ruling, long nowMs) {
    Optional<PositionLedger> row =
        ruling.folded().map(LedgerFold.Folded::row).or(() -> looked.view().row());
    return looked
        .attempt()
        .flatMap(
            last ->
                ExitOutcome.after(looked.view().plan().orElseThrow(), last, result, row, nowMs));
  }

  private static AccountView after(AccountView before, LedgerStage.Ruling ruling, String planId) {
    AccountView view = ruling.folded().map(each -> before.with(each.row())).orElse(before);
    return ruling.planEnded() ? view.without(planId) : ruling.plan().map(view::with).orElse(view);
  }

  private static PortfolioState portfolio(AccountView view) {
    return view.before().orElseGet(() -> Portfolio.unknown(view.account()));
  }

  private static Cause cause(ApplyResult result, ReasonCode code, Looked looked) {
    Optional<Seen> before = code == ReasonCode.FILL_INVALID ? looked.refused() : looked.booked();
    String id =
        code == ReasonCode.FILL_INVALID ? result.getResultId() : result.getFill().getFillId();
    Cause cause =
        Cause.of(result.getAccount(), CauseType.RESULT, id, before.map(Seen::count).orElse(0) + 1)
            .in(result.getSymbol());
    return result.getPlanId().isEmpty() ? cause : cause.with(result.getPlanId(), result.getSide());
  }
}
