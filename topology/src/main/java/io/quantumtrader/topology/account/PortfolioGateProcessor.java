package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.entry.EntryGrant;
import io.quantumtrader.topology.decision.entry.PortfolioGate;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import org.apache.kafka.streams.processor.api.Record;

/**
 * P3.3: grants an entry where there is room, and in the same step reserves slot and margin, keeps
 * the risk data and counts it towards the rates.
 */
final class PortfolioGateProcessor extends StageProcessor<EntryCase.Sized> {

  PortfolioGateProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void process(Record<String, EntryCase.Sized> record) {
    EntryCase.Sized sized = record.value();
    long nowMs = state().nowMs();
    AccountView view = state().view(record.key(), sized.entry().policy());

    write(decide(() -> ruled(sized, view, nowMs)), nowMs);
  }

  private static Outcome ruled(EntryCase.Sized sized, AccountView account, long nowMs) {
    EntryCase entry = sized.entry();
    Cause cause = entry.cause().of(sized.size().quantity());
    PortfolioGate.View view =
        new PortfolioGate.View(entry.policy(), account.before(), account.holdings());
    return PortfolioGate.rule(sized.size(), view, nowMs)
        .fold(
            why ->
                Outcome.of(
                    DecisionRecords.denied(
                        Stage.PORTFOLIO_GATE,
                        cause,
                        new Finding(why.code(), why.numbers().and(sized.size().numbers())),
                        entry.basis(),
                        nowMs)),
            taken -> granted(sized, taken, cause, account, nowMs));
  }

  private static Outcome granted(
      EntryCase.Sized sized, Numbers taken, Cause cause, AccountView account, long nowMs) {
    EntryCase entry = sized.entry();
    EntryGrant grant =
        EntryGrant.of(
            entry.planId(), entry.intent(), sized.size(), entry.state(), entry.policy(), nowMs);
    Decision decision =
        DecisionRecords.granted(
            Stage.PORTFOLIO_GATE,
            cause,
            ReasonCode.PERMIT_GRANTED,
            taken.and(sized.size().numbers()),
            entry.basis(),
            nowMs);
    return granted(grant, nowMs)
        .emit(Emission.of(decision))
        .money(Portfolio.afterChange(account.with(grant.reservation()), nowMs));
  }

  private static Outcome granted(EntryGrant grant, long nowMs) {
    ApplyPlan plan = grant.plan();
    return Outcome.empty()
        .change(new Change.PlanOpen(grant.reservation()))
        .change(new Change.RiskPlanned(grant.risk()))
        .change(
            new Change.EntryGranted(plan.getAccount(), plan.getSymbol(), plan.getPlanId(), nowMs))
        .emit(plan);
  }
}
