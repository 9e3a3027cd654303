package io.quantumtrader.console.book;

import io.quantumtrader.schemas.avro.Clock;

/** How far the clock of a pipeline is, and when that was heard. */
public final class ClockHand {

  private long nowMs;
  private long stepMs;
  private long heardAtMs;

  ClockHand() {}

  void take(Clock step, long readAtMs) {
    if (step.getNowMs() > nowMs) {
      nowMs = step.getNowMs();
      stepMs = step.getStepMs();
      heardAtMs = readAtMs;
    }
  }

  /** Returns the greatest step so far, epoch milliseconds UTC; 0 before the first. */
  public long nowMs() {
    return nowMs;
  }

  /** Returns the nominal distance of the steps, milliseconds; 0 before the first. */
  public long stepMs() {
    return stepMs;
  }

  /** Returns when that step was read, wall time, epoch milliseconds; 0 before the first. */
  public long heardAtMs() {
    return heardAtMs;
  }
}
