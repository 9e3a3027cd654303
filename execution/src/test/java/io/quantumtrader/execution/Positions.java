package io.quantumtrader.execution;

import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;

/** Positions in the ledger and on the exchange, opened at 2000. */
public final class Positions {

  private Positions() {}

  /** Returns a row of the ledger without stop and target. */
  public static PositionLedger.Builder row(
      String account, String symbol, PositionSide side, String quantity) {
    boolean flat = side == PositionSide.FLAT;
    return PositionLedger.newBuilder()
        .setAccount(account)
        .setSymbol(symbol)
        .setPositionId(flat ? "" : account + ":" + symbol + ":1")
        .setSide(side)
        .setQuantity(new BigDecimal(quantity))
        .setEntryPrice(flat ? BigDecimal.ZERO : BigDecimal.valueOf(2000))
        .setRealizedPnl(BigDecimal.ZERO)
        .setFees(BigDecimal.ZERO)
        .setPositionRealizedPnl(BigDecimal.ZERO)
        .setPositionFees(BigDecimal.ZERO)
        .setLastFillId("f-1")
        .setUpdatedAtMs(0);
  }

  /** Returns a position as the exchange has it, without stop and target. */
  public static ExchangePosition.Builder open(String symbol, PositionSide side, String quantity) {
    return ExchangePosition.newBuilder()
        .setSymbol(symbol)
        .setSide(side)
        .setQuantity(new BigDecimal(quantity))
        .setEntryPrice(BigDecimal.valueOf(2000));
  }
}
