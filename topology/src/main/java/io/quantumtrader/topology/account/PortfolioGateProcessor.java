package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Denial;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.entry.EntryGrant;
import io.quantumtrader.topology.decision.entry.PortfolioGate;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * P3.3: grants an entry where there is room, and in the same step reserves slot and margin, keeps
 * the risk data and counts it towards the rates.
 */
final class PortfolioGateProcessor extends StageProcessor<Step.Sized> {

  private GrantedEntries granted;

  PortfolioGateProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void init(ProcessorContext<String, Step> processorContext) {
    super.init(processorContext);
    granted = new GrantedEntries(AccountBooks.store(processorContext, Names.GRANTED_ENTRY_STORE));
  }

  /** What the gate decided, all of it, before any of it is written. */
  private record Outcome(
      Decision decision, Optional<EntryGrant> grant, Optional<PortfolioState> portfolio) {}

  @Override
  public void process(Record<String, Step.Sized> record) {
    String account = record.key();
    Step.Sized sized = record.value();
    long nowMs = books().nowMs();
    AccountView view = books().view(account, sized.entry().policy());
    Outcome outcome = Deciding.on(() -> decide(sized, view, nowMs));

    outcome.grant().ifPresent(grant -> write(grant, nowMs));
    publish(account, outcome.decision(), nowMs);
    outcome.portfolio().ifPresent(state -> writePortfolio(state, nowMs));
  }

  private void write(EntryGrant grant, long nowMs) {
    String account = grant.plan().getAccount();
    String planId = grant.plan().getPlanId();
    books().plans().put(grant.reservation());
    books().plans().put(grant.risk());
    granted.add(account, grant.plan().getSymbol(), planId, nowMs);
    publish(account, grant.plan(), nowMs);
    publish(planId, grant.plan().getPermit(), nowMs);
  }

  private void writePortfolio(PortfolioState state, long nowMs) {
    books().put(state);
    publish(state.getAccount(), state, nowMs);
  }

  private static Outcome decide(Step.Sized sized, AccountView account, long nowMs) {
    Step.Entry entry = sized.entry();
    Cause cause = entry.cause().of(sized.size().quantity());
    PortfolioGate.View view =
        new PortfolioGate.View(entry.policy(), account.before(), account.holdings());
    return switch (PortfolioGate.rule(sized.size(), view, nowMs)) {
      case PortfolioGate.Denied no -> denied(sized, cause, no.denial(), nowMs);
      case PortfolioGate.Granted yes -> {
        EntryGrant grant =
            EntryGrant.of(
                entry.planId(), entry.intent(), sized.size(), entry.state(), entry.policy(), nowMs);
        Decision decision =
            DecisionRecords.granted(
                Stage.PORTFOLIO_GATE,
                cause,
                ReasonCode.PERMIT_GRANTED,
                yes.numbers().and(sized.size().numbers()),
                entry.basis(),
                nowMs);
        PortfolioState portfolio = Portfolio.afterChange(account.with(grant.reservation()), nowMs);
        yield new Outcome(decision, Optional.of(grant), Optional.of(portfolio));
      }
    };
  }

  private static Outcome denied(Step.Sized sized, Cause cause, Denial denial, long nowMs) {
    Denial explained = new Denial(denial.code(), denial.numbers().and(sized.size().numbers()));
    return new Outcome(
        DecisionRecords.denied(
            Stage.PORTFOLIO_GATE, cause, explained, sized.entry().basis(), nowMs),
        Optional.empty(),
        Optional.empty());
  }
}
