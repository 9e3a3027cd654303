package io.quantumtrader.topology.decision.snapshot;

import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.Risk;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Stop and target in place: what the ledger says was last placed, else what the position was opened
 * with. A price that is not above zero is none.
 */
public final class Protection {

  private Protection() {}

  /** Returns the stop of the position, quote currency. */
  public static Optional<BigDecimal> stop(PositionLedger row) {
    return price(row.getStopPrice())
        .or(() -> risk(row).map(Risk::getInitialStop).flatMap(Protection::price));
  }

  /** Returns the target of the position, quote currency. */
  public static Optional<BigDecimal> target(PositionLedger row) {
    return price(row.getTargetPrice())
        .or(() -> risk(row).map(Risk::getTarget).flatMap(Protection::price));
  }

  private static Optional<Risk> risk(PositionLedger row) {
    return Optional.ofNullable(row.getRisk());
  }

  private static Optional<BigDecimal> price(BigDecimal value) {
    return Optional.ofNullable(value).filter(known -> known.signum() > 0);
  }
}
