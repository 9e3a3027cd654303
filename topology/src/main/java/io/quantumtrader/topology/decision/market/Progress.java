package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How far the market stage is in a symbol.
 *
 * @param lastOpenMs open time of the last candle seen, taken or held back, epoch ms; -1 before it
 * @param intervalMs its nominal interval, milliseconds; 0 before it
 * @param closes closes taken since the warm-up began
 * @param rank closes taken since ever, which says where in the ring the next one goes
 * @param price close of the last candle taken, quote currency; zero before it
 * @param priceAtMs its close time, epoch ms; -1 before it
 * @param range average true range since the warm-up began
 * @param suspect whether the last candles disagree about the price
 * @param held last candle, held back until another agrees
 * @param turnover notional of 24 hours
 */
public record Progress(
    long lastOpenMs,
    long intervalMs,
    long closes,
    long rank,
    BigDecimal price,
    long priceAtMs,
    AverageTrueRange range,
    boolean suspect,
    Optional<Candle> held,
    Turnover turnover) {

  /** Before the first candle. */
  public static final Progress NONE =
      new Progress(
          -1,
          0,
          0,
          0,
          BigDecimal.ZERO,
          -1,
          AverageTrueRange.NONE,
          false,
          Optional.empty(),
          Turnover.NONE);

  /** Returns whether any candle was seen. */
  public boolean isStarted() {
    return lastOpenMs >= 0;
  }

  /** Returns whether a price is known. */
  public boolean hasPrice() {
    return priceAtMs >= 0;
  }

  /** Returns the start of a new warm-up: price and turnover stay. */
  Progress restarted() {
    return new Progress(
        lastOpenMs,
        intervalMs,
        0,
        rank,
        price,
        priceAtMs,
        AverageTrueRange.NONE,
        false,
        Optional.empty(),
        turnover);
  }

  /** Returns this with a candle held back, or seen and good for nothing. */
  Progress holding(Candle candle, boolean mayBeAgreedWith) {
    return new Progress(
        candle.getOpenTimeMs(),
        candle.getIntervalMs(),
        closes,
        rank,
        price,
        priceAtMs,
        range,
        true,
        mayBeAgreedWith ? Optional.of(candle) : Optional.empty(),
        turnover);
  }

  /** Returns this with a candle taken. */
  Progress taking(Candle candle, Turnover turnoverWithIt) {
    double previous = closes == 0 ? Double.NaN : price.doubleValue();
    return new Progress(
        candle.getOpenTimeMs(),
        candle.getIntervalMs(),
        closes + 1,
        rank + 1,
        candle.getClose(),
        candle.getOpenTimeMs() + candle.getIntervalMs(),
        range.next(candle.getHigh().doubleValue(), candle.getLow().doubleValue(), previous),
        false,
        Optional.empty(),
        turnoverWithIt);
  }
}
