package io.quantumtrader.console.book;

import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * A position from its first fill to flat, as its fills tell it. Money is in quote currency.
 *
 * @param account whose it was
 * @param symbol what it was in
 * @param side LONG or SHORT
 * @param quantity the most that was open, base units
 * @param entryPrice average price of what opened it
 * @param exitPrice average price of what closed it
 * @param openedAtMs first fill, epoch milliseconds UTC
 * @param closedAtMs last fill, epoch milliseconds UTC
 * @param realized profit before fees and funding
 * @param fees fees of all its fills
 * @param funding funding while it was open; below 0 was paid
 * @param risk money at stake at its first stop; 0 where that is not known
 * @param openedBy plan that opened it; empty where it was none
 * @param source who wanted it; empty where that is not known
 * @param reason why it was wanted; empty where that is not known
 * @param regime regime when it was opened: trend, mr or chop; empty where that is not known
 * @param closedBy what led to its last fill: an exit trigger, or how the exchange came to it
 */
public record ClosedTrade(
    String account,
    String symbol,
    PositionSide side,
    BigDecimal quantity,
    BigDecimal entryPrice,
    BigDecimal exitPrice,
    long openedAtMs,
    long closedAtMs,
    BigDecimal realized,
    BigDecimal fees,
    BigDecimal funding,
    BigDecimal risk,
    String openedBy,
    String source,
    String reason,
    String regime,
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

  /** Returns for how long it was open, milliseconds, 0 or more. */
  public long heldMs() {
    return Math.max(0, closedAtMs - openedAtMs);
  }
}
