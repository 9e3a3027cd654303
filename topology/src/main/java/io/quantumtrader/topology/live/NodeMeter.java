package io.quantumtrader.topology.live;

import io.quantumtrader.topology.export.NodeNumbers;
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
  private final LongAdder out = new LongAdder();
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

  /** Runs the processing of one record. */
  void measure(Runnable processing) {
    long[] inside = INSIDE.get();
    long insideOutside = inside[0];
    inside[0] = 0;
    long begin = clock.getAsLong();
    try {
      processing.run();
    } finally {
      long all = clock.getAsLong() - begin;
      in.increment();
      nanos.add(all - inside[0]);
      inside[0] = insideOutside + all;
    }
  }

  void forwarded() {
    out.increment();
  }

  NodeNumbers numbers() {
    return new NodeNumbers(in.sum(), out.sum(), nanos.sum());
  }
}
