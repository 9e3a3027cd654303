package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import io.quantumtrader.console.book.ClosedTrade;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/** A position from its first fill to flat. */
public record TradeRow(
    @Means("exchange account") String account,
    @Means("instrument") String symbol,
    @Means("LONG or SHORT") String side,
    @Means("the most that was open, base units") BigDecimal quantity,
    @Means("average entry price, quote currency") BigDecimal entryPrice,
    @Means("average exit price, quote currency") BigDecimal exitPrice,
    @Means("first fill, epoch ms UTC") long openedAtMs,
    @Means("last fill, epoch ms UTC") long closedAtMs,
    @Means("time it was open, ms") long heldMs,
    @Means("profit before fees and funding, quote currency") BigDecimal realized,
    @Means("fees, quote currency") BigDecimal fees,
    @Means("funding, quote currency; below 0 was paid") BigDecimal funding,
    @Means("profit after fees and funding, quote currency") BigDecimal net,
    @Means("that in multiples of the risk; null where the risk is not known") Double r,
    @Means("regime when it was opened: trend, mr or chop; empty where not known") String regime,
    @Means("who wanted it; empty where that is not known") String source,
    @Means("why it was wanted; empty where that is not known") String entryReason,
    @Means("what led to its last fill") String exitReason,
    @Means("plan that opened it; empty where none did") String openedBy) {

  static TradeRow of(ClosedTrade trade) {
    OptionalDouble r = trade.r();
    return new TradeRow(
        trade.account(),
        trade.symbol(),
        trade.side().name(),
        trade.quantity(),
        trade.entryPrice(),
        trade.exitPrice(),
        trade.openedAtMs(),
        trade.closedAtMs(),
        trade.heldMs(),
        trade.realized(),
        trade.fees(),
        trade.funding(),
        trade.net(),
        r.isPresent() ? r.getAsDouble() : null,
        trade.regime() == null ? "" : trade.regime(),
        trade.source(),
        trade.reason(),
        trade.closedBy(),
        trade.openedBy());
  }
}
