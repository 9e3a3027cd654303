package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.topic.Accounts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * No position is without a stop for long. Counted is only time in which the executor was there and
 * the exchange took its orders.
 */
final class StopCheck {

  /**
   * How long the executor may take, milliseconds: 30 s are left to the plan, then it looks every 10
   * s; steps of the clock are up to a minute apart, and it has to look twice.
   */
  static final long MOST_MS = 180_000;

  private final Verdicts verdicts;
  private final Map<String, Long> withoutMs = new HashMap<>();

  StopCheck(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  /**
   * Looks at an account as it really is.
   *
   * @param counts whether a position is the executor's to protect: the ledger has it on this side,
   *     as what it knows nothing of is held and reported, and its symbol trades
   * @param stepMs time since the last look, milliseconds
   * @param able whether the executor could place a stop meanwhile
   */
  void look(
      ExchangeAccount account, Predicate<ExchangePosition> counts, long stepMs, boolean able) {
    Set<String> open = new HashSet<>();
    for (ExchangePosition position : account.getPositions()) {
      String key = Accounts.key(account.getAccount(), position.getSymbol());
      boolean bare = position.getStopPrice() == null && position.getQuantity().signum() != 0;
      if (bare) {
        open.add(key);
        long ms = able && counts.test(position) ? withoutMs.getOrDefault(key, 0L) + stepMs : 0;
        withoutMs.put(key, ms);
        if (ms > MOST_MS) {
          verdicts.broken(
              Promise.STOP_IN_PLACE, key + " is without a stop for " + ms / 1000 + " s");
        }
      }
    }
    withoutMs
        .keySet()
        .removeIf(key -> key.startsWith(account.getAccount() + ":") && !open.contains(key));
  }
}
