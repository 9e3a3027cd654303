package io.quantumtrader.agents.feature;

import java.util.List;

/**
 * Closed candles of one symbol that follow each other without a gap, oldest first. It never
 * changes.
 */
public final class Bars {

  private final List<Bar> bars;

  /**
   * Takes candles.
   *
   * @param bars oldest first
   * @throws IllegalArgumentException if their close times do not rise by one and the same interval
   */
  public Bars(List<Bar> bars) {
    this.bars = List.copyOf(bars);
    for (int i = 1; i < bars.size(); i++) {
      long step = bars.get(i).closeTimeMs() - bars.get(i - 1).closeTimeMs();
      if (step <= 0 || step != bars.get(1).closeTimeMs() - bars.get(0).closeTimeMs()) {
        throw new IllegalArgumentException(
            "candles at %d and %d are %d ms apart"
                .formatted(bars.get(i - 1).closeTimeMs(), bars.get(i).closeTimeMs(), step));
      }
    }
  }

  /** Returns how many there are. */
  public int size() {
    return bars.size();
  }

  /** Returns the candle so many before the newest; 0 is the newest. */
  public Bar back(int steps) {
    return bars.get(bars.size() - 1 - steps);
  }

  /** Returns the log return of the candle so many before the newest, from the close before it. */
  double logReturn(int steps) {
    return Math.log(back(steps).close() / back(steps + 1).close());
  }

  /** Returns the last of them, as many as wanted. */
  public Bars last(int count) {
    return new Bars(bars.subList(Math.max(0, bars.size() - count), bars.size()));
  }
}
