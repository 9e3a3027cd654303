package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import java.util.Optional;

/** As what an intent passes the bridge. */
public sealed interface BridgePass {

  /** It asks for a new position and may be sized. */
  record Entry(OrderSide side) implements BridgePass {}

  /**
   * It asks for less of an open position.
   *
   * @param side side of the closing order
   * @param quantity base units asked for; empty: all
   */
  record Close(OrderSide side, Optional<BigDecimal> quantity) implements BridgePass {}
}
