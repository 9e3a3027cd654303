package io.quantumtrader.app.policy;

import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.view.ScheduleView;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.topology.decision.schedule.ScheduleConditions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies scheduled changes of the policy: at each step of the pipeline's clock it looks which are
 * due, and ends them one after the other, each in a transaction. Any number of these may run: who
 * is not the first finds that a change does not wait any more.
 */
public final class PolicyScheduler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyScheduler.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(20);

  private final ScheduleChanges changes;
  private final Book book;
  private final BooleanSupplier ready;
  private final ScheduledExecutorService thread;

  /** Those that do not wait any more, although the book may not know it yet. */
  private final Set<String> over = new HashSet<>();

  /** Those that were looked at in the step that was seen last, and wait on. */
  private final Set<String> looked = new HashSet<>();

  private long lookedAtMs;
  private long restUntilNs = System.nanoTime();

  /**
   * What is seen at a step of the clock.
   *
   * @param nowMs the step, epoch milliseconds UTC
   * @param waiting ids of the changes that wait, due or not
   * @param due changes that are due and were not looked at in this step, in their order
   * @param states what the accounts have open and have lost
   */
  private record Look(
      long nowMs, Set<String> waiting, List<PolicySchedule> due, AccountStates states) {}

  private PolicyScheduler(ScheduleChanges changes, Book book, BooleanSupplier ready) {
    this.changes = changes;
    this.book = book;
    this.ready = ready;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("quantum-policy-scheduler").daemon().factory());
  }

  /**
   * Starts one.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   * @param book the clock, the accounts, and what is scheduled
   * @param ready whether the topics have been read to their ends once: before that, what the book
   *     says of the accounts is of the past
   */
  public static PolicyScheduler start(
      Map<String, Object> client, RecordSerdes serdes, Book book, BooleanSupplier ready) {
    PolicyTopic topic = new PolicyTopic(client, serdes, LOG::debug);
    PolicyScheduler scheduler = new PolicyScheduler(new ScheduleChanges(topic), book, ready);
    var unused =
        scheduler.thread.scheduleWithFixedDelay(
            scheduler::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return scheduler;
  }

  /** A failure must not end the looking: what is due stays due. */
  private void look() {
    if (System.nanoTime() - restUntilNs < 0) {
      return;
    }
    try {
      if (ready.getAsBoolean()) {
        endWhatIsDue(book.read(this::see));
      }
    } catch (PolicyRefusedException e) {
      LOG.debug("somebody else changes the policy; looking again", e);
      rest(AFTER_REFUSAL);
    } catch (RuntimeException e) {
      LOG.warn("a scheduled change of the policy could not be applied; trying again", e);
      rest(AFTER_FAILURE);
    }
  }

  private void endWhatIsDue(Look look) {
    for (PolicySchedule each : look.due()) {
      if (changes.settle(each.getScheduleId(), look.states(), look.nowMs())) {
        over.add(each.getScheduleId());
      }
    }
    if (look.nowMs() > lookedAtMs) {
      lookedAtMs = look.nowMs();
      looked.clear();
    }
    looked.addAll(look.waiting());
  }

  private void rest(Duration length) {
    restUntilNs = System.nanoTime() + length.toNanos();
  }

  /**
   * What waits is looked at once in a step. A change may come to the book after the step by which
   * it is due: topics are read side by side.
   */
  private Look see(Pages pages) {
    long nowMs = pages.clock().nowMs();
    List<PolicySchedule> waiting =
        ScheduleView.schedules(pages).stream()
            .filter(ScheduleConditions::waits)
            .filter(each -> !over.contains(each.getScheduleId()))
            .filter(each -> isToBeLookedAt(each, nowMs))
            .toList();
    List<PolicySchedule> due =
        waiting.stream()
            .filter(each -> ScheduleView.unmet(pages, each).isEmpty())
            .sorted(
                Comparator.comparingLong(ScheduleConditions::notBeforeMs)
                    .thenComparingLong(PolicySchedule::getCreatedAtMs)
                    .thenComparing(PolicySchedule::getScheduleId))
            .toList();
    return new Look(
        nowMs,
        waiting.stream().map(PolicySchedule::getScheduleId).collect(Collectors.toSet()),
        due,
        due.isEmpty() ? AccountStates.of(List.of(), List.of()) : ScheduleOrders.states(pages));
  }

  private boolean isToBeLookedAt(PolicySchedule schedule, long nowMs) {
    return nowMs > 0 && (nowMs > lookedAtMs || !looked.contains(schedule.getScheduleId()));
  }

  /** Ends it; what it has begun is finished, or undone. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSES_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
