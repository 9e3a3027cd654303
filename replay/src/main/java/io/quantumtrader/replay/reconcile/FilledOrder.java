package io.quantumtrader.replay.reconcile;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fills of one order together.
 *
 * @param results the results that told them, in their order; one or more
 */
record FilledOrder(List<ApplyResult> results) {

  private static final int SCALE = 18;

  /**
   * Returns the orders of which something was filled, in the order of their first fills. A fill
   * that is told twice counts once, as in the ledger.
   *
   * @param results those of an account in their order
   */
  static List<FilledOrder> of(List<ApplyResult> results) {
    Map<String, List<ApplyResult>> orders = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (ApplyResult result : results) {
      if (result.getFill() != null
          && seen.add(result.getAccount() + ":" + result.getFill().getFillId())) {
        orders.computeIfAbsent(order(result), any -> new ArrayList<>()).add(result);
      }
    }
    return orders.values().stream().map(FilledOrder::new).toList();
  }

  /** Each fill that nothing of ours asked for stands alone. */
  private static String order(ApplyResult result) {
    String order =
        switch (result.getOrigin()) {
          case PLAN -> result.getPlanId();
          case STOP, TARGET -> result.getClientOrderId();
          default -> "";
        };
    return result.getAccount()
        + ":"
        + result.getOrigin()
        + ":"
        + (order.isEmpty() ? "fill " + result.getFill().getFillId() : order);
  }

  ApplyResult first() {
    return results.getFirst();
  }

  ResultOrigin origin() {
    return first().getOrigin();
  }

  /** Returns when the first of it was told, on the clock, epoch milliseconds UTC. */
  long firstMs() {
    return first().getAtMs();
  }

  /** Returns when the last of it was told, on the clock, epoch milliseconds UTC. */
  long lastMs() {
    return results.getLast().getAtMs();
  }

  BigDecimal quantity() {
    return sum(results.stream().map(result -> result.getFill().getQuantity()).toList());
  }

  BigDecimal fee() {
    return sum(results.stream().map(result -> result.getFill().getFee()).toList());
  }

  /** Returns the average price by quantity. */
  BigDecimal price() {
    if (results.size() == 1) {
      return first().getFill().getPrice();
    }
    BigDecimal cost =
        sum(
            results.stream()
                .map(result -> result.getFill().getPrice().multiply(result.getFill().getQuantity()))
                .toList());
    return cost.divide(quantity(), SCALE, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
