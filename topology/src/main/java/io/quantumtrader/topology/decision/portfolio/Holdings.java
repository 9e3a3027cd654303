package io.quantumtrader.topology.decision.portfolio;

import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.topology.decision.Decimals;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What an account has and what it may still get: open positions, and entries that were granted and
 * are not finished. A symbol whose entry is filled in part has one slot, not two.
 *
 * @param openPositions open positions
 * @param reservations granted entries without a final result
 * @param slots symbols with either
 * @param marginInUse sum of |quantity| x entry price / leverage, quote currency
 * @param marginReserved margin of what is not filled of the reservations, quote currency
 * @param grossNotional sum of |quantity| x mark, and of what is not filled of the reservations,
 *     quote currency
 */
public record Holdings(
    int openPositions,
    int reservations,
    int slots,
    BigDecimal marginInUse,
    BigDecimal marginReserved,
    BigDecimal grossNotional) {

  /** Returns the sum over positions and plans; closes among the plans do not count. */
  public static Holdings of(Collection<ValuedPosition> positions, Collection<OpenPlan> plans) {
    int reservations = 0;
    BigDecimal marginInUse = Decimals.ZERO;
    BigDecimal marginReserved = Decimals.ZERO;
    BigDecimal notional = Decimals.ZERO;
    Set<String> symbols = new HashSet<>();
    for (ValuedPosition position : positions) {
      symbols.add(position.ledger().getSymbol());
      marginInUse = marginInUse.add(position.margin());
      notional = notional.add(position.notional());
    }
    for (OpenPlan plan : plans) {
      if (isReservation(plan)) {
        reservations++;
        symbols.add(plan.getSymbol());
        marginReserved = marginReserved.add(unfilled(plan, plan.getMargin()));
        notional = notional.add(unfilled(plan, plan.getNotional()));
      }
    }
    return new Holdings(
        positions.size(), reservations, symbols.size(), marginInUse, marginReserved, notional);
  }

  /** Returns whether the plan is an entry, which holds a slot and margin until it is finished. */
  public static boolean isReservation(OpenPlan plan) {
    return plan.getAction() == PlanAction.ENTRY;
  }

  /** Returns margin in use and reserved, quote currency. */
  public BigDecimal margin() {
    return marginInUse.add(marginReserved);
  }

  private static BigDecimal unfilled(OpenPlan plan, BigDecimal whole) {
    if (plan.getFilledQuantity().signum() == 0) {
      return Decimals.cash(whole);
    }
    BigDecimal open = plan.getQuantity().subtract(plan.getFilledQuantity()).max(Decimals.ZERO);
    return Decimals.quotient(whole.multiply(open), plan.getQuantity());
  }
}
