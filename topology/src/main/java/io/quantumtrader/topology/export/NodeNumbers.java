package io.quantumtrader.topology.export;

import java.util.HashMap;
import java.util.Map;

/**
 * What was measured at a node since its process started.
 *
 * @param in records that came in
 * @param out records that were passed on, each counted once for each node that it was named for
 * @param nanos time spent in the node itself, without the nodes after it; 0 for sources and sinks,
 *     which are not measured: a sink's time is part of the node before it
 * @param to records that were passed on to one node, by its name; under {@link #ALL} those that
 *     went to every node after this one
 */
public record NodeNumbers(long in, long out, long nanos, Map<String, Long> to) {

  /** Stands for every node after this one. */
  public static final String ALL = "";

  public NodeNumbers {
    to = Map.copyOf(to);
  }

  /** Returns the numbers of a node that passes on all that comes in, and was not measured. */
  static NodeNumbers through(long records) {
    return new NodeNumbers(records, records, 0, Map.of(ALL, records));
  }

  /** Returns how many records were passed on to a node after this one. */
  long to(String node) {
    return to.getOrDefault(node, 0L) + to.getOrDefault(ALL, 0L);
  }

  /** Returns the sum of two. */
  public NodeNumbers plus(NodeNumbers other) {
    Map<String, Long> sum = new HashMap<>(to);
    other.to.forEach((node, records) -> sum.merge(node, records, Long::sum));
    return new NodeNumbers(in + other.in, out + other.out, nanos + other.nanos, sum);
  }

  /** Returns the mean time for a record in microseconds; 0 where there was none. */
  public double meanMicros() {
    return in == 0 ? 0 : nanos / 1e3 / in;
  }
}
