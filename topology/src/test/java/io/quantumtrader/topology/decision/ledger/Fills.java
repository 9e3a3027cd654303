package io.quantumtrader.topology.decision.ledger;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.Given;
import java.util.Optional;

/** Fills, and the row of the ledger that they leave. */
final class Fills {

  static final PositionLedger NONE = LedgerFold.untouched(MAIN, BTC);
  static final OpeningRisk UNPLANNED =
      new OpeningRisk(Optional.empty(), Optional.empty(), Given.policy().build());

  private Fills() {}

  static Booking fill(OrderSide side, String quantity, String price, String fee) {
    return new Booking(
        side, dec(quantity), dec(price), dec(fee), NOON - 3, 2, "f", "plan", "order");
  }

  static Booking buy(String quantity, String price) {
    return fill(OrderSide.BUY, quantity, price, "0");
  }

  static Booking sell(String quantity, String price) {
    return fill(OrderSide.SELL, quantity, price, "0");
  }

  static PositionLedger after(PositionLedger row, Booking... fills) {
    PositionLedger now = row;
    for (Booking fill : fills) {
      now = LedgerFold.apply(now, fill, UNPLANNED, NOON).row();
    }
    return now;
  }
}
