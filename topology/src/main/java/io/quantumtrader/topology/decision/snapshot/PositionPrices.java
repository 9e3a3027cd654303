package io.quantumtrader.topology.decision.snapshot;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.topology.decision.Copies;
import java.math.BigDecimal;
import java.util.List;

/**
 * Highest and lowest price since a position was opened. Of a candle that began before the open only
 * the close is known to come after it.
 */
public final class PositionPrices {

  private static final long NO_CANDLE = -1;

  private PositionPrices() {}

  /**
   * Returns the position without what the candle with this open time added, if that was the last.
   */
  public static OpenPosition forget(OpenPosition position, long candleOpenMs) {
    if (position.getCandleOpenMs() != candleOpenMs) {
      return position;
    }
    return Copies.of(position, OpenPosition.newBuilder())
        .setPeakPrice(position.getSettledPeakPrice())
        .setTroughPrice(position.getSettledTroughPrice())
        .setCandleOpenMs(NO_CANDLE)
        .build();
  }

  /** Returns the position after these candles, which came together: one, or a held one and it. */
  public static OpenPosition see(OpenPosition position, List<Candle> candles) {
    BigDecimal peak = position.getPeakPrice();
    BigDecimal trough = position.getTroughPrice();
    long openedAtMs = PositionRows.openedAtMs(position.getLedger());
    for (Candle candle : candles) {
      if (candle.getOpenTimeMs() >= openedAtMs) {
        peak = peak.max(candle.getHigh());
        trough = trough.min(candle.getLow());
      }
      if (candle.getOpenTimeMs() + candle.getIntervalMs() >= openedAtMs) {
        peak = peak.max(candle.getClose());
        trough = trough.min(candle.getClose());
      }
    }
    return Copies.of(position, OpenPosition.newBuilder())
        .setPeakPrice(peak)
        .setTroughPrice(trough)
        .setSettledPeakPrice(position.getPeakPrice())
        .setSettledTroughPrice(position.getTroughPrice())
        .setCandleOpenMs(candles.getLast().getOpenTimeMs())
        .build();
  }

  /**
   * Returns the position after a price between candles. It stays seen where a candle is replaced
   * later; one from before the open says nothing of the position.
   */
  static OpenPosition see(OpenPosition position, Mark mark) {
    if (mark.atMs() < PositionRows.openedAtMs(position.getLedger())) {
      return position;
    }
    return Copies.of(position, OpenPosition.newBuilder())
        .setPeakPrice(position.getPeakPrice().max(mark.price()))
        .setTroughPrice(position.getTroughPrice().min(mark.price()))
        .setSettledPeakPrice(position.getSettledPeakPrice().max(mark.price()))
        .setSettledTroughPrice(position.getSettledTroughPrice().min(mark.price()))
        .build();
  }
}
