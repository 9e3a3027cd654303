package io.quantumtrader.market;

import java.util.HashMap;
import java.util.Map;

/**
 * How long a replay of candles is, known before it starts.
 *
 * @param count steps of the clock, those without a candle included, 1 or more
 * @param openTimes different open times, 1 or more
 * @param gaps places where a symbol misses one or more candles between its first and its last
 */
record CandleSteps(long count, long openTimes, long gaps) {

  /**
   * Steps without a candle beyond both are out of proportion: hours of waiting for a market that
   * hardly moves, which is what a wrong interval looks like.
   */
  private static final long MOST_UNQUESTIONED = 10_000;

  private static final long MOST_FOR_EACH_OPEN_TIME = 25;

  /** Counts the steps of rows in order of time. */
  static CandleSteps of(RowView sorted, long intervalMs) {
    Map<String, Long> last = new HashMap<>();
    long steps = 0;
    long openTimes = 0;
    long gaps = 0;
    long before = Long.MIN_VALUE;
    for (int i = 0; i < sorted.size(); i++) {
      long openTimeMs = sorted.openTimeMs(i);
      if (openTimeMs != before) {
        openTimes++;
        steps += 1 + (openTimes == 1 ? 0 : Replay.stepsBetween(before, openTimeMs, intervalMs));
        before = openTimeMs;
      }
      Long lastOfSymbol = last.put(sorted.symbol(i), openTimeMs);
      if (lastOfSymbol != null && openTimeMs - lastOfSymbol > intervalMs) {
        gaps++;
      }
    }
    return new CandleSteps(steps, openTimes, gaps);
  }

  /**
   * Refuses what would take out of proportion.
   *
   * @throws CandleFileException saying how many steps there would be
   */
  void refuseTooMany(String shown, long intervalMs) {
    if (count > MOST_UNQUESTIONED && count > MOST_FOR_EACH_OPEN_TIME * openTimes) {
      throw new CandleFileException(
          "%s would take %,d steps of %s for %,d open times: its rows are too far apart for that interval; leave the rows out that are closer than the others"
              .formatted(shown, count, TimeText.length(intervalMs), openTimes));
    }
  }
}
