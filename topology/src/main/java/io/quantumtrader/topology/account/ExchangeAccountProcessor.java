package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.decision.snapshot.ExchangeViews;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps an account as the exchange has it, and sends what that says anew of each position to the
 * stages of its symbol, which show it in snapshots. A position of which nothing changed is not sent
 * again.
 */
final class ExchangeAccountProcessor extends StageProcessor<ExchangeAccount> {

  ExchangeAccountProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void process(Record<String, ExchangeAccount> record) {
    keys().accountOfKey(record.key());
    ExchangeAccount row = record.value();
    if (row != null && !row.getAccount().equals(record.key())) {
      throw KeyCheck.mismatch(record.key(), row.getAccount());
    }
    if (row != null) {
      Deciding.checkBounds(row);
    }
    Optional<ExchangeAccount> known = state().wallet(record.key());
    long nowMs = state().nowMs();
    write(decide(() -> outcome(record.key(), known, row, nowMs)), nowMs);
  }

  private static Outcome outcome(
      String account, Optional<ExchangeAccount> known, ExchangeAccount row, long nowMs) {
    if (row == null) {
      return sent(known.map(last -> ExchangeViews.gone(last, nowMs)).orElse(List.of()))
          .change(new Change.WalletGone(account));
    }
    return sent(ExchangeViews.changed(known, row)).change(new Change.WalletSeen(account, row));
  }

  private static Outcome sent(List<ExchangeView> views) {
    Outcome outcome = Outcome.empty();
    views.forEach(view -> outcome.emit(Emission.bySymbol(view)));
    return outcome;
  }
}
