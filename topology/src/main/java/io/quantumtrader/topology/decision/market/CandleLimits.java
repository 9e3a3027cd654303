package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.Policy;
import java.math.BigDecimal;

/**
 * What a candle is held to; the jump holds for a mark too.
 *
 * @param maxJump distance from the last close, fraction of it, from beyond which it is held back
 * @param maxGap intervals that may be missing before the warm-up starts again
 */
public record CandleLimits(BigDecimal maxJump, double maxGap) {

  /** Returns the limits of a policy. */
  public static CandleLimits of(Policy policy) {
    return new CandleLimits(
        BigDecimal.valueOf(policy.getCandleMaxJump()), policy.getCandleMaxGap());
  }

  /** Returns whether two closes are no further apart than allowed, seen from the earlier one. */
  boolean agree(BigDecimal earlier, BigDecimal later) {
    return later.subtract(earlier).abs().compareTo(earlier.multiply(maxJump)) <= 0;
  }

  /** Returns whether more than the allowed number of intervals is missing between two candles. */
  boolean isGap(long earlierOpenMs, long laterOpenMs, long intervalMs) {
    double missing = (double) (laterOpenMs - earlierOpenMs - intervalMs) / intervalMs;
    return missing > maxGap;
  }
}
