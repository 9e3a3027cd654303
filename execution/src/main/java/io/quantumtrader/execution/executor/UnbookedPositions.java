package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.UnbookedTrades;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Positions that the exchange has, the ledger has not, and nobody is to book: those from before an
 * account was followed, where they are not adopted. The trades that close one belong to it: booked,
 * they would open a position of the other side that nobody has. From when such a position is seen
 * until ledger and exchange agree again no trade in its symbol is booked; that is published, so
 * that whoever takes over knows.
 */
final class UnbookedPositions {

  private static final Logger LOG = LoggerFactory.getLogger(UnbookedPositions.class);

  /** As long as trades may be told anew after a restart, and a day more, milliseconds. */
  private static final long KEPT_MS = MarketLink.LONGEST_ABSENCE.plusDays(2).toMillis();

  // By account and symbol: up to when trades belong to the position; empty while it is open.
  private final Map<String, Map<String, Optional<Long>>> accounts = new HashMap<>();
  private final Map<String, Set<String>> agreed = new HashMap<>();

  /** Takes up what was published. */
  void restore(ExchangeAccount published) {
    Map<String, Optional<Long>> of = of(published.getAccount());
    published
        .getUnbooked()
        .forEach(each -> of.put(each.getSymbol(), Optional.ofNullable(each.getUntilMs())));
  }

  /** Notes that the position in a symbol is not to be booked, and what is traded there neither. */
  void note(String account, String symbol) {
    if (!isOpen(account, symbol)) {
      LOG.warn(
          "{} {}: there is a position that the ledger does not have; until it is closed or adopted"
              + " no trade in it is booked",
          account,
          symbol);
      of(account).put(symbol, Optional.empty());
    }
  }

  /** Returns whether there is such a position in a symbol. */
  boolean isOpen(String account, String symbol) {
    Optional<Long> until = of(account).get(symbol);
    return until != null && until.isEmpty();
  }

  /** Returns the symbols in which there is such a position. */
  Set<String> open(String account) {
    Set<String> open = new HashSet<>(of(account).keySet());
    open.removeIf(symbol -> !isOpen(account, symbol));
    return open;
  }

  /**
   * Notes in which of those symbols a look has found that ledger and exchange agree. A trade may
   * happen while the exchange is asked, so that only what two looks in a row agree on is over.
   *
   * @return those in which it is over
   */
  Set<String> agree(String account, Set<String> symbols) {
    Set<String> before = agreed.getOrDefault(account, Set.of());
    Set<String> over = new HashSet<>(symbols);
    over.retainAll(before);
    agreed.put(account, Set.copyOf(symbols));
    return over;
  }

  /**
   * Notes that there is none any more.
   *
   * @param untilMs up to when trades belong to it, on the exchange's clock, epoch milliseconds UTC
   */
  void over(String account, String symbol, long untilMs) {
    of(account).put(symbol, Optional.of(untilMs));
  }

  /**
   * Returns what is to be published of an account, ascending by symbol.
   *
   * @param nowMs the clock, epoch milliseconds UTC
   */
  List<UnbookedTrades> published(String account, long nowMs) {
    Map<String, Optional<Long>> of = of(account);
    of.values().removeIf(until -> until.isPresent() && nowMs - until.get() > KEPT_MS);
    List<UnbookedTrades> published = new ArrayList<>();
    of.forEach((symbol, until) -> published.add(new UnbookedTrades(symbol, until.orElse(null))));
    return published;
  }

  private Map<String, Optional<Long>> of(String account) {
    return accounts.computeIfAbsent(account, name -> new TreeMap<>());
  }
}
