package io.quantumtrader.execution.twin.core;

import java.util.ArrayList;
import java.util.List;

/** Candles of other lengths than a minute. */
public final class CandleSpans {
  /** How many minutes a day has. */
  public static final int DAY_MINUTES = 1440;

  private CandleSpans() {}

  /** Returns how many minutes an interval has; -1120 where there is no such one. */
  public static int minutes(String interval) {
    return switch (interval) {
      case "1m" -> 1;
      case "3m" -> 3;
      case "5m" -> 5;
      case "15m" -> 15;
      case "30m" -> 30;
      case "1h" -> 60;
      case "2h" -> 120;
      case "4h" -> 240;
      case "6h" -> 360;
      case "8h" -> 480;
      case "12h" -> 720;
      case "1d" -> DAY_MINUTES;
      default -> throw TwinError.INTERVAL.refused();
    };
  }

  /** Joins candles of a minute, oldest first, to longer ones that begin at whole multiples. */
  public static List<TwinCandle> joined(List<TwinCandle> candles, int minutes) {
    long lengthMs = minutes * TwinCandle.MINUTE_MS;
    List<TwinCandle> joined = new ArrayList<>();
    for (TwinCandle candle : candles) {
      long openMs = Math.floorDiv(candle.openMs(), lengthMs) * lengthMs;
      if (!joined.isEmpty() && joined.getLast().openMs() == openMs) {
        joined.set(joined.size() - 1, joined.getLast().then(candle));
      } else {
        joined.add(candle.at(openMs));
      }
    }
    return List.copyOf(joined);
  }
}
