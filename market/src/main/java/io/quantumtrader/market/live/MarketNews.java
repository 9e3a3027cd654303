package io.quantumtrader.market.live;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Instrument;
import java.util.List;
import java.util.Map;

/**
 * What was learnt of a market by asking once.
 *
 * @param candles closed candles that were not there before, by close time, then symbol
 * @param marks prices of the moment, each a candle of a millisecond without volume; on the tick
 * @param instruments all instruments as they are known now, by symbol
 */
public record MarketNews(
    List<Candle> candles, List<Candle> marks, Map<String, Instrument> instruments) {

  /** Keeps copies. */
  public MarketNews {
    candles = List.copyOf(candles);
    marks = List.copyOf(marks);
    instruments = Map.copyOf(instruments);
  }

  /** Returns whether there is nothing to write. */
  public boolean isEmpty() {
    return candles.isEmpty() && marks.isEmpty();
  }
}
