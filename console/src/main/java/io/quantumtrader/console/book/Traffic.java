package io.quantumtrader.console.book;

import io.quantumtrader.schemas.topic.Topic;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many records came on each topic, all in all and lately. Lately goes by when they were read,
 * as what is shown is whether something moves now.
 */
public final class Traffic {

  /** Over so many seconds a rate is taken. */
  public static final int WINDOW_S = 10;

  private final Map<Topic, Count> counts = new EnumMap<>(Topic.class);

  private static final class Count {
    private final long[] perSecond = new long[WINDOW_S + 1];
    private long second;
    private long all;

    private void forward(long to) {
      long from = Math.max(second + 1, to - WINDOW_S);
      for (long each = from; each <= to; each++) {
        perSecond[(int) (each % perSecond.length)] = 0;
      }
      second = Math.max(second, to);
    }
  }

  Traffic() {}

  void take(Topic topic, long readAtMs) {
    Count count = counts.computeIfAbsent(topic, any -> new Count());
    count.forward(readAtMs / 1000);
    count.perSecond[(int) (count.second % count.perSecond.length)]++;
    count.all++;
  }

  /** Returns how many records there were on a topic. */
  public long all(Topic topic) {
    Count count = counts.get(topic);
    return count == null ? 0 : count.all;
  }

  /**
   * Returns how many records a second came lately, 0 or more; the second that is not over is left
   * out.
   *
   * @param nowMs wall time, epoch milliseconds
   */
  public double perSecond(Topic topic, long nowMs) {
    Count count = counts.get(topic);
    if (count == null) {
      return 0;
    }
    count.forward(nowMs / 1000);
    long sum = 0;
    for (int index = 0; index < count.perSecond.length; index++) {
      boolean isNow = index == count.second % count.perSecond.length;
      sum += isNow ? 0 : count.perSecond[index];
    }
    return sum / (double) WINDOW_S;
  }
}
