package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Closes positions, the one with the worst R first, where equity over gross notional has fallen to
 * the guard, until it would be back at its target.
 */
public final class LiquidationGuard {

  /** Who asks where the guard does. */
  public static final String SOURCE = "liquidation-guard";

  private LiquidationGuard() {}

  /**
   * Returns the closes that are due; none where the margin ratio is above the guard or equity is
   * not known or too old. What is being closed already counts as closed.
   *
   * @param state the account's money at this step of the clock
   * @param nowMs the account's clock, epoch ms
   */
  public static List<ExitAsk> due(AccountView view, PortfolioState state, long nowMs) {
    Policy policy = view.policy();
    boolean fresh =
        state.getEquity() != null
            && state.getMarginRatio() != null
            && nowMs - state.getEquityAsOfMs() <= policy.getEquityMaxAgeMs();
    if (!fresh || state.getMarginRatio() > policy.getLiquidationGuardRatio()) {
      return List.of();
    }
    BigDecimal gross = state.getGrossNotional();
    List<ExitAsk> asks = new ArrayList<>();
    for (ValuedPosition position : WorstFirst.of(view)) {
      if (isEnough(state.getEquity(), gross, policy)) {
        break;
      }
      gross = gross.subtract(position.notional());
      if (CloseInFlight.holdingBack(
              view.openPlans(), position.ledger().getPositionId(), ExitTrigger.LIQUIDATION_GUARD)
          .isEmpty()) {
        asks.add(ask(position, state, policy, nowMs));
      }
    }
    return List.copyOf(asks);
  }

  private static boolean isEnough(BigDecimal equity, BigDecimal gross, Policy policy) {
    BigDecimal needed = gross.multiply(Decimals.ratio(policy.getLiquidationTargetRatio()));
    return equity.compareTo(needed) >= 0;
  }

  private static ExitAsk ask(
      ValuedPosition position, PortfolioState state, Policy policy, long nowMs) {
    String reason =
        "margin ratio "
            + state.getMarginRatio()
            + ", guard "
            + policy.getLiquidationGuardRatio()
            + ", target "
            + policy.getLiquidationTargetRatio();
    return ManualCloses.fullClose(
        position,
        ExitTrigger.LIQUIDATION_GUARD,
        SOURCE,
        reason,
        OptionalDouble.of(WorstFirst.r(position, policy)),
        nowMs);
  }
}
