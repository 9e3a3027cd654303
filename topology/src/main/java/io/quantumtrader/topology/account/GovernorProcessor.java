package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.entry.EntryKillScore;
import io.quantumtrader.topology.decision.entry.Governor;
import io.quantumtrader.topology.decision.entry.GovernorView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** Sizes entries. Writes nothing but the refusals. */
final class GovernorProcessor extends StageProcessor<EntryCase> {

  GovernorProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void process(Record<String, EntryCase> record) {
    String account = record.key();
    EntryCase entry = record.value();
    long nowMs = state().nowMs();
    Optional<BigDecimal> equity = state().money(account).map(PortfolioState::getEquity);
    List<Long> grantedAtMs = state().grantedAtMs(account, entry.intent().getSymbol());

    write(decide(() -> ruled(entry, equity, grantedAtMs, nowMs)), nowMs);
  }

  private static Outcome ruled(
      EntryCase entry, Optional<BigDecimal> equity, List<Long> grantedAtMs, long nowMs) {
    GovernorView view =
        new GovernorView(
            entry.policy(),
            entry.instrument(),
            entry.state(),
            EntryKillScore.of(entry.state(), entry.policy()),
            equity,
            grantedAtMs);
    return Governor.rule(entry.intent(), entry.side(), view, nowMs)
        .fold(
            why ->
                Outcome.of(
                    DecisionRecords.denied(
                        Stage.GOVERNOR, entry.cause(), why, entry.basis(), nowMs)),
            sized ->
                Outcome.empty()
                    .emit(
                        Emission.toStage(
                            Names.PORTFOLIO_GATE,
                            entry.intent().getAccount(),
                            new EntryCase.Sized(entry, sized))));
  }
}
