package io.quantumtrader.replay.reconcile;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was filled of an order beside what the model makes of the same quantity. Money is in quote
 * currency; differences are above 0 where the fill was worse than the model's.
 *
 * @param account whose order it was
 * @param symbol instrument
 * @param planId plan it was for, or that placed it; empty where that is not known
 * @param origin PLAN, STOP or TARGET
 * @param trigger what led to a close; NONE for an entry
 * @param side side of the order
 * @param ordered quantity that was ordered, base units
 * @param quantity quantity that was filled, base units, above 0
 * @param triggerPrice price that sets off a stop or target; empty for a plan's own order
 * @param met price that the model meets, before slippage
 * @param modelPrice price of the model's fill
 * @param modelFee its fee
 * @param realPrice price of the fill; of several the average by quantity
 * @param realFee fee that was charged
 * @param filledAtMs when the first of it was filled, epoch milliseconds UTC
 * @param bookedAtMs when the last of it was told, on the clock, epoch milliseconds UTC
 * @param latencyMs from the decision to the first fill, milliseconds; empty for a stop or target
 * @param seen whether the marks show what set the order off; true for a plan's own
 */
public record ComparedFill(
    String account,
    String symbol,
    String planId,
    ResultOrigin origin,
    ExitTrigger trigger,
    OrderSide side,
    BigDecimal ordered,
    BigDecimal quantity,
    Optional<BigDecimal> triggerPrice,
    BigDecimal met,
    BigDecimal modelPrice,
    BigDecimal modelFee,
    BigDecimal realPrice,
    BigDecimal realFee,
    long filledAtMs,
    long bookedAtMs,
    OptionalLong latencyMs,
    boolean seen) {

  private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);
  private static final int SCALE = 18;

  /** Returns by how much the price was worse than the model's, basis points of the model's. */
  public double slippageBps() {
    return bps(realPrice, modelPrice);
  }

  /** Returns by how much the price was worse than the one the market showed, basis points. */
  public double realSlippageBps() {
    return bps(realPrice, met);
  }

  /** Returns the same of the model's own price: its slippage and the rounding to the tick. */
  public double modelSlippageBps() {
    return bps(modelPrice, met);
  }

  /** Returns by how much the fill was worse than the trigger, basis points; 0 for a plan's. */
  public double fromTriggerBps() {
    return triggerPrice.map(at -> bps(realPrice, at)).orElse(0.0);
  }

  private double bps(BigDecimal price, BigDecimal of) {
    return worse(price, of)
        .multiply(BASIS_POINTS)
        .divide(of, SCALE, RoundingMode.HALF_EVEN)
        .doubleValue();
  }

  private BigDecimal worse(BigDecimal price, BigDecimal than) {
    BigDecimal higher = price.subtract(than);
    return side == OrderSide.BUY ? higher : higher.negate();
  }

  /** Returns what the difference of the prices cost. */
  public BigDecimal slippage() {
    return worse(realPrice, modelPrice).multiply(quantity);
  }

  /** Returns by how much the fee was higher than the model's. */
  public BigDecimal feeDifference() {
    return realFee.subtract(modelFee);
  }

  /** Returns what the fill cost more than the model's, fee included. */
  public BigDecimal cost() {
    return slippage().add(feeDifference());
  }
}
