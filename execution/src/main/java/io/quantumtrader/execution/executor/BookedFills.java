package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.PositionSync;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.PositionLedger;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Which of the fills that were reported the ledger has booked. */
final class BookedFills {

  private final LedgerRows ledger;
  private final Map<String, Map<String, String>> last = new HashMap<>();

  BookedFills(LedgerRows ledger) {
    this.ledger = ledger;
  }

  /** Notes a result that was reported: with a fill, the ledger has to book it. */
  void reported(ApplyResult result) {
    if (result.getFill() != null) {
      last.computeIfAbsent(result.getAccount(), name -> new HashMap<>())
          .put(result.getSymbol(), result.getFill().getFillId());
    }
  }

  /** Returns whether the ledger has booked all fills of an account that were reported. */
  boolean areBooked(String account) {
    return last.getOrDefault(account, Map.of()).keySet().stream()
        .allMatch(symbol -> areBooked(account, symbol));
  }

  /** Returns whether the ledger has booked all fills in a symbol that were reported. */
  boolean areBooked(String account, String symbol) {
    PositionLedger row = ledger.of(account).get(symbol);
    String reported = last.getOrDefault(account, Map.of()).get(symbol);
    return reported == null || (row != null && row.getLastFillId().equals(reported));
  }

  /**
   * Returns what the ledger has in a symbol, base units, negative where it is short; 0 while it has
   * not booked all that was reported.
   */
  BigDecimal booked(String account, String symbol) {
    PositionLedger row = ledger.of(account).get(symbol);
    return row == null || !areBooked(account, symbol)
        ? BigDecimal.ZERO
        : PositionSync.signed(row.getSide(), row.getQuantity());
  }
}
