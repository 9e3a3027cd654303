package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What a candle must be before anything else is asked: sound numbers and a believable time. */
final class CandleIntake {

  /** How much later than its record a candle may say it closed, milliseconds. */
  private static final long TIME_TOLERANCE_MS = 5_000;

  private CandleIntake() {}

  /**
   * Returns why a candle is dropped, or empty where it is sound.
   *
   * @param recordTimeMs time of its record, which is its close time unless that was absurd, epoch
   *     ms
   */
  static Optional<Finding> refusal(Candle candle, long recordTimeMs) {
    return refusal(candle, recordTimeMs, ReasonCode.CANDLE_INVALID);
  }

  /**
   * Returns why a candle, or a mark in the shape of one, is dropped, or empty where it is sound.
   *
   * @param invalid code of numbers that make no sense
   */
  static Optional<Finding> refusal(Candle candle, long recordTimeMs, ReasonCode invalid) {
    if (!isTimed(candle) || !isPriced(candle)) {
      return Optional.of(new Finding(invalid, numbers(candle)));
    }
    long closeMs = candle.getOpenTimeMs() + candle.getIntervalMs();
    if (closeMs - recordTimeMs > TIME_TOLERANCE_MS) {
      return Optional.of(
          new Finding(
              ReasonCode.TIME_INVALID,
              Numbers.none().and("closeTimeMs", closeMs).and("recordTimeMs", recordTimeMs)));
    }
    return Optional.empty();
  }

  private static boolean isTimed(Candle candle) {
    return candle.getOpenTimeMs() >= 0
        && candle.getIntervalMs() > 0
        && candle.getOpenTimeMs() <= Long.MAX_VALUE - candle.getIntervalMs();
  }

  private static boolean isPriced(Candle candle) {
    List<BigDecimal> prices =
        List.of(candle.getOpen(), candle.getHigh(), candle.getLow(), candle.getClose());
    return prices.stream().allMatch(price -> Decimals.isPositive(price) && RecordBounds.fits(price))
        && RecordBounds.fits(candle.getVolume())
        && candle.getVolume().signum() >= 0
        && Turnover.notional(candle.getClose(), candle.getVolume()).compareTo(Turnover.LIMIT) < 0;
  }

  private static Numbers numbers(Candle candle) {
    return Numbers.none()
        .and("openTimeMs", candle.getOpenTimeMs())
        .and("intervalMs", candle.getIntervalMs())
        .and("open", candle.getOpen())
        .and("high", candle.getHigh())
        .and("low", candle.getLow())
        .and("close", candle.getClose())
        .and("volume", candle.getVolume());
  }
}
