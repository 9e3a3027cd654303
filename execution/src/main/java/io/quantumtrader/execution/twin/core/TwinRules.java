package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * What trading costs and when funding is paid.
 *
 * @param takerFee share of the notional, 0 or more
 * @param makerFee share of the notional, 0 or more
 * @param feesInBnb whether commissions are taken in BNB, a tenth cheaper, while there is some
 * @param bnbPrice USDT for one BNB, above 0
 * @param slippage how far a market order fills from the last price, a share of it, 0 or more
 * @param fundingRate what longs pay shorts of the notional at each interval; below 0 the reverse
 * @param fundingIntervalMs from one payment to the next, milliseconds; 0 only on demand
 * @param liquidationFee share of the notional that a liquidation costs beside commission
 * @param restingReduceOnlyUsesPosition whether what reduce-only orders that rest would close is not
 *     there for another reduce-only order
 * @param restingConditionalUsesPosition whether conditional reduce-only orders that wait for their
 *     price count among those that rest
 */
public record TwinRules(
    BigDecimal takerFee,
    BigDecimal makerFee,
    boolean feesInBnb,
    BigDecimal bnbPrice,
    BigDecimal slippage,
    BigDecimal fundingRate,
    long fundingIntervalMs,
    BigDecimal liquidationFee,
    boolean restingReduceOnlyUsesPosition,
    boolean restingConditionalUsesPosition) {

  /** Returns the exchange's usual ones; liquidations cost commission only. */
  public static TwinRules usual() {
    return new TwinRules(
        new BigDecimal("0.0005"),
        new BigDecimal("0.0002"),
        false,
        new BigDecimal("600"),
        new BigDecimal("0.0001"),
        new BigDecimal("0.0001"),
        8 * 3_600_000L,
        BigDecimal.ZERO,
        true,
        true);
  }

  /**
   * Returns them with conditional reduce-only orders taking up the position while they wait, or
   * not.
   */
  public TwinRules withRestingConditionals(boolean usePosition) {
    return new TwinRules(
        takerFee,
        makerFee,
        feesInBnb,
        bnbPrice,
        slippage,
        fundingRate,
        fundingIntervalMs,
        liquidationFee,
        restingReduceOnlyUsesPosition,
        usePosition);
  }
}
