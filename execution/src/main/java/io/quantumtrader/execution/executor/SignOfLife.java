package io.quantumtrader.execution.executor;

import java.util.Collection;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the exchange that the executor works, or is stopped in order, and only once the broker has
 * said that the accounts are still this executor's: one that was replaced must not speak for the
 * one that came after it.
 */
final class SignOfLife {

  private static final Logger LOG = LoggerFactory.getLogger(SignOfLife.class);

  /** How often the broker is asked at the end whose the accounts are. */
  private static final int TRIES = 3;

  private final PartitionCommits commits;
  private final LongSupplier wallMs;

  /**
   * Creates it.
   *
   * @param wallMs the executor's own time, epoch milliseconds UTC
   */
  SignOfLife(PartitionCommits commits, LongSupplier wallMs) {
    this.commits = commits;
    this.wallMs = wallMs;
  }

  /**
   * Tells what is due.
   *
   * @param owns whether the broker has just taken a commit of this executor
   */
  void tell(Collection<PartitionExecutor> desks, boolean owns) {
    long ownMs = wallMs.getAsLong();
    boolean due = desks.stream().anyMatch(desk -> desk.isTellingDue(ownMs));
    if (due && (owns || commits.provesToOwn())) {
      desks.forEach(desk -> desk.alive(ownMs));
    }
  }

  /**
   * Takes back what the exchange would do once it hears no more of this executor. Where the broker
   * does not say, in a few tries, that the accounts are its own, that is left as it is.
   *
   * @param cutShort whether the last step was not done whole
   */
  void takeBack(Collection<PartitionExecutor> desks, boolean cutShort) {
    if (desks.stream().noneMatch(PartitionExecutor::isArmed)) {
      return;
    }
    boolean owns = false;
    try {
      for (int i = 0; i < TRIES && !owns; i++) {
        owns = cutShort ? commits.provesToOwnAsBefore() : commits.provesToOwn();
      }
    } finally {
      if (!owns) {
        LOG.error("the accounts may be another executor's: the dead-man switch is left as it is");
      }
    }
    if (owns) {
      desks.forEach(PartitionExecutor::takeBackDeadMan);
    }
  }
}
