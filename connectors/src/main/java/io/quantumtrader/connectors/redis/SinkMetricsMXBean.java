package io.quantumtrader.connectors.redis;

import java.util.Map;

/**
 * What a sink task shows over JMX as {@code
 * io.quantumtrader.connectors.redis:type=sink,connector=...,task=...}.
 */
public interface SinkMetricsMXBean {

  /** Returns how many records were taken into Redis, those without a command included. */
  long getRecordsWritten();

  /** Returns how many delivered records were in Redis already. */
  long getRecordsPassedOver();

  /** Returns how many records were reported as bad. */
  long getRecordsDeadLettered();

  /** Returns how many times records were given back to Connect to be delivered again. */
  long getRetries();

  /**
   * Returns how many offsets Redis has lost that had been written: after a failover to a replica
   * that lagged, or when its data was removed.
   */
  long getOffsetsLost();

  /** Returns the next offset to write, by {@code topic-partition}. */
  Map<String, Long> getFenceOffsets();

  /** Returns how many offsets were delivered and are not known to be in Redis, by partition. */
  Map<String, Long> getPendingOffsets();

  /** Returns the wall clock's time less the newest written record's, milliseconds; -1: none. */
  long getLagMs();

  /** Returns what the task waits for before it goes on writing; empty while it writes. */
  String getWaitingFor();

  /** Returns for how long it has waited, milliseconds; 0 while it writes. */
  long getWaitingMs();
}
