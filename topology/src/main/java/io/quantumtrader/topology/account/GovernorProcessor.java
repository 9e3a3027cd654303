package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.entry.EntryKillScore;
import io.quantumtrader.topology.decision.entry.Governor;
import io.quantumtrader.topology.decision.entry.GovernorRuling;
import io.quantumtrader.topology.decision.entry.GovernorView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sizes entries. Writes nothing but the refusals. */
final class GovernorProcessor extends StageProcessor<Step.Entry> {

  private GrantedEntries granted;

  GovernorProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void init(ProcessorContext<String, Step> processorContext) {
    super.init(processorContext);
    granted = new GrantedEntries(AccountBooks.store(processorContext, Names.GRANTED_ENTRY_STORE));
  }

  @Override
  public void process(Record<String, Step.Entry> record) {
    String account = record.key();
    Step.Entry entry = record.value();
    long nowMs = books().nowMs();
    Optional<BigDecimal> equity = books().portfolio(account).map(PortfolioState::getEquity);
    List<Long> grantedAtMs = granted.of(account, entry.intent().getSymbol());

    hand(account, Deciding.on(() -> step(entry, equity, grantedAtMs, nowMs)), nowMs);
  }

  private static Step step(
      Step.Entry entry, Optional<BigDecimal> equity, List<Long> grantedAtMs, long nowMs) {
    GovernorView view =
        new GovernorView(
            entry.policy(),
            entry.instrument(),
            entry.state(),
            EntryKillScore.of(entry.state(), entry.policy()),
            equity,
            grantedAtMs);
    return switch (Governor.rule(entry.intent(), entry.side(), view, nowMs)) {
      case GovernorRuling.Denied no ->
          new Step.Publication(
              DecisionRecords.denied(
                  Stage.GOVERNOR, entry.cause(), no.denial(), entry.basis(), nowMs));
      case GovernorRuling.Sized sized -> new Step.Sized(entry, sized.entry());
    };
  }
}
