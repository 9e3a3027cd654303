package io.quantumtrader.topology.time;

import io.quantumtrader.schemas.time.ClockCheck;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The greatest clock record that a process has read, in any of its threads. It guards the time of
 * records against nonsense and nothing else: stages decide by their own account's clock.
 */
public final class ProcessClock {

  /** Name of the setting under which the process passes its clock to Streams. */
  public static final String SETTING = "quantum.process.clock";

  /** How far ahead of the clock the time of a record may lie, milliseconds. */
  public static final long TOLERANCE_MS = 5_000;

  private static final long UNKNOWN = -1;

  private final AtomicLong greatest = new AtomicLong(UNKNOWN);
  private final AtomicLong greatestEpoch = new AtomicLong();

  /** Returns the clock in a Streams configuration, or a new one where there is none. */
  public static ProcessClock in(Map<String, ?> configuration) {
    return configuration.get(SETTING) instanceof ProcessClock clock ? clock : new ProcessClock();
  }

  /** Notes a step of the clock, epoch ms; one that is not ahead changes nothing. */
  public void pass(long nowMs) {
    greatest.accumulateAndGet(nowMs, Math::max);
  }

  /**
   * Notes a step of the clock if it can be believed.
   *
   * @param nowMs its time, epoch ms
   * @param epoch the epoch of the feed that wrote it
   * @param wallMs the wall time now, epoch ms
   */
  public void pass(long nowMs, long epoch, long wallMs) {
    if (ClockCheck.refuse(nowMs, epoch, wallMs, greatestEpoch.get()).isEmpty()) {
      greatestEpoch.accumulateAndGet(epoch, Math::max);
      pass(nowMs);
    }
  }

  /** Returns the greatest step so far, epoch ms; empty before the first. */
  public OptionalLong nowMs() {
    long now = greatest.get();
    return now == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(now);
  }

  /** Returns whether a time, epoch ms, lies from 1970 to the tolerance ahead of the clock. */
  public boolean isPlausible(long timeMs) {
    long now = greatest.get();
    return timeMs >= 0 && (now == UNKNOWN || timeMs <= now + TOLERANCE_MS);
  }
}
