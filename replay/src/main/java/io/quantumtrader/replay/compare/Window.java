package io.quantumtrader.replay.compare;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;

/**
 * The part of a history that is run. What comes before its beginning is there to warm up: nothing
 * is traded then, and no figure counts it.
 *
 * @param candles candles that are played, those to warm up first
 * @param fromMs first close that counts, epoch milliseconds UTC; {@link Long#MIN_VALUE}: all do
 * @param toMs last close, and latest intent; {@link Long#MAX_VALUE}: all there are
 */
public record Window(CandleFile candles, long fromMs, long toMs) {

  /** Returns all of a history. */
  public static Window whole(CandleFile candles) {
    return new Window(candles, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * Returns a history without what comes after a time.
   *
   * @param toMs latest close and latest intent, epoch milliseconds UTC
   * @throws io.quantumtrader.market.CandleFileException where nothing closes by then
   */
  public static Window until(CandleFile candles, long toMs) {
    return new Window(candles.between(Long.MIN_VALUE, toMs), Long.MIN_VALUE, toMs);
  }

  /**
   * Returns a part of a history, and what it is warmed up with.
   *
   * @param leadMs how long before it the candles begin, milliseconds, 0 or more
   * @throws io.quantumtrader.market.CandleFileException where nothing closes in the part itself
   */
  public static Window warmed(CandleFile candles, long fromMs, long toMs, long leadMs) {
    CandleFile counted = candles.between(fromMs, toMs);
    return new Window(
        candles.between(fromMs - leadMs, toMs),
        counted.firstCloseTimeMs(),
        counted.lastCloseTimeMs());
  }

  /** Returns whether closes are played that do not count. */
  public boolean hasLead() {
    return candles.firstCloseTimeMs() < fromMs;
  }

  /**
   * Returns the last close before it, epoch milliseconds UTC.
   *
   * @throws io.quantumtrader.market.CandleFileException where there is none
   */
  long leadEndMs() {
    return candles.between(Long.MIN_VALUE, fromMs - 1).lastCloseTimeMs();
  }

  /** Returns the first close that counts, epoch milliseconds UTC. */
  public long firstCloseTimeMs() {
    return Math.max(fromMs, candles.firstCloseTimeMs());
  }

  /** Returns the last close, epoch milliseconds UTC. */
  public long lastCloseTimeMs() {
    return candles.lastCloseTimeMs();
  }

  /**
   * Returns the intents that are made in it. Without this those of later times would all go out in
   * its last step, as a replay sends what is left.
   */
  public IntentQueue of(IntentQueue intents) {
    return intents.between(hasLead() ? fromMs - candles.intervalMs() + 1 : Long.MIN_VALUE, toMs);
  }
}
