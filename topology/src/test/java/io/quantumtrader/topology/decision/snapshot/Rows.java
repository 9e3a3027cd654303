package io.quantumtrader.topology.decision.snapshot;

import static io.quantumtrader.topology.decision.market.Candles.SYMBOL;
import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.dec;

import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;

/** Ledger rows to test with. */
public final class Rows {

  private Rows() {}

  /** A long position of 2 at 100 with leverage 4, opened in the n-th minute. */
  public static PositionLedger.Builder open(long n) {
    return PositionLedger.newBuilder()
        .setAccount("main")
        .setSymbol(SYMBOL)
        .setPositionId("main:" + SYMBOL + ":1")
        .setOpenSequence(1)
        .setSide(PositionSide.LONG)
        .setQuantity(dec("2"))
        .setEntryPrice(dec("100"))
        .setLeverage(4)
        .setRealizedPnl(dec("0"))
        .setFees(dec("0"))
        .setPositionRealizedPnl(dec("0"))
        .setPositionFees(dec("0"))
        .setOpenedAtMs(at(n))
        .setUpdatedAtMs(at(n));
  }

  /** The same position after it was closed in the n-th minute. */
  public static PositionLedger.Builder flat(long n) {
    return open(n)
        .setSide(PositionSide.FLAT)
        .setQuantity(dec("0"))
        .setEntryPrice(dec("0"))
        .setPositionId("")
        .setTradeCount(1)
        .setOpenedAtMs(null)
        .setFlatSinceMs(at(n));
  }
}
