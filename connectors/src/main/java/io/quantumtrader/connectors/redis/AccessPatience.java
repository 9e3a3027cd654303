package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.write.AccessRefusedException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * How long a task waits when Redis no longer lets it in. Whoever changes a password changes it in
 * two places, one after the other; a task that was let in before waits for the second. One that
 * never was has a wrong setting.
 */
public final class AccessPatience {

  private final long waitMs;
  private final LongSupplier monotonicMs;
  private boolean wasLetIn;
  private long refusedSinceMs = -1;

  /**
   * Creates it.
   *
   * @param waitMs how long to wait, milliseconds, 0 or more
   */
  public AccessPatience(long waitMs) {
    this(waitMs, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  AccessPatience(long waitMs, LongSupplier monotonicMs) {
    this.waitMs = waitMs;
    this.monotonicMs = monotonicMs;
  }

  /** Notes that Redis answers. */
  public void letIn() {
    wasLetIn = true;
    refusedSinceMs = -1;
  }

  /**
   * Returns the refusal as something to be tried again.
   *
   * @throws ConnectException if it was waited for long enough, or the task was never let in
   */
  public RetriableException waitOut(AccessRefusedException refused) {
    if (!wasLetIn || waitMs == 0) {
      throw refused;
    }
    long now = monotonicMs.getAsLong();
    if (refusedSinceMs < 0) {
      refusedSinceMs = now;
    }
    if (now - refusedSinceMs >= waitMs) {
      throw new ConnectException(
          refused.getMessage()
              + "; given up after "
              + waitMs / 1000
              + " s ("
              + RetryConfig.ACCESS
              + ")",
          refused);
    }
    return new RetriableException(refused.getMessage(), refused);
  }
}
