package io.quantumtrader.replay.reconcile;

import io.quantumtrader.execution.paper.PaperSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;

/**
 * Where fills, costs and equity of a pipeline left the model, and by how much.
 *
 * @param fromMs begin of the time that is looked at, epoch milliseconds UTC
 * @param toMs its end
 * @param model costs of the model
 * @param fills fills beside the model's, in the order in which they were told
 * @param unfilled plans without a fill, in their order
 * @param strays fills without a plan, or without a price of the model
 * @param bySymbol figures by symbol
 * @param all figures of all symbols
 * @param equity the equity beside the model's
 * @param wallets by account, what its wallet has more than fills and income explain, where the
 *     exchange's account says so and it is not 0
 */
public record ReconcileReport(
    long fromMs,
    long toMs,
    PaperSettings model,
    List<ComparedFill> fills,
    List<UnfilledPlan> unfilled,
    List<StrayFill> strays,
    SortedMap<String, FillFigures> bySymbol,
    FillFigures all,
    EquityDifference equity,
    SortedMap<String, BigDecimal> wallets) {

  public ReconcileReport {
    fills = List.copyOf(fills);
    unfilled = List.copyOf(unfilled);
    strays = List.copyOf(strays);
  }

  /** Returns whether there is nothing in that time to compare, or to tell of. */
  public boolean isEmpty() {
    return fills.isEmpty() && unfilled.isEmpty() && strays.isEmpty() && bySymbol.isEmpty();
  }
}
