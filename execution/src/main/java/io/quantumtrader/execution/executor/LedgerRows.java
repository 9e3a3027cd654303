package io.quantumtrader.execution.executor;

import io.quantumtrader.schemas.avro.PositionLedger;
import java.util.HashMap;
import java.util.Map;

/** The ledger as the account stages have published it last. */
final class LedgerRows {

  private final Map<String, Map<String, PositionLedger>> byAccount = new HashMap<>();

  void set(PositionLedger row) {
    byAccount
        .computeIfAbsent(row.getAccount(), account -> new HashMap<>())
        .put(row.getSymbol(), row);
  }

  /** Returns the rows of an account by symbol, open and flat ones. */
  Map<String, PositionLedger> of(String account) {
    return byAccount.getOrDefault(account, Map.of());
  }
}
