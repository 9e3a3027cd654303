package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.close.ExitAsk;
import io.quantumtrader.topology.decision.close.ExitLayer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Turns calibrated proposals into exit plans; each ends in one decision. */
final class ExitProcessor extends StageProcessor<Step.Proposed> {

  private ExitDesk desk;

  ExitProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void init(ProcessorContext<String, Step> processorContext) {
    super.init(processorContext);
    desk = new ExitDesk(books(), tables(), processorContext);
  }

  @Override
  public void process(Record<String, Step.Proposed> record) {
    HarvestProposal proposal = record.value().proposal();
    long nowMs = books().nowMs();
    Cause cause =
        Cause.of(
                record.key(),
                CauseType.PROPOSAL,
                proposal.getPositionId() + "@" + proposal.getAsOfMs(),
                1)
            .in(proposal.getSymbol());
    ExitDesk.Outcome outcome =
        desk.decide(
            Deciding.on(() -> ExitAsk.of(proposal)),
            cause,
            record.value().policy(),
            new Lookups(nowMs, record.value().lookups()),
            nowMs);

    outcome.grant().ifPresent(grant -> write(grant, nowMs));
    publish(record.key(), outcome.decision(), nowMs);
  }

  private void write(ExitLayer.Granted grant, long nowMs) {
    desk.keep(grant);
    publish(grant.plan().plan().getAccount(), grant.plan().plan(), nowMs);
    publish(grant.plan().plan().getPlanId(), grant.plan().plan().getPermit(), nowMs);
  }
}
