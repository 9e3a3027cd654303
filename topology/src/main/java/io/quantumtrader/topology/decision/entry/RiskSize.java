package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The size of an entry whose sender leaves it to the governor: equity x risk per trade / stop
 * distance, so that the stop costs that share of equity. It is capped like any other.
 */
final class RiskSize {

  private RiskSize() {}

  /**
   * Returns base units with scale 18, rounded down; empty where the sender named a size of a kind
   * that an entry cannot have, where equity is not known or used up, or the policy does not size.
   */
  static Optional<BigDecimal> of(TradeIntent intent, StopAndTarget protection, GovernorView view) {
    BigDecimal share = Decimals.ratio(view.policy().getRiskPerTrade());
    BigDecimal distance =
        view.state().getLastPrice().subtract(protection.risk().getInitialStop()).abs();
    if (intent.getSizing() != Sizing.NONE || share.signum() <= 0 || distance.signum() <= 0) {
      return Optional.empty();
    }
    return view.equity()
        .filter(Decimals::isPositive)
        .map(equity -> Decimals.quotientDown(equity.multiply(share), distance));
  }

  /** Returns why there is no size, in numbers. */
  static Numbers missing(TradeIntent intent, GovernorView view) {
    Numbers numbers = Numbers.none().and("sizing", intent.getSizing().name());
    if (intent.getSizing() != Sizing.NONE) {
      return numbers;
    }
    Numbers risk = numbers.and("riskPerTrade", view.policy().getRiskPerTrade());
    return view.equity()
        .map(equity -> risk.and("equity", equity))
        .orElseGet(() -> risk.and("equity", "unknown"));
  }

  /** Returns a size that was made here, with a note that says so. */
  static EntrySize.Sized noted(EntrySize.Sized size, GovernorView view) {
    List<ReasonCode> notes = new ArrayList<>();
    notes.add(ReasonCode.QUANTITY_FROM_RISK);
    notes.addAll(size.notes());
    return new EntrySize.Sized(
        size.quantity(),
        List.copyOf(notes),
        size.numbers().and("riskPerTrade", view.policy().getRiskPerTrade()));
  }
}
