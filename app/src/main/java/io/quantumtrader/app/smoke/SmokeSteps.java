package io.quantumtrader.app.smoke;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The steps of a smoke test: each waits for something to be so, and is told when it is, or is not
 * in time. Once it was interrupted nothing is waited for any more but the end, and that for half a
 * minute in all.
 */
final class SmokeSteps {

  private static final Duration SLICE = Duration.ofMillis(100);

  /** How long the end may take in all once it was interrupted. */
  static final Duration END_WITHIN = Duration.ofSeconds(30);

  private final SmokeLine line;
  private final SmokeFacts facts;
  private final Duration patience;
  private final Consumer<SmokeStep> told;
  private final List<SmokeStep> steps = new ArrayList<>();
  private volatile boolean interrupted;
  private boolean ending;
  private long endNanos;
  private long lastNanos;

  /**
   * Names who is asked.
   *
   * @param facts take what was seen
   * @param patience how long a step may take
   * @param told hears of each step as it is done
   */
  SmokeSteps(SmokeLine line, SmokeFacts facts, Duration patience, Consumer<SmokeStep> told) {
    this.line = line;
    this.facts = facts;
    this.patience = patience;
    this.told = told;
  }

  /** Begins to count the time. */
  void begin() {
    lastNanos = line.nanos();
  }

  /** Lets what is waited for be given up. May be called by any thread. */
  void interrupt() {
    interrupted = true;
  }

  boolean isInterrupted() {
    return interrupted;
  }

  /** From now on what is waited for is the end. */
  void end() {
    ending = true;
  }

  /** Returns the steps that were done. */
  List<SmokeStep> done() {
    return List.copyOf(steps);
  }

  /** Waits for something to be so. */
  boolean step(String name, BooleanSupplier condition, Supplier<String> said) {
    boolean ok = await(condition);
    return note(name, ok, said.get());
  }

  boolean await(BooleanSupplier condition) {
    return await(condition, patience);
  }

  boolean await(BooleanSupplier condition, Duration atMost) {
    long deadline = line.nanos() + atMost.toNanos();
    while (!condition.getAsBoolean() && line.nanos() < deadline && !isGivenUp()) {
      boolean unused =
          line.await(
              record -> {
                facts.take(record);
                return condition.getAsBoolean();
              },
              SLICE);
    }
    return condition.getAsBoolean();
  }

  /**
   * Returns whether a wait ends early: after an interrupt, unless it is for the end and in time.
   */
  boolean isGivenUp() {
    if (!interrupted) {
      return false;
    }
    if (endNanos == 0) {
      endNanos = line.nanos() + END_WITHIN.toNanos();
    }
    return !ending || line.nanos() >= endNanos;
  }

  /** Notes a step that is over, and returns whether it was as it should be. */
  boolean note(String name, boolean ok, String said) {
    long now = line.nanos();
    SmokeStep step = new SmokeStep(name, ok, Duration.ofNanos(now - lastNanos), said);
    lastNanos = now;
    steps.add(step);
    told.accept(step);
    return ok;
  }
}
