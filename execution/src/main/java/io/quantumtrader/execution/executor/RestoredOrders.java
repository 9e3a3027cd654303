package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Shows orders that were given back, protective ones and those on their way, what the market did
 * before they were. The market reader may have read past it, for other accounts or at its start,
 * and a crash may have taken what followed from it. An order answers a mark the same way each time,
 * so that marks which it has seen before change nothing.
 */
final class RestoredOrders {

  /** How long after its close a mark may be written at the latest. */
  private static final long LATEST_MS = Duration.ofHours(1).toMillis();

  private RestoredOrders() {}

  /** Shows the marks since the accounts were published, and since plans were announced. */
  static void seeMarks(MarketLink link, PartitionHistory past, HistoryReader history) {
    if (!link.takesMarks()) {
      return;
    }
    Set<String> symbols = new HashSet<>();
    long sinceMs = Long.MAX_VALUE;
    for (ExchangeAccount account : past.accounts().values()) {
      for (ExchangePosition position : account.getPositions()) {
        if (position.getStopPrice() != null || position.getTargetPrice() != null) {
          symbols.add(position.getSymbol());
          sinceMs = Math.min(sinceMs, account.getAsOfMs() - LATEST_MS);
        }
      }
    }
    for (ApplyResult announced : ResultRecords.unanswered(past.results())) {
      symbols.add(announced.getSymbol());
      sinceMs = Math.min(sinceMs, announced.getAtMs());
    }
    if (!symbols.isEmpty()) {
      history.marks(Math.max(0, sinceMs), symbols).forEach(link::see);
    }
  }
}
