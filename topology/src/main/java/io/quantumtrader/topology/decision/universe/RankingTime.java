package io.quantumtrader.topology.decision.universe;

import java.util.OptionalLong;

/**
 * When to rank: for the first time as soon as ten symbols are warm or an hour after the first
 * candle, from there on each time the clock passes a full hour.
 */
public final class RankingTime {

  /** Symbols that must be warm for the first rank. */
  public static final int ENOUGH_WARM = 10;

  private static final long HOUR_MS = 3_600_000;

  private RankingTime() {}

  /**
   * Returns whether to rank now.
   *
   * @param nowMs the clock, epoch ms
   * @param lastRankMs the clock at the last rank; empty where there was none
   * @param warm symbols with a market state
   * @param beginMs time of the first candle, epoch ms
   */
  public static boolean isDue(long nowMs, OptionalLong lastRankMs, int warm, long beginMs) {
    if (lastRankMs.isPresent()) {
      return Math.floorDiv(nowMs, HOUR_MS) > Math.floorDiv(lastRankMs.getAsLong(), HOUR_MS);
    }
    return warm >= ENOUGH_WARM || nowMs - beginMs >= HOUR_MS;
  }
}
