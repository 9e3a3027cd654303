package io.quantumtrader.market.lockstep;

import io.quantumtrader.schemas.time.Stop;

/** What a replay waits at after each thing it puts in, until all that follows has been done. */
@FunctionalInterface
public interface StepBarrier {

  /**
   * Waits until everything that follows from what was put in has been done.
   *
   * @param wait what is waited for, for the error: {@code "after the clock of step 7"}
   * @param stop ends the wait early
   * @return false where it was ended early
   */
  boolean await(String wait, Stop stop) throws InterruptedException;
}
