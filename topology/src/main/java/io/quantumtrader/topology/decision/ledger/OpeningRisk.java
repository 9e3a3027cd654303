package io.quantumtrader.topology.decision.ledger;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PlannedRisk;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Regimes;
import io.quantumtrader.topology.decision.entry.ImpliedStop;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Where the risk data of a position come from: the plan that opened it, else the ATR of the market
 * state, else the policy's fallback. None is without.
 *
 * @param planned what the plan knew, where there was one
 * @param state market state of the symbol
 * @param policy policy that holds
 */
public record OpeningRisk(
    Optional<PlannedRisk> planned, Optional<MarketState> state, Policy policy) {

  private static final BigDecimal SMALLEST = BigDecimal.ONE.movePointLeft(Decimals.SCALE);

  /** Returns the risk data of a position that is opened at this price. */
  Risk risk(PositionSide side, BigDecimal entryPrice) {
    return planned.map(PlannedRisk::getRisk).orElseGet(() -> adopted(side, entryPrice));
  }

  /** Returns the regime that the position is opened in, where it is known. */
  Optional<String> regime() {
    return planned.isPresent() ? planned.map(PlannedRisk::getRegime) : state.map(Regimes::of);
  }

  private Risk adopted(PositionSide side, BigDecimal entryPrice) {
    Optional<Double> atr = state.map(MarketState::getAtr);
    double factor = policy.getVolatilityFactor();
    Optional<BigDecimal> implied =
        atr.flatMap(known -> ImpliedStop.share(known, factor, entryPrice, policy));
    BigDecimal share = implied.orElseGet(() -> Decimals.ratio(policy.getAdoptedStopPct()));
    BigDecimal reward = share.multiply(Decimals.ratio(policy.getRewardRatio()));
    return Risk.newBuilder()
        .setInitialStop(at(side, entryPrice, share.negate()).max(SMALLEST))
        .setTarget(
            Optional.of(at(side, entryPrice, reward)).filter(Decimals::isPositive).orElse(null))
        .setAtr(implied.isPresent() ? atr.orElse(null) : null)
        .setFactor(factor)
        .setSource(implied.isPresent() ? RiskSource.STATE_ATR : RiskSource.DEFAULT)
        .build();
  }

  private static BigDecimal at(PositionSide side, BigDecimal price, BigDecimal gain) {
    BigDecimal share = side == PositionSide.LONG ? gain : gain.negate();
    return Decimals.cash(price.multiply(BigDecimal.ONE.add(share)));
  }
}
