package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.topology.decision.Denial;
import java.math.BigDecimal;
import java.util.Optional;

/** What the bridge makes of an intent. */
public sealed interface BridgeRuling {

  /** The intent ends here. */
  record Denied(Denial denial) implements BridgeRuling {}

  /** The intent asks for a new position and may be sized. */
  record Entry(OrderSide side) implements BridgeRuling {}

  /**
   * The intent asks for less of an open position.
   *
   * @param side side of the closing order
   * @param quantity base units asked for, which may be more than is open; empty: all of it
   */
  record Close(OrderSide side, Optional<BigDecimal> quantity) implements BridgeRuling {}
}
