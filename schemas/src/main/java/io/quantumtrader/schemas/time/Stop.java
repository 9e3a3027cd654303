package io.quantumtrader.schemas.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request to stop, which ends every pause at once. */
public final class Stop {

  private final CountDownLatch requested = new CountDownLatch(1);

  /** Asks to stop; more than once is the same. */
  public void request() {
    requested.countDown();
  }

  /** Returns whether a stop was requested. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Pauses; returns early, with true, if a stop is requested meanwhile or was before. */
  public boolean pause(Duration length) throws InterruptedException {
    return requested.await(Math.max(0, length.toNanos()), TimeUnit.NANOSECONDS);
  }
}
