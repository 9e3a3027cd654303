package io.quantumtrader.execution.executor;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** What an executor tries to put right, and somebody should know of while it lasts. */
public enum ExecutorTrouble {
  /** A close waits to be booked, because the entry before it cannot be booked yet. */
  CLOSE_HELD,
  /** What rests in a symbol in which nothing is open could not be cancelled yet. */
  NOT_CLEARED,
  /** A position has no stop, and nobody knows where it should be. */
  STOP_UNKNOWN,
  /** The exchange has not said yet that the dead-man switch of an earlier executor is off. */
  DEAD_MAN_SET,
  /** The exchange did not set the dead-man switch for what is open, or not take it back after. */
  DEAD_MAN_UNSET,
  /** The prices are of another market than that of the exchange, so no entry is sent. */
  FOREIGN_MARKET;

  /** Returns how often each is there in all of these. */
  static Map<ExecutorTrouble, Integer> sum(Collection<Map<ExecutorTrouble, Integer>> counts) {
    Map<ExecutorTrouble, Integer> all = new EnumMap<>(ExecutorTrouble.class);
    for (Map<ExecutorTrouble, Integer> each : counts) {
      each.forEach((kind, count) -> all.merge(kind, count, Integer::sum));
    }
    return Map.copyOf(all);
  }
}
