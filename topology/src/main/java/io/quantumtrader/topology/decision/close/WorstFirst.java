package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** The order in which positions are closed to make an account smaller: the worst R goes first. */
final class WorstFirst {

  private WorstFirst() {}

  /** Returns the open positions, the one with the worst R first; of equals, by symbol. */
  static List<ValuedPosition> of(AccountView view) {
    return view.positions().stream()
        .sorted(
            Comparator.<ValuedPosition>comparingDouble(each -> r(each, view.policy()))
                .thenComparing(each -> each.ledger().getSymbol()))
        .toList();
  }

  /** Returns the profit per base unit over the risk per base unit. */
  static double r(ValuedPosition position, Policy policy) {
    PositionLedger row = position.ledger();
    BigDecimal gain =
        position
            .mark()
            .subtract(row.getEntryPrice())
            .multiply(BigDecimal.valueOf(Sides.direction(row.getSide())));
    BigDecimal risk =
        row.getRisk() == null
            ? row.getEntryPrice().multiply(Decimals.ratio(policy.getAdoptedStopPct()))
            : row.getEntryPrice().subtract(row.getRisk().getInitialStop()).abs();
    return risk.signum() == 0 ? gain.signum() : gain.doubleValue() / risk.doubleValue();
  }
}
