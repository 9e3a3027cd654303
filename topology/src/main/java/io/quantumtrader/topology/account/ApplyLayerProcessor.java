package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Restrictions;
import io.quantumtrader.topology.decision.close.ApplyLayer;
import io.quantumtrader.topology.decision.close.CloseRest;
import io.quantumtrader.topology.decision.close.ExitAsk;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Turns closes that intents ask for, and calibrated proposals, into plans, and keeps other closes
 * of the position back until they are finished. Each ends in one decision.
 */
final class ApplyLayerProcessor extends StageProcessor<CloseCase> {

  private ExitDesk exits;

  ApplyLayerProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    super.init(processorContext);
    exits = new ExitDesk(state(), data());
  }

  @Override
  public void process(Record<String, CloseCase> record) {
    long nowMs = state().nowMs();
    Outcome outcome =
        switch (record.value()) {
          case CloseCase.Asked asked -> asked(record.key(), asked, nowMs);
          case CloseCase.Proposed proposed -> proposed(record.key(), proposed, nowMs);
          case CloseCase.Rest rest -> rest(record.key(), rest.ask(), nowMs);
        };
    write(outcome, nowMs);
  }

  private Outcome asked(String account, CloseCase.Asked close, long nowMs) {
    ApplyLayer.View view =
        new ApplyLayer.View(
            close.policy(),
            state().ledger(account, close.ask().intent().getSymbol()).orElseThrow(),
            state().plans(account),
            close.instrument(),
            close.state());
    return decide(
        () ->
            ExitDesk.outcome(
                ApplyLayer.rule(close.ask(), view, nowMs), close.cause(), close.basis(), nowMs));
  }

  private Outcome rest(String account, CloseRest.Ask ask, long nowMs) {
    Lookups lookups = new Lookups(nowMs);
    String symbol = ask.part().getSymbol();
    Policy policy = data().policy(account, lookups).policy();
    Restrictions restrictions = data().restrictions(account, lookups);
    CloseRest.View view =
        new CloseRest.View(
            policy,
            restrictions.tradingState(),
            restrictions.locks(),
            state().ledger(account, symbol).orElseThrow(),
            state().plans(account),
            data().instrument(symbol, lookups));
    Cause cause = Cause.of(account, CauseType.PLAN, ask.part().getPlanId() + "/rest", 1).in(symbol);
    Basis basis = Basis.of(policy, lookups.list());
    try {
      return decide(() -> ExitDesk.outcome(CloseRest.rule(ask, view, nowMs), cause, basis, nowMs));
    } catch (DecisionFailedException failed) {
      // The fill before it is booked, and its result must not end as a dead letter.
      return ExitDesk.failed(failed, cause, basis, nowMs);
    }
  }

  private Outcome proposed(String account, CloseCase.Proposed proposed, long nowMs) {
    HarvestProposal proposal = proposed.proposal();
    String causeId = proposal.getPositionId() + "@" + proposal.getAsOfMs();
    return exits.decide(
        Deciding.on(() -> ExitAsk.of(proposal)),
        Cause.of(account, CauseType.PROPOSAL, causeId, 1).in(proposal.getSymbol()),
        proposed.policy(),
        new Lookups(nowMs, proposed.lookups()),
        nowMs);
  }
}
