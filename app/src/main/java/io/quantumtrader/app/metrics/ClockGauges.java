package io.quantumtrader.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.quantumtrader.schemas.avro.Clock;

/** The one clock, and whether it moves. */
final class ClockGauges {

  private static final double MS = 1_000;
  private static final double NANOS = 1e9;

  private final ClockWatch watch;
  private volatile long nowMs;
  private volatile long seenNanos = System.nanoTime();

  /**
   * Creates it.
   *
   * @param watch is told each step
   */
  ClockGauges(ClockWatch watch) {
    this.watch = watch;
  }

  /** Shows it. */
  void show(MeterRegistry registry) {
    Metric.CLOCK_TIME.gauge(registry, this, clock -> clock.nowMs / MS);
    Metric.CLOCK_LAG.gauge(
        registry,
        this,
        clock -> clock.nowMs == 0 ? Double.NaN : (System.currentTimeMillis() - clock.nowMs) / MS);
    Metric.CLOCK_SILENCE.gauge(
        registry, this, clock -> (System.nanoTime() - clock.seenNanos) / NANOS);
  }

  /** Takes a step; an earlier one than seen does not turn it back. */
  void step(Clock step) {
    watch.step(step.getPartition(), step.getNowMs(), step.getStepMs());
    nowMs = Math.max(nowMs, step.getNowMs());
    seenNanos = System.nanoTime();
  }

  /** Returns the greatest step seen, epoch milliseconds UTC; 0: none yet. */
  long nowMs() {
    return nowMs;
  }
}
