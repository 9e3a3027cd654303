package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.AskSchedule;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Done;
import io.quantumtrader.execution.exchange.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels what still rests in symbols in which something was traded, or is gone, where nothing is
 * open any more. What is not answered, or refused, is tried again after pauses that grow to a
 * minute, and given up after a day. A symbol that trades again is tried at once.
 */
final class ClearingDuty {

  /** How long it is tried, milliseconds on the clock. */
  static final long AT_MOST_MS = Duration.ofDays(1).toMillis();

  /** After so many tries in vain it is an error: what rests may close a position to come. */
  static final int LOUD_AFTER = 5;

  private static final Logger LOG = LoggerFactory.getLogger(ClearingDuty.class);

  /**
   * A symbol that is to be cleared.
   *
   * @param sinceMs since when it was tried, on the clock, epoch milliseconds UTC; 0: not yet
   * @param tries how often it was tried in vain
   * @param dueMs when it is tried next
   */
  private record Owed(long sinceMs, int tries, long dueMs) {

    static final Owed NOW = new Owed(0, 0, 0);

    /** A clock that was set back makes it due, too. */
    boolean isDue(long nowMs) {
      return nowMs >= dueMs || dueMs - nowMs > AskSchedule.LONGEST_MS;
    }

    Owed again(long nowMs) {
      return new Owed(
          sinceMs == 0 ? nowMs : Math.min(sinceMs, nowMs),
          tries + 1,
          AskSchedule.next(nowMs, tries));
    }
  }

  private final Exchange exchange;
  private final Map<String, Map<String, Owed>> owed = new HashMap<>();

  ClearingDuty(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Notes that a symbol may be flat; it is tried at once. */
  void note(String account, String symbol) {
    owed.computeIfAbsent(account, name -> new TreeMap<>())
        .merge(symbol, Owed.NOW, (old, now) -> new Owed(old.sinceMs(), old.tries(), 0));
  }

  /**
   * Does what is due.
   *
   * @param inFlight symbols in which a plan is about to place or move a stop; they are left to it
   * @param nowMs the clock, epoch milliseconds UTC
   */
  void clear(String account, Set<String> inFlight, long nowMs) {
    Map<String, Owed> symbols = owed.getOrDefault(account, Map.of());
    for (String symbol : new ArrayList<>(symbols.keySet())) {
      Owed each = symbols.get(symbol);
      if (inFlight.contains(symbol) || !each.isDue(nowMs)) {
        continue;
      }
      Acknowledgement answer = exchange.clearProtection(account, symbol, nowMs);
      if (answer instanceof Done || isGivenUp(account, symbol, each.again(nowMs), answer, nowMs)) {
        symbols.remove(symbol);
      } else {
        symbols.put(symbol, each.again(nowMs));
      }
    }
  }

  private static boolean isGivenUp(
      String account, String symbol, Owed next, Acknowledgement answer, long nowMs) {
    boolean over = nowMs - next.sinceMs() >= AT_MOST_MS;
    if (over || next.tries() == LOUD_AFTER) {
      LOG.error(
          "{} {}: what rests there could not be cancelled in {} tries, {}: {}",
          account,
          symbol,
          next.tries(),
          over ? "and is left; cancel it by hand" : "which goes on once a minute",
          answer);
    } else if (next.tries() == 1) {
      LOG.warn("{} {}: what rests there is not cancelled yet: {}", account, symbol, answer);
    }
    return over;
  }

  /** Returns in how many symbols that was tried in vain and is still owed. */
  int owed() {
    return (int)
        owed.values().stream()
            .flatMap(each -> each.values().stream())
            .filter(each -> each.tries() > 0)
            .count();
  }
}
