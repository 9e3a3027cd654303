package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.Positions;
import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;

/** As much of the account stages' ledger as the executor reads: quantities, stop and target. */
final class CrashLedger {

  private CrashLedger() {}

  /**
   * Returns the row after a result, or null where it changes nothing.
   *
   * @param plan the plan that it answers; null where there is none
   */
  static PositionLedger after(PositionLedger before, ApplyResult result, ApplyPlan plan) {
    if (result.getOutcome() == ResultOutcome.PROTECTED && before != null) {
      return PositionLedger.newBuilder(before).setStopPrice(result.getStopPrice()).build();
    }
    if (result.getFill() == null) {
      return null;
    }
    BigDecimal held = before == null ? BigDecimal.ZERO : signed(before);
    BigDecimal now = held.add(NetPosition.signed(result.getSide(), result.getFill().getQuantity()));
    PositionSide side =
        now.signum() == 0
            ? PositionSide.FLAT
            : now.signum() > 0 ? PositionSide.LONG : PositionSide.SHORT;
    PositionLedger.Builder row =
        Positions.row(result.getAccount(), result.getSymbol(), side, now.abs().toPlainString())
            .setLastFillId(result.getFill().getFillId());
    if (side == PositionSide.FLAT) {
      return row.build();
    }
    if (before != null && before.getSide() == side) {
      return row.setStopPrice(before.getStopPrice())
          .setTargetPrice(before.getTargetPrice())
          .build();
    }
    return plan == null
        ? row.build()
        : row.setStopPrice(plan.getStopPrice()).setTargetPrice(plan.getTargetPrice()).build();
  }

  private static BigDecimal signed(PositionLedger row) {
    return row.getSide() == PositionSide.SHORT ? row.getQuantity().negate() : row.getQuantity();
  }
}
