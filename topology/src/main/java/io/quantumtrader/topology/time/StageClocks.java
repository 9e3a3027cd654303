package io.quantumtrader.topology.time;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The time in the account stages of a process, for those who watch it: each account partition has
 * its own, and goes by nothing else. May be used by several threads.
 */
public final class StageClocks {

  /** Name of the setting under which the process passes it to Streams. */
  public static final String SETTING = "quantum.stage.clocks";

  private final Map<Integer, Long> times = new ConcurrentHashMap<>();

  /** Returns it from a Streams configuration, or a new one where there is none. */
  public static StageClocks in(Map<String, ?> configuration) {
    return configuration.get(SETTING) instanceof StageClocks clocks ? clocks : new StageClocks();
  }

  /** Notes the time that a partition is at, epoch ms, whether or not it moved. */
  public void at(int partition, long nowMs) {
    times.put(partition, nowMs);
  }

  /** Forgets a partition that this process no longer works on. */
  public void left(int partition) {
    times.remove(partition);
  }

  /** Returns the time of each partition that this process works on, epoch ms. */
  public Map<Integer, Long> times() {
    return Map.copyOf(times);
  }
}
