package io.quantumtrader.agents.feature;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the last closed candles of one symbol, as many as the longest feature needs. The same close
 * time again replaces the newest, an older one is passed over, and a gap begins anew: what lies
 * before it is no neighbour of what comes after. For one thread.
 */
public final class BarRing {

  private final Deque<Bar> bars = new ArrayDeque<>();
  private long intervalMs;

  /**
   * Takes a candle.
   *
   * @param bar the candle
   * @param length its interval, milliseconds, above 0
   * @return whether it is the newest now
   */
  public boolean add(Bar bar, long length) {
    Bar newest = bars.peekLast();
    if (newest != null && bar.closeTimeMs() < newest.closeTimeMs()) {
      return false;
    }
    if (newest != null && bar.closeTimeMs() == newest.closeTimeMs()) {
      bars.removeLast();
    } else if (newest != null
        && (length != intervalMs || bar.closeTimeMs() - newest.closeTimeMs() != length)) {
      bars.clear();
    }
    intervalMs = length;
    bars.addLast(bar);
    if (bars.size() > Feature.longestWindow()) {
      bars.removeFirst();
    }
    return true;
  }

  /**
   * Returns the candles that were closed by a time, newest last: none that closed later is among
   * them.
   *
   * @param asOfMs epoch milliseconds UTC
   */
  public Bars asOf(long asOfMs) {
    List<Bar> closed = new ArrayList<>();
    for (Bar bar : bars) {
      if (bar.closeTimeMs() <= asOfMs) {
        closed.add(bar);
      }
    }
    return new Bars(closed);
  }
}
