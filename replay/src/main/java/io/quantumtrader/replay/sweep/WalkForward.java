package io.quantumtrader.replay.sweep;

import io.quantumtrader.market.CandleFile;
import java.util.ArrayList;
import java.util.List;

/**
 * A history cut into windows, each searched and then tried on what comes next. Windows lie end to
 * end: the first is only searched, the last only tried on. Each is run from some closes before it,
 * so that market states are warm when it begins; where there are no such, it warms up inside.
 *
 * @param searched candles to search on
 * @param tried candles after them to try the best on
 */
public record WalkForward(CandleFile searched, CandleFile tried) {

  /** Closes that a window is run from before it begins. */
  static final int LEAD = 300;

  /**
   * Cuts a history.
   *
   * @param splits how many windows are tried, 1 or more
   * @throws io.quantumtrader.market.CandleFileException where a window holds no candle
   */
  public static List<WalkForward> of(CandleFile candles, int splits) {
    long first = candles.firstCloseTimeMs();
    long span = candles.lastCloseTimeMs() - first;
    List<WalkForward> windows = new ArrayList<>(splits);
    for (int i = 0; i < splits; i++) {
      long from = first + span * i / (splits + 1);
      long middle = first + span * (i + 1) / (splits + 1);
      long to = first + span * (i + 2) / (splits + 1);
      long lead = LEAD * candles.intervalMs();
      windows.add(
          new WalkForward(
              candles.between(from - lead, middle), candles.between(middle + 1 - lead, to)));
    }
    return windows;
  }
}
