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
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.account.SeenIds.Seen;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.Texts;
import io.quantumtrader.topology.decision.close.CloseRest;
import io.quantumtrader.topology.decision.close.ExitOutcome;
import io.quantumtrader.topology.decision.ledger.LedgerFold;
import io.quantumtrader.topology.decision.ledger.LedgerStage;
import io.quantumtrader.topology.decision.ledger.OpeningRisk;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.Halts;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Folds results into the ledger: each fill once, its part of the reservation and the money in the
 * same step. The final result of a plan ends its reservation.
 */
final class LedgerProcessor extends StageProcessor<ApplyResult> {

  /** Before the ids of results that cannot be booked; no symbol begins so. */
  private static final String NOT_BOOKED = "!";

  LedgerProcessor(int accountPartitions) {
    super(accountPartitions);
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

  @Override
  public void process(Record<String, ApplyResult> record) {
    String account = keys().accountOfValue(record, ApplyResult::getAccount);
    ApplyResult result = record.value();
    long nowMs = state().nowMs();
    Looked looked = look(account, result, nowMs);

    write(decide(() -> outcome(result, looked, nowMs)), nowMs);
  }

  private Looked look(String account, ApplyResult result, long nowMs) {
    Lookups lookups = new Lookups(nowMs);
    String symbol = result.getSymbol();
    Policy policy = data().policy(account, lookups).policy();
    Optional<MarketState> state = data().marketState(symbol, lookups);
    String planId = result.getPlanId();
    OpeningRisk risk =
        new OpeningRisk(
            state().risk(account, planId).filter(kept -> kept.getSymbol().equals(symbol)),
            state,
            policy);
    Optional<OpenPlan> plan =
        state().plan(account, planId).filter(open -> open.getSymbol().equals(symbol));
    String fillId =
        Texts.id(symbol + "|" + (result.getFill() == null ? "" : result.getFill().getFillId()));
    String refusedId = Texts.id(NOT_BOOKED + "|" + result.getResultId());
    long keepMs = keepFillsMs(policy);
    Optional<Seen> booked = state().seenFill(account, fillId, keepMs, nowMs);
    return new Looked(
        new LedgerStage.View(state().ledger(account, symbol), booked.isPresent(), plan, risk),
        state().view(account, policy),
        fillId,
        booked,
        refusedId,
        state().seenFill(account, refusedId, keepMs, nowMs),
        plan.flatMap(open -> state().attempt(account, open.getExitKey())),
        Basis.of(policy, lookups.list()));
  }

  private static Outcome outcome(ApplyResult result, Looked looked, long nowMs) {
    LedgerStage.Ruling ruling = LedgerStage.rule(result, looked.view(), nowMs);
    Outcome outcome = Outcome.empty();
    seen(result, looked, ruling, nowMs).ifPresent(outcome::change);
    ruling.folded().ifPresent(folded -> book(folded, outcome));
    ruling.plan().map(Change.PlanOpen::new).ifPresent(outcome::change);
    if (ruling.planEnded()) {
      looked
          .attempt()
          .map(last -> afterAttempt(last, result, looked, ruling, nowMs))
          .ifPresent(outcome::change);
      outcome.change(new Change.PlanEnded(result.getAccount(), result.getPlanId()));
    }
    for (Finding remark : ruling.remarks()) {
      outcome.emit(Emission.of(recorded(result, remark, looked, nowMs)));
    }
    if (!ruling.folded().isEmpty() || ruling.planEnded()) {
      outcome.money(money(result, looked, ruling, nowMs));
    }
    rest(result, looked, ruling)
        .map(rest -> Emission.toStage(Names.APPLY_LAYER, result.getAccount(), rest))
        .ifPresent(outcome::emit);
    return outcome;
  }

  /** It goes last: the apply layer looks at what everything before it has written. */
  private static Optional<CloseCase> rest(
      ApplyResult result, Looked looked, LedgerStage.Ruling ruling) {
    return looked
        .view()
        .plan()
        .filter(plan -> ruling.planEnded())
        .flatMap(plan -> CloseRest.after(plan, result, row(looked, ruling)))
        .map(CloseCase.Rest::new);
  }

  private static Optional<PositionLedger> row(Looked looked, LedgerStage.Ruling ruling) {
    return ruling.folded().map(LedgerFold.Folded::row).or(() -> looked.view().row());
  }

  /** A result that cannot be booked is remembered apart: its fill may still come in a sound one. */
  private static Optional<Change> seen(
      ApplyResult result, Looked looked, LedgerStage.Ruling ruling, long nowMs) {
    boolean refused =
        ruling.remarks().stream().anyMatch(remark -> remark.code() == ReasonCode.FILL_INVALID);
    if (refused) {
      return Optional.of(
          new Change.FillSeen(
              result.getAccount(), looked.refusedId(), Seen.now(looked.refused(), nowMs)));
    }
    return Optional.ofNullable(result.getFill())
        .map(
            fill ->
                new Change.FillSeen(
                    result.getAccount(), looked.fillId(), Seen.now(looked.booked(), nowMs)));
  }

  private static void book(LedgerFold.Folded folded, Outcome outcome) {
    outcome.change(new Change.LedgerChanged(folded.row()));
    folded.rows().forEach(outcome::emit);
  }

  private static Change afterAttempt(
      ExitAttempt last, ApplyResult result, Looked looked, LedgerStage.Ruling ruling, long nowMs) {
    OpenPlan plan = looked.view().plan().orElseThrow();
    return ExitOutcome.after(plan, last, result, row(looked, ruling), nowMs)
        .<Change>map(Change.ExitTried::new)
        .orElseGet(() -> new Change.ExitDone(last.getAccount(), last.getExitKey()));
  }

  private static Decision recorded(ApplyResult result, Finding remark, Looked looked, long nowMs) {
    return DecisionRecords.recorded(
        Stage.LEDGER,
        cause(result, remark.code(), looked),
        remark.code(),
        remark.numbers(),
        looked.basis(),
        nowMs);
  }

  private static PortfolioState money(
      ApplyResult result, Looked looked, LedgerStage.Ruling ruling, long nowMs) {
    AccountView after = after(looked.account(), ruling, result.getPlanId());
    AccountView whole =
        ruling
            .folded()
            .flatMap(LedgerFold.Folded::closedProfit)
            .map(profit -> after.with(Halts.afterClose(portfolio(after), profit, nowMs)))
            .orElse(after);
    return Portfolio.afterChange(whole, nowMs);
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
