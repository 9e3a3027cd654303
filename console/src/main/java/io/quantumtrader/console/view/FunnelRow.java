package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import java.util.List;

/** How many of what was sent came how far. */
public record FunnelRow(
    @Means("the steps, in their order") List<ReachedRow> steps,
    @Means("intents that a rule of risk refused: state, universe, limits, rates, churn")
        long deniedByRisk,
    @Means("intents that could not be read or made no sense") long deniedAsWrong,
    @Means("intents that ask for nothing") long holds,
    @Means("share of the intents that risk did not refuse and that were filled; null without one")
        Double success) {

  /** One step. */
  public record ReachedRow(
      @Means("intents, plans, orders or fills") String step,
      @Means("how many of the intents came so far") long count,
      @Means("share of the step before, 0 to 1; null for the first, and where that has none")
          Double share) {}
}
