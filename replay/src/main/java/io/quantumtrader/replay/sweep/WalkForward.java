package io.quantumtrader.replay.sweep;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.replay.compare.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A history cut into windows, each searched and then tried on what comes next. Windows lie end to
 * end: the first is only searched, the last only tried on. Each is run from some closes before it,
 * so that market states are warm when it begins; nothing is traded on those. Where there are no
 * closes before it, it warms up inside.
 *
 * @param searched what is searched on
 * @param tried what comes next, on which the best is tried
 */
public record WalkForward(Window searched, Window tried) {

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
    long leadMs = LEAD * candles.intervalMs();
    List<WalkForward> windows = new ArrayList<>(splits);
    for (int i = 0; i < splits; i++) {
      long from = i == 0 ? first : first + span * i / (splits + 1) + 1;
      long middle = first + span * (i + 1) / (splits + 1);
      long to = first + span * (i + 2) / (splits + 1);
      windows.add(
          new WalkForward(
              Window.warmed(candles, from, middle, leadMs),
              Window.warmed(candles, middle + 1, to, leadMs)));
    }
    return windows;
  }
}
