package io.quantumtrader.topology.decision.ledger;

import io.quantumtrader.schemas.avro.IntentAtr;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.entry.ImpliedStop;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Where the risk data of a position come from that no plan opened: the ATR of an intent, else that
 * of the market state, else the policy's fallback. None is without, and the record says which.
 *
 * @param intent what an intent for the position carried
 * @param state market state of the symbol
 * @param policy policy that holds
 */
record AdoptedRisk(Optional<IntentAtr> intent, Optional<MarketState> state, Policy policy) {

  private static final BigDecimal SMALLEST = BigDecimal.ONE.movePointLeft(Decimals.SCALE);

  /** An ATR with what belongs to it, and the stop distance that it implies. */
  private record Implied(double atr, double factor, BigDecimal share, RiskSource source) {}

  /**
   * Returns the risk data.
   *
   * @param entryPrice quote currency, above 0
   */
  Risk risk(PositionSide side, BigDecimal entryPrice) {
    Optional<Implied> implied = ofIntent(entryPrice).or(() -> ofState(entryPrice));
    BigDecimal share =
        implied.map(Implied::share).orElseGet(() -> Decimals.ratio(policy.getAdoptedStopPct()));
    BigDecimal reward = share.multiply(Decimals.ratio(policy.getRewardRatio()));
    return Risk.newBuilder()
        .setInitialStop(at(side, entryPrice, share.negate()).max(SMALLEST))
        .setTarget(
            Optional.of(at(side, entryPrice, reward)).filter(Decimals::isPositive).orElse(null))
        .setAtr(implied.map(Implied::atr).orElse(null))
        .setFactor(implied.map(Implied::factor).orElse(policy.getVolatilityFactor()))
        .setSource(implied.map(Implied::source).orElse(RiskSource.DEFAULT))
        .setAdopted(true)
        .build();
  }

  private Optional<Implied> ofIntent(BigDecimal entryPrice) {
    return intent.flatMap(
        sent -> {
          double factor =
              Optional.ofNullable(sent.getFactor()).orElse(policy.getVolatilityFactor());
          return ImpliedStop.share(sent.getAtr(), factor, entryPrice, policy)
              .map(share -> new Implied(sent.getAtr(), factor, share, RiskSource.INTENT_ATR));
        });
  }

  private Optional<Implied> ofState(BigDecimal entryPrice) {
    double factor = policy.getVolatilityFactor();
    return state
        .map(MarketState::getAtr)
        .flatMap(
            atr ->
                ImpliedStop.share(atr, factor, entryPrice, policy)
                    .map(share -> new Implied(atr, factor, share, RiskSource.STATE_ATR)));
  }

  private static BigDecimal at(PositionSide side, BigDecimal price, BigDecimal gain) {
    BigDecimal share = side == PositionSide.LONG ? gain : gain.negate();
    return Decimals.cash(price.multiply(BigDecimal.ONE.add(share)));
  }
}
