package io.quantumtrader.topology.decision.portfolio;

import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Sides;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An open position at the price it was last seen at. The quantity is the ledger's, so that a fill
 * counts at once; the snapshot lends the price only. A position that has no snapshot yet, because
 * it was just opened, stands at its entry price.
 *
 * @param ledger open row of the ledger
 * @param mark price it is valued at, quote currency
 * @param asOfMs time of that price, epoch ms
 */
public record ValuedPosition(PositionLedger ledger, BigDecimal mark, long asOfMs) {

  /** Returns the open row valued at its snapshot, if that is of this same position. */
  public static ValuedPosition of(PositionLedger open, Optional<PositionSnapshot> snapshot) {
    return snapshot
        .filter(seen -> seen.getPositionId().equals(open.getPositionId()))
        .map(seen -> new ValuedPosition(open, seen.getMarkPrice(), seen.getAsOfMs()))
        .orElseGet(() -> new ValuedPosition(open, open.getEntryPrice(), open.getUpdatedAtMs()));
  }

  /** Returns the same position after a fill, at the same price. */
  ValuedPosition with(PositionLedger after) {
    return new ValuedPosition(after, mark, asOfMs);
  }

  /** Returns |quantity| x entry price / leverage, quote currency. */
  public BigDecimal margin() {
    BigDecimal value = ledger.getQuantity().multiply(ledger.getEntryPrice());
    return Decimals.quotient(value, BigDecimal.valueOf(Math.max(1, ledger.getLeverage())));
  }

  /** Returns |quantity| x mark, quote currency. */
  public BigDecimal notional() {
    return Decimals.cash(ledger.getQuantity().multiply(mark));
  }

  /** Returns the profit if it were closed at the mark, before fees, quote currency. */
  public BigDecimal unrealizedPnl() {
    return Decimals.cash(
        mark.subtract(ledger.getEntryPrice()).multiply(Sides.signedQuantity(ledger)));
  }
}
