package io.quantumtrader.market.lockstep;

import io.quantumtrader.schemas.time.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until the pipeline is drained, looking often at first and less often the longer it takes.
 * Not safe for use by several threads.
 */
public final class Lockstep implements StepBarrier {

  private static final Logger LOG = LoggerFactory.getLogger(Lockstep.class);
  private static final Duration BROKER_PAUSE = Duration.ofMillis(500);

  private final Drain drain;
  private final LockstepSettings settings;
  private long waits;
  private long looks;
  private long waitedNanos;
  private long lookedNanos;
  private long usualNanos;

  public Lockstep(Drain drain, LockstepSettings settings) {
    this.drain = drain;
    this.settings = settings;
  }

  /**
   * What waiting has cost.
   *
   * @param waits how many waits there were
   * @param looks how many looks they took
   * @param waited time spent in waits
   * @param looked part of it spent in looking
   */
  public record Cost(long waits, long looks, Duration waited, Duration looked) {}

  /** Returns what waiting has cost so far. */
  public Cost cost() {
    return new Cost(waits, looks, Duration.ofNanos(waitedNanos), Duration.ofNanos(lookedNanos));
  }

  /**
   * Waits until everything that follows from what was put in has been done.
   *
   * @param wait what is waited for, for the error: {@code "after the clock of step 7"}
   * @param stop ends the wait early
   * @return false where it was ended early
   * @throws LockstepException where nothing changes for too long, or it takes too long at all
   */
  @Override
  public boolean await(String wait, Stop stop) throws InterruptedException {
    long begin = System.nanoTime();
    waits++;
    try {
      // The first half of a usual wait is not worth looking: it would only keep the machine busy.
      stop.pause(Duration.ofNanos(Math.min(usualNanos / 2, settings.longestPause().toNanos())));
      return await(wait, stop, begin);
    } finally {
      long took = System.nanoTime() - begin;
      waitedNanos += took;
      usualNanos += (took - usualNanos) / 8;
    }
  }

  private boolean await(String wait, Stop stop, long begin) throws InterruptedException {
    List<Outstanding> before = List.of();
    long changed = begin;
    long away = 0;
    boolean searched = false;
    while (!stop.isRequested()) {
      long asked = System.nanoTime();
      Optional<List<Outstanding>> seen = look();
      long now = System.nanoTime();
      if (seen.isEmpty()) {
        // A broker that does not answer is waited for: that time counts for nothing.
        stop.pause(BROKER_PAUSE);
        away += System.nanoTime() - asked;
        changed = System.nanoTime();
        continue;
      }
      List<Outstanding> outstanding = seen.get();
      if (outstanding.isEmpty()) {
        return true;
      }
      if (!outstanding.equals(before)) {
        before = outstanding;
        changed = now;
        searched = false;
      }
      giveUpWhereTooLong(wait, outstanding, now - changed, now - begin - away);
      if (!searched && now - changed >= settings.settle().toNanos()) {
        searched = passOverMarks(outstanding);
      } else {
        stop.pause(pause(now - begin));
      }
    }
    return false;
  }

  private boolean passOverMarks(List<Outstanding> outstanding) throws InterruptedException {
    try {
      drain.passOverMarks(outstanding);
      return true;
    } catch (RetriableException away) {
      return false;
    }
  }

  /** Looks; empty where the broker does not answer. */
  private Optional<List<Outstanding>> look() throws InterruptedException {
    long begin = System.nanoTime();
    try {
      return Optional.of(drain.look());
    } catch (RetriableException away) {
      LOG.warn("cannot read the pipeline's progress from the broker: {}", away.getMessage());
      return Optional.empty();
    } finally {
      looks++;
      lookedNanos += System.nanoTime() - begin;
    }
  }

  private void giveUpWhereTooLong(
      String wait, List<Outstanding> outstanding, long unchangedNanos, long waitedNanosSoFar) {
    if (unchangedNanos >= settings.stall().toNanos()) {
      throw new LockstepException(
          wait, "nothing has changed for " + settings.stall().toSeconds() + " s", outstanding);
    }
    if (waitedNanosSoFar >= settings.limit().toNanos()) {
      throw new LockstepException(
          wait, "not done after " + settings.limit().toSeconds() + " s", outstanding);
    }
  }

  // An eighth of what was waited already: prompt where steps are quick, sparing where they are not.
  private Duration pause(long waitedNanosSoFar) {
    long nanos =
        Math.clamp(
            waitedNanosSoFar / 8,
            settings.shortestPause().toNanos(),
            settings.longestPause().toNanos());
    return Duration.ofNanos(nanos);
  }
}
