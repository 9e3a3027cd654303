package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.MissingProtection.Bare;
import io.quantumtrader.schemas.avro.ExchangePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Positions of which nobody knows where their stop should be: the entry's trades cannot be read, so
 * that the ledger has nothing, and neither can its plan be read any more. Either may change within
 * moments; after half a minute such a position is closed, like one whose stop is refused.
 */
final class UnknownStops {

  /** How long it is waited for trades or plan, milliseconds on the clock. */
  static final long PATIENCE_MS = 30_000;

  private static final Logger LOG = LoggerFactory.getLogger(UnknownStops.class);

  private final boolean closes;
  private final Map<String, Map<String, Long>> sinceMs = new HashMap<>();

  /**
   * Creates it.
   *
   * @param closes whether such a position is closed
   */
  UnknownStops(boolean closes) {
    this.closes = closes;
  }

  /**
   * Returns which of them have been so for too long and are to be closed.
   *
   * @param bare positions of the account of which that is so now
   * @param nowMs the clock, epoch milliseconds UTC
   */
  List<Bare> overdue(String account, List<Bare> bare, long nowMs) {
    Map<String, Long> known = sinceMs.computeIfAbsent(account, name -> new HashMap<>());
    Set<String> now = new HashSet<>();
    List<Bare> overdue = new ArrayList<>();
    for (Bare each : bare) {
      ExchangePosition position = each.position();
      now.add(position.getSymbol());
      Long before = known.get(position.getSymbol());
      if (before == null || before > nowMs) {
        known.put(position.getSymbol(), nowMs);
        LOG.error(
            "{} {}: {} of plan {} have no stop, and neither its plan nor its trades can be read to"
                + " know one; {}",
            account,
            position.getSymbol(),
            position.getQuantity().stripTrailingZeros().toPlainString(),
            each.planId(),
            closes ? "it is closed unless they are soon" : "set one by hand");
      } else if (closes && nowMs - before >= PATIENCE_MS) {
        LOG.error("{} {}: its stop is still unknown; it is closed", account, position.getSymbol());
        overdue.add(each);
      }
    }
    known.keySet().retainAll(now);
    return overdue;
  }

  /** Returns how many there were when the accounts were looked at last. */
  int count() {
    return sinceMs.values().stream().mapToInt(Map::size).sum();
  }
}
