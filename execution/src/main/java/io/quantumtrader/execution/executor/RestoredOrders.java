package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Shows protective orders that were given back what the market did before they were. The market
 * reader may have read past it, for other accounts or at its start, and a crash may have taken what
 * followed from it. An order answers a mark the same way each time, so that marks which it has seen
 * before change nothing.
 */
final class RestoredOrders {

  /** How long after its close a mark may be written at the latest. */
  private static final long LATEST_MS = Duration.ofHours(1).toMillis();

  private RestoredOrders() {}

  /**
   * Shows the marks since the accounts were published.
   *
   * @param accounts as they were given back
   */
  static void seeMarks(
      MarketLink link, Collection<ExchangeAccount> accounts, HistoryReader history) {
    if (!link.takesMarks()) {
      return;
    }
    Set<String> symbols = new HashSet<>();
    long sinceMs = Long.MAX_VALUE;
    for (ExchangeAccount account : accounts) {
      for (ExchangePosition position : account.getPositions()) {
        if (position.getStopPrice() != null || position.getTargetPrice() != null) {
          symbols.add(position.getSymbol());
          sinceMs = Math.min(sinceMs, account.getAsOfMs() - LATEST_MS);
        }
      }
    }
    if (!symbols.isEmpty()) {
      history.marks(Math.max(0, sinceMs), symbols).forEach(link::see);
    }
  }
}
