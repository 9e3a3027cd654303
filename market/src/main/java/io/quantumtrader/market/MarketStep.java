package io.quantumtrader.market;

import io.quantumtrader.schemas.avro.Candle;
import java.util.List;

/**
 * All candles that close at the same time.
 *
 * @param closeTimeMs when they close, open time plus interval, epoch milliseconds UTC, 0 or more
 * @param candles the candles ordered by symbol, at most one line of the source each; may be empty
 */
public record MarketStep(long closeTimeMs, List<Candle> candles) {

  public MarketStep {
    candles = List.copyOf(candles);
  }
}
