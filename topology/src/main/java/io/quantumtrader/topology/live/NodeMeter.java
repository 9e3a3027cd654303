package io.quantumtrader.topology.live;

import io.quantumtrader.topology.export.NodeNumbers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts at one node. Nodes call each other on one thread, so what a node forwards runs within its
 * own call: a stack for each thread takes the time of the nodes inside off the one outside.
 */
final class NodeMeter {

  /** The time that nodes inside of the running ones took, for each thread. */
  private static final ThreadLocal<long[]> INSIDE = ThreadLocal.withInitial(() -> new long[1]);

  private final LongSupplier clock;
  private final LongAdder in = new LongAdder();
  private final Map<String, LongAdder> to = new ConcurrentHashMap<>();
  private final LongAdder nanos = new LongAdder();

  NodeMeter() {
    this(System::nanoTime);
  }

  /**
   * Creates a meter.
   *
   * @param clock nanoseconds from any beginning, never going back
   */
  NodeMeter(LongSupplier clock) {
    this.clock = clock;
  }

  /** Begins the processing of one record; what it returns belongs to {@link #end}. */
  Span begin() {
    long[] inside = INSIDE.get();
    Span span = new Span(inside[0], clock.getAsLong());
    inside[0] = 0;
    return span;
  }

  /** Ends the processing of one record. */
  void end(Span span) {
    long[] inside = INSIDE.get();
    long all = clock.getAsLong() - span.beginNanos();
    in.increment();
    nanos.add(all - inside[0]);
    inside[0] = span.insideOutside() + all;
  }

  /**
   * The processing of one record.
   *
   * @param insideOutside what nodes inside of the one outside took before
   * @param beginNanos when it began
   */
  record Span(long insideOutside, long beginNanos) {}

  /** Counts a record that is passed on to a node, or to {@link NodeNumbers#ALL}. */
  void forwarded(String node) {
    LongAdder records = to.get(node);
    if (records == null) {
      records = to.computeIfAbsent(node, first -> new LongAdder());
    }
    records.increment();
  }

  NodeNumbers numbers() {
    Map<String, Long> sums = new HashMap<>();
    to.forEach((node, records) -> sums.put(node, records.sum()));
    long out = sums.values().stream().mapToLong(Long::longValue).sum();
    return new NodeNumbers(in.sum(), out, nanos.sum(), sums);
  }
}
