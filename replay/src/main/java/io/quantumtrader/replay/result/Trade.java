package io.quantumtrader.replay.result;

import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * A position from its first fill to flat. Money is in quote currency.
 *
 * @param account whose it was
 * @param symbol what it was in
 * @param positionId its id
 * @param side LONG or SHORT
 * @param regime regime when it was opened: trend, mr or chop; empty where it is not known
 * @param openedAtMs first fill, epoch milliseconds UTC
 * @param closedAtMs fill that made it flat, epoch milliseconds UTC
 * @param realized profit before fees and funding; slippage is in it, as it is in the fills' prices
 * @param fees fees of all its fills
 * @param funding funding while it was open; below 0 was paid
 * @param risk money that was at stake at its first stop, 0 where that is not known
 * @param closedBy what led to its last fill: an exit trigger, or how the exchange came to it
 */
public record Trade(
    String account,
    String symbol,
    String positionId,
    PositionSide side,
    String regime,
    long openedAtMs,
    long closedAtMs,
    BigDecimal realized,
    BigDecimal fees,
    BigDecimal funding,
    BigDecimal risk,
    String closedBy) {

  /** Returns the profit after fees and funding. */
  public BigDecimal net() {
    return realized.subtract(fees).add(funding);
  }

  /** Returns the profit after fees and funding in multiples of the risk; empty without a risk. */
  public OptionalDouble r() {
    return risk.signum() > 0
        ? OptionalDouble.of(net().doubleValue() / risk.doubleValue())
        : OptionalDouble.empty();
  }
}
