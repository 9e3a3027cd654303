package io.quantumtrader.connectors.redis.source;

/**
 * What a source task shows over JMX as {@code
 * io.quantumtrader.connectors.redis:type=source,connector=...,task=...}; its counts are Connect's
 * plugin metrics.
 */
public interface SourceWaitingMXBean {

  /** Returns what the task waits for before it goes on reading; empty while it reads. */
  String getWaitingFor();

  /** Returns for how long it has waited, milliseconds; 0 while it reads. */
  long getWaitingMs();
}
