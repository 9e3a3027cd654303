package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.close.ApplyLayer;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** Turns closes into plans, and keeps other closes of the position back until they are finished. */
final class ApplyLayerProcessor extends StageProcessor<Step.Close> {

  ApplyLayerProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  /** What the apply layer decided, all of it, before any of it is written. */
  private record Outcome(Decision decision, Optional<ApplyLayer.Granted> grant) {}

  @Override
  public void process(Record<String, Step.Close> record) {
    String account = record.key();
    Step.Close close = record.value();
    long nowMs = books().nowMs();
    ApplyLayer.View view = view(account, close);
    Outcome outcome = Deciding.on(() -> decide(close, view, nowMs));

    outcome.grant().ifPresent(grant -> write(grant, nowMs));
    publish(account, outcome.decision(), nowMs);
  }

  private ApplyLayer.View view(String account, Step.Close close) {
    return new ApplyLayer.View(
        close.policy(),
        books().ledger(account, close.ask().intent().getSymbol()).orElseThrow(),
        books().plans().of(account),
        close.instrument(),
        close.state());
  }

  private void write(ApplyLayer.Granted grant, long nowMs) {
    books().plans().put(grant.inFlight());
    publish(grant.plan().getAccount(), grant.plan(), nowMs);
    publish(grant.plan().getPlanId(), grant.plan().getPermit(), nowMs);
  }

  private static Outcome decide(Step.Close close, ApplyLayer.View view, long nowMs) {
    Basis basis = close.basis();
    return switch (ApplyLayer.rule(close.ask(), view, nowMs)) {
      case ApplyLayer.Denied no ->
          new Outcome(
              DecisionRecords.denied(Stage.APPLY_LAYER, close.cause(), no.denial(), basis, nowMs),
              Optional.empty());
      case ApplyLayer.Granted yes ->
          new Outcome(
              DecisionRecords.granted(
                  Stage.APPLY_LAYER,
                  close.cause().of(yes.plan().getQuantity()),
                  ReasonCode.CLOSE_GRANTED,
                  yes.numbers(),
                  basis,
                  nowMs),
              Optional.of(yes));
    };
  }
}
