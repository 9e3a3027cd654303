package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.topology.decision.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** The stop distance that an average true range implies. */
public final class ImpliedStop {

  /** Enough that the share of a price is the distance again, to the last digit of a price. */
  private static final int SHARE_SCALE = 2 * Decimals.SCALE + 2;

  private ImpliedStop() {}

  /**
   * Returns ATR x factor / price, brought within the policy's bounds; empty where what it implies
   * is beyond what any sane market has (by default outside 0.1 to 20 % of the price).
   *
   * @param atr average true range, quote currency
   * @param factor volatility factor, above 0
   * @param price quote currency, above 0
   */
  public static Optional<BigDecimal> share(
      double atr, double factor, BigDecimal price, Policy policy) {
    double distance = atr * factor;
    if (!Double.isFinite(distance) || distance <= 0) {
      return Optional.empty();
    }
    BigDecimal share =
        BigDecimal.valueOf(distance).divide(price, SHARE_SCALE, RoundingMode.HALF_EVEN);
    BigDecimal least = Decimals.ratio(policy.getAtrStopMinPct());
    BigDecimal most = Decimals.ratio(policy.getAtrStopMaxPct());
    if (share.compareTo(least) < 0 || share.compareTo(most) > 0) {
      return Optional.empty();
    }
    BigDecimal minimum = Decimals.ratio(policy.getStopMinPct());
    BigDecimal maximum = Decimals.ratio(policy.getStopMaxPct());
    return Optional.of(share.max(minimum).min(maximum));
  }
}
