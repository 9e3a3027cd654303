package io.quantumtrader.app.alerting;

import io.quantumtrader.console.book.DayBook;
import io.quantumtrader.console.summary.DailySummary;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the summary of a day once the pipeline's clock has passed its midnight, on a thread of its
 * own. Whether it was sent by an earlier process it need not know: see {@link
 * SummaryAlert#ofEndedDay}.
 */
public final class SummarySender implements AutoCloseable {

  /** What was done just before midnight is on the topics by then. */
  static final long SETTLES_MS = 60_000;

  static final Duration TRIED_FOR = Duration.ofHours(1);
  static final Duration TRIED_EVERY = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(SummarySender.class);
  private static final long DAY_MS = 86_400_000;
  private static final long LOOK_EVERY_MS = 1_000;

  private final Sending sending;
  private final String address;
  private final LongSupplier clockMs;
  private final LongSupplier wallMs;
  private final Function<LocalDate, Optional<DailySummary>> summaryOf;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private LocalDate last = LocalDate.MIN;
  private Optional<Waiting> waiting = Optional.empty();

  /** Takes a list of alerts. */
  @FunctionalInterface
  interface Sending {
    void send(String alerts) throws IOException, InterruptedException;
  }

  /** A summary that was not taken yet. */
  private record Waiting(LocalDate day, String alert, long giveUpMs, long nextMs) {}

  /** Creates it; {@link #look} is its work. */
  SummarySender(
      Sending sending,
      String address,
      LongSupplier clockMs,
      LongSupplier wallMs,
      Function<LocalDate, Optional<DailySummary>> summaryOf) {
    this.sending = sending;
    this.address = address;
    this.clockMs = clockMs;
    this.wallMs = wallMs;
    this.summaryOf = summaryOf;
    this.thread = Thread.ofPlatform().daemon().name("quantum-summary").unstarted(this::run);
  }

  /**
   * Creates it and begins.
   *
   * @param clockMs the pipeline's clock, epoch milliseconds UTC; 0 while it is not known
   * @param summaryOf the summary of a day; empty where nothing is known of it
   */
  public static SummarySender start(
      AlertmanagerClient client,
      LongSupplier clockMs,
      Function<LocalDate, Optional<DailySummary>> summaryOf) {
    // Wall time says how long Alertmanager was away, and whether the clock is a replay's.
    SummarySender started =
        new SummarySender(
            client::send, client.address(), clockMs, System::currentTimeMillis, summaryOf);
    started.thread.start();
    return started;
  }

  /**
   * Returns the day whose summary is to be sent: the last that has ended. None is due where the
   * clock is a day or more behind wall time: a replay tells nobody what was long ago.
   *
   * @param clockMs the pipeline's clock, epoch milliseconds UTC; 0: not known
   * @param wallMs wall time, epoch milliseconds
   * @param last the last day that was seen to
   */
  static Optional<LocalDate> due(long clockMs, long wallMs, LocalDate last) {
    if (clockMs <= 0) {
      return Optional.empty();
    }
    LocalDate ended = DayBook.day(clockMs - SETTLES_MS).minusDays(1);
    long midnightMs = DayBook.beginMs(ended.plusDays(1));
    return ended.isAfter(last) && wallMs < midnightMs + DAY_MS
        ? Optional.of(ended)
        : Optional.empty();
  }

  private void run() {
    try {
      do {
        look();
      } while (!stopping.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends what is due, or tries again what was not taken. */
  void look() throws InterruptedException {
    try {
      long nowMs = wallMs.getAsLong();
      Optional<LocalDate> day = due(clockMs.getAsLong(), nowMs, last);
      if (day.isPresent()) {
        last = day.get();
        waiting =
            summaryOf
                .apply(last)
                .map(
                    summary ->
                        new Waiting(
                            last,
                            SummaryAlert.ofEndedDay(summary),
                            nowMs + TRIED_FOR.toMillis(),
                            nowMs));
      }
      if (waiting.isPresent() && waiting.get().nextMs() <= nowMs) {
        send(waiting.get(), nowMs);
      }
    } catch (RuntimeException broken) {
      // Whatever it is, nothing else must suffer from it, and tomorrow is another day.
      LOG.error("the daily summary could not be made", broken);
      waiting = Optional.empty();
    }
  }

  private void send(Waiting summary, long nowMs) throws InterruptedException {
    try {
      sending.send(summary.alert());
      waiting = Optional.empty();
      LOG.info("the summary of {} was sent to {}", summary.day(), address);
    } catch (IOException away) {
      long nextMs = nowMs + TRIED_EVERY.toMillis();
      if (nextMs > summary.giveUpMs()) {
        waiting = Optional.empty();
        LOG.warn(
            "the summary of {} was not sent, as Alertmanager at {} did not take it: {};"
                + " ./quantum summary --day {} --send sends it",
            summary.day(),
            address,
            reason(away),
            summary.day());
        return;
      }
      if (summary.giveUpMs() == nowMs + TRIED_FOR.toMillis()) {
        LOG.warn(
            "Alertmanager at {} did not take the summary of {}: {}; it is tried again for {} min",
            address,
            summary.day(),
            reason(away),
            TRIED_FOR.toMinutes());
      }
      waiting =
          Optional.of(new Waiting(summary.day(), summary.alert(), summary.giveUpMs(), nextMs));
    }
  }

  /** What refuses a connection says nothing by itself. */
  private static String reason(IOException away) {
    return away.getMessage() == null ? "it does not answer" : away.getMessage();
  }

  /** Stops; a summary that was not taken is sent by the next process. */
  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
  }
}
