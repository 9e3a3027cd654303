package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.ExchangeBounds;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Sides;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Where a stop is moved to: on the exchange's tick, and within its price band, as an entry's stop
 * is. One that the exchange refuses would leave the old stop in place, or none. The band is that
 * around the price at which the move was asked for; within it a stop is only ever tighter.
 *
 * @param price quote currency, above 0
 * @param outside where it was wanted, quote currency, if that was outside the band
 */
record MovedStop(BigDecimal price, Optional<BigDecimal> outside) {

  static MovedStop of(ExitAsk ask, PositionLedger position, Optional<Instrument> instrument) {
    BigDecimal wanted = onTick(ask.newStop().orElseThrow(), position, instrument);
    boolean below = Sides.direction(position.getSide()) > 0;
    Optional<BigDecimal> edge =
        instrument.flatMap(
            known -> ExchangeBounds.stopWithinBand(known, ask.price(), wanted, below));
    return new MovedStop(edge.orElse(wanted), edge.map(at -> wanted));
  }

  /** Returns a stop on the exchange's tick, rounded away from the market. */
  static BigDecimal onTick(
      BigDecimal stop, PositionLedger position, Optional<Instrument> instrument) {
    Optional<BigDecimal> tick =
        instrument.map(Instrument::getTickSize).filter(Decimals::isPositive);
    if (tick.isEmpty()) {
      return stop;
    }
    return Sides.direction(position.getSide()) > 0
        ? Decimals.floorTo(stop, tick.get())
        : Decimals.ceilTo(stop, tick.get());
  }

  /** Returns what is to be noted of it. */
  List<ReasonCode> notes() {
    return outside.map(at -> List.of(ReasonCode.STOP_MOVED_INTO_BAND)).orElse(List.of());
  }

  /** Returns numbers with where it was wanted, if it is not there. */
  Numbers and(Numbers numbers) {
    return outside.map(at -> numbers.and("stopOutsideBand", at)).orElse(numbers);
  }
}
