package io.quantumtrader.topology.decision.heat;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.topology.decision.Copies;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Portfolio heat: the sum of |notional| x sigma scaled to one day, over equity. Formula: legacy
 * exit contract, section 6.3, with sigma of one interval scaled by sqrt(24 h / interval).
 */
public final class PortfolioHeat {

  private static final double DAY_MS = 86_400_000;

  private PortfolioHeat() {}

  /** How hot it is. */
  public enum Level {
    COLD,
    WARM,
    HOT,
    /** Equity or the volatility of an open position is not known. */
    UNKNOWN
  }

  /**
   * Returns the heat, 0 or more, or empty where equity is not positive or a position's volatility
   * is not known: a sum that leaves a position out would call a hot portfolio cold.
   *
   * @param positions open positions with their prices
   * @param stateOf market state of a symbol, of any age
   * @param equity quote currency; null where it is not known
   */
  public static OptionalDouble of(
      Collection<ValuedPosition> positions,
      Function<String, Optional<MarketState>> stateOf,
      BigDecimal equity) {
    if (equity == null || !Decimals.isPositive(equity)) {
      return OptionalDouble.empty();
    }
    double risk = 0;
    for (ValuedPosition position : positions) {
      Optional<MarketState> state = stateOf.apply(position.ledger().getSymbol());
      if (state.isEmpty() || state.get().getIntervalMs() <= 0) {
        return OptionalDouble.empty();
      }
      double daily = state.get().getSigma() * Math.sqrt(DAY_MS / state.get().getIntervalMs());
      risk += position.notional().doubleValue() * daily;
    }
    return OptionalDouble.of(risk / equity.doubleValue());
  }

  /**
   * Returns the account's money with its heat.
   *
   * @param stateOf market state of a symbol, of any age
   */
  public static PortfolioState in(
      PortfolioState state, AccountView view, Function<String, Optional<MarketState>> stateOf) {
    OptionalDouble heat = of(view.positions(), stateOf, state.getEquity());
    return Copies.of(state, PortfolioState.newBuilder())
        .setHeat(heat.isPresent() ? heat.getAsDouble() : null)
        .setHeatLevel(heat.isPresent() ? level(heat, view.policy()).name() : "")
        .build();
  }

  /** Returns the level of a heat: WARM from one threshold on, HOT from the other. */
  public static Level level(OptionalDouble heat, Policy policy) {
    if (heat.isEmpty() || Double.isNaN(heat.getAsDouble())) {
      return Level.UNKNOWN;
    }
    if (heat.getAsDouble() >= policy.getHeatHot()) {
      return Level.HOT;
    }
    return heat.getAsDouble() >= policy.getHeatWarm() ? Level.WARM : Level.COLD;
  }
}
