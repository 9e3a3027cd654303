package io.quantumtrader.schemas.time;

import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Optional;

/**
 * Which steps of the clock are believed. No clock is later than the wall clock plus the tolerance
 * (that of a replay is earlier anyway), and none comes from a feed that another has taken over
 * from. Pure: the wall time is given.
 */
public final class ClockCheck {

  /** How far ahead of the wall clock a step may lie, milliseconds: what machines differ by. */
  public static final long TOLERANCE_MS = 5_000;

  private ClockCheck() {}

  /**
   * Returns why a step is refused, or empty where it is believed.
   *
   * @param stepMs the time of the step, epoch ms
   * @param epoch the epoch of the feed that wrote it; 0 where it names none
   * @param wallMs the wall time now, epoch ms
   * @param greatestEpoch the greatest epoch believed so far; 0 where there was none
   */
  public static Optional<ReasonCode> refuse(
      long stepMs, long epoch, long wallMs, long greatestEpoch) {
    if (stepMs < 0) {
      return Optional.of(ReasonCode.TIME_INVALID);
    }
    if (!isPlausible(stepMs, wallMs)) {
      return Optional.of(ReasonCode.CLOCK_IN_FUTURE);
    }
    if (epoch < greatestEpoch || !isPlausible(epoch, wallMs)) {
      return Optional.of(ReasonCode.CLOCK_NOT_OF_THE_FEED);
    }
    return Optional.empty();
  }

  /**
   * Returns whether a time can have been told by a clock that goes right: from 1970 to the
   * tolerance ahead of the wall clock. An epoch is such a time, since a feed takes its start.
   */
  public static boolean isPlausible(long timeMs, long wallMs) {
    return timeMs >= 0 && timeMs - TOLERANCE_MS <= wallMs;
  }
}
