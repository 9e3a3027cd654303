package io.quantumtrader.topology.export;

/**
 * What was measured at a node since its process started.
 *
 * @param in records that came in
 * @param out records that were passed on, each counted once however many nodes it went to
 * @param nanos time spent in the node itself, without the nodes after it; 0 for sources and sinks,
 *     which are not measured: a sink's time is part of the node before it
 */
public record NodeNumbers(long in, long out, long nanos) {

  /** Returns the sum of two. */
  public NodeNumbers plus(NodeNumbers other) {
    return new NodeNumbers(in + other.in, out + other.out, nanos + other.nanos);
  }

  /** Returns the mean time for a record in microseconds; 0 where there was none. */
  public double meanMicros() {
    return in == 0 ? 0 : nanos / 1e3 / in;
  }
}
