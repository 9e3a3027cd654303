package io.quantumtrader.topology.decision.portfolio;

import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.decision.Decimals;
import java.math.BigDecimal;
import java.util.Collection;

/**
 * What an account has made so far.
 *
 * @param realizedPnl realised profit of all symbols, before fees, quote currency
 * @param fees fees of all symbols, quote currency
 * @param tradeCount positions closed
 */
public record Totals(BigDecimal realizedPnl, BigDecimal fees, long tradeCount) {

  /** Returns the sums over all rows of an account, open and flat. */
  public static Totals of(Collection<PositionLedger> rows) {
    BigDecimal realizedPnl = Decimals.ZERO;
    BigDecimal fees = Decimals.ZERO;
    long tradeCount = 0;
    for (PositionLedger row : rows) {
      realizedPnl = realizedPnl.add(row.getRealizedPnl());
      fees = fees.add(row.getFees());
      tradeCount += row.getTradeCount();
    }
    return new Totals(realizedPnl, fees, tradeCount);
  }
}
