package io.quantumtrader.replay.result;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * What fills cost against the price they were meant for: the plan's, or the stop or target that was
 * in place. It is in the profit already; this says how much of it. For one thread.
 */
final class SlippageFold {

  private final Map<String, BigDecimal> planned = new HashMap<>();
  private final Map<String, PositionLedger> rows = new HashMap<>();
  private BigDecimal cost = BigDecimal.ZERO;

  void take(ApplyPlan plan) {
    planned.put(plan.getPlanId(), plan.getPrice());
  }

  void take(PositionLedger row) {
    rows.put(Accounts.key(row.getAccount(), row.getSymbol()), row);
  }

  void take(ApplyResult result) {
    BigDecimal meant = meant(result);
    if (result.getFill() != null && meant != null) {
      BigDecimal worse = result.getFill().getPrice().subtract(meant);
      BigDecimal each = result.getSide() == OrderSide.BUY ? worse : worse.negate();
      cost = cost.add(each.multiply(result.getFill().getQuantity()));
    }
    if (result.getFinalResult()) {
      planned.remove(result.getPlanId());
    }
  }

  /** Returns the price that a result's fill was meant for; null where nothing says it. */
  private BigDecimal meant(ApplyResult result) {
    if (result.getOrigin() == ResultOrigin.PLAN) {
      return planned.get(result.getPlanId());
    }
    PositionLedger row = rows.get(Accounts.key(result.getAccount(), result.getSymbol()));
    if (row == null) {
      return null;
    }
    return switch (result.getOrigin()) {
      case STOP -> row.getStopPrice();
      case TARGET -> row.getTargetPrice();
      default -> null;
    };
  }

  /** Returns the cost, quote currency; below 0 where fills were better than meant. */
  BigDecimal cost() {
    return cost;
  }
}
