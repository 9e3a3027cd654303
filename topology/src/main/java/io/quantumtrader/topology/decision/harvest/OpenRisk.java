package io.quantumtrader.topology.decision.harvest;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.kernel.HarvestTheta;
import io.quantumtrader.topology.decision.snapshot.Protection;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The risk that a position was opened with. It does not follow the stop: R keeps its meaning when
 * the stop is moved. A position without usable risk data, or whose first stop lies at its entry
 * price, risks the policy's {@code adoptedStopPct}; none is passed over.
 */
final class OpenRisk {

  private OpenRisk() {}

  /** Returns |entry - initial stop| / entry, a fraction above 0. */
  static double distance(PositionLedger row, Policy policy) {
    return Optional.ofNullable(row.getRisk())
        .map(Risk::getInitialStop)
        .filter(Decimals::isPositive)
        .map(stop -> Math.abs(row.getEntryPrice().subtract(stop).doubleValue()))
        .filter(distance -> distance > 0)
        .map(distance -> distance / row.getEntryPrice().doubleValue())
        .orElse(fallback(policy));
  }

  /**
   * Returns the stop that holds: the one in place, else the one that the fallback implies, so that
   * a position without an order at the exchange is still closed there.
   */
  static BigDecimal stop(PositionLedger row, Policy policy) {
    return Protection.stop(row)
        .orElseGet(
            () -> {
              double factor = 1 - Sides.direction(row.getSide()) * fallback(policy);
              return Decimals.cash(row.getEntryPrice().multiply(Decimals.ratio(factor)));
            });
  }

  /** Returns the stop distance without risk data, a fraction above 0. */
  static double fallback(Policy policy) {
    double distance = policy.getAdoptedStopPct();
    return distance > 0 && distance < 1 ? distance : HarvestTheta.DEFAULT.fallbackStop();
  }
}
