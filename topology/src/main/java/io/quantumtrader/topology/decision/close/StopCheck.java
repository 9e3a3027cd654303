package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Sides;
import java.math.BigDecimal;
import java.util.Optional;

/** Whether a stop may be moved to a price: before the market, and only ever tighter. */
public final class StopCheck {

  private StopCheck() {}

  /**
   * Returns why a stop may not be moved there, or empty where it may.
   *
   * @param newStop where it is to be, quote currency
   * @param position the open position
   * @param market price of the market, quote currency
   * @param instrument the exchange's filters, which put it on a tick
   */
  public static Optional<Finding> flaw(
      BigDecimal newStop,
      PositionLedger position,
      BigDecimal market,
      Optional<Instrument> instrument) {
    BigDecimal stop = MovedStop.onTick(newStop, position, instrument);
    int direction = Sides.direction(position.getSide());
    if (!Decimals.isPositive(stop) || stop.compareTo(market) * direction >= 0) {
      return Optional.of(
          new Finding(
              ReasonCode.STOP_BEYOND_MARKET,
              Numbers.none().and("newStop", stop).and("price", market)));
    }
    Optional<BigDecimal> current = ExitPlan.currentStop(position);
    boolean tighter = current.map(now -> stop.compareTo(now) * direction > 0).orElse(true);
    return tighter
        ? Optional.empty()
        : Optional.of(
            new Finding(
                ReasonCode.STOP_NOT_TIGHTER,
                Numbers.none().and("newStop", stop).and("stop", current.orElseThrow())));
  }
}
