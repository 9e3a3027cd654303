package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.close.ExitAsk;
import io.quantumtrader.topology.decision.close.ExitLayer;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Decides about exits and keeps what was granted, for each stage that asks for one. */
final class ExitDesk {

  private final AccountBooks books;
  private final TableRows tables;
  private final ExitAttempts attempts;

  ExitDesk(AccountBooks books, TableRows tables, ProcessingContext context) {
    this.books = books;
    this.tables = tables;
    this.attempts = new ExitAttempts(AccountBooks.store(context, Names.EXIT_ATTEMPT_STORE));
  }

  /** What was decided about one exit, before any of it is written. */
  record Outcome(Decision decision, Optional<ExitLayer.Granted> grant) {}

  /** Returns what becomes of an exit. */
  Outcome decide(ExitAsk ask, Cause cause, Policy policy, Lookups lookups, long nowMs) {
    ExitLayer.View view =
        new ExitLayer.View(
            policy,
            tables.tradingState(ask.account(), lookups),
            books.ledger(ask.account(), ask.symbol()),
            books.plans().of(ask.account()),
            attempts.find(ask.account(), ask.exitKey()),
            tables.instrument(ask.symbol(), lookups));
    Basis basis = Basis.of(policy, lookups.list());
    return Deciding.on(() -> outcome(ask, cause, view, basis, nowMs));
  }

  private static Outcome outcome(
      ExitAsk ask, Cause cause, ExitLayer.View view, Basis basis, long nowMs) {
    return switch (ExitLayer.rule(ask, view, nowMs)) {
      case ExitLayer.Denied no ->
          new Outcome(
              DecisionRecords.denied(Stage.APPLY_LAYER, cause, no.denial(), basis, nowMs),
              Optional.empty());
      case ExitLayer.Granted yes ->
          new Outcome(
              DecisionRecords.granted(
                  Stage.APPLY_LAYER,
                  cause
                      .with(yes.plan().plan().getPlanId(), yes.plan().plan().getSide())
                      .of(yes.plan().plan().getQuantity()),
                  yes.code(),
                  yes.plan().numbers(),
                  basis,
                  nowMs),
              Optional.of(yes));
    };
  }

  /** Keeps what was granted. */
  void keep(ExitLayer.Granted grant) {
    books.plans().put(grant.inFlight());
    attempts.put(grant.attempt());
  }

  ExitAttempts attempts() {
    return attempts;
  }
}
