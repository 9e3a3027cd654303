package io.quantumtrader.market;

import io.quantumtrader.schemas.time.Stop;
import java.time.Duration;
import java.time.InstantSource;

/** The time outside; what paces a feed. */
public interface WallTime {

  /** Returns the wall time, epoch milliseconds UTC. */
  long nowMs();

  /**
   * Pauses until a wall time; returns at once where it is past.
   *
   * @return true where a stop was requested meanwhile or before
   */
  boolean pauseUntil(long wallMs, Stop stop) throws InterruptedException;

  /** Returns the machine's own time. */
  static WallTime system() {
    InstantSource source = InstantSource.system();
    return new WallTime() {
      @Override
      public long nowMs() {
        return source.millis();
      }

      @Override
      public boolean pauseUntil(long wallMs, Stop stop) throws InterruptedException {
        return stop.pause(Duration.ofMillis(wallMs - nowMs()));
      }
    };
  }
}
