package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.app.tap.RunStatistics;
import io.quantumtrader.app.tap.Summary;
import io.quantumtrader.app.tap.TopicDump;
import io.quantumtrader.market.Feed;
import io.quantumtrader.market.FeedReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of the whole pipeline: start in order, play, wait for the end, stop in reverse order. */
final class UpRun implements AutoCloseable {

  private static final Duration STATUS_EVERY = Duration.ofSeconds(1);
  private static final Duration SAY_EVERY = Duration.ofMinutes(1);

  private final UpOptions options;
  private final Screen screen;
  private final RunningParts parts = new RunningParts();
  private final RunStatistics statistics = new RunStatistics();
  private final CompletableFuture<Ending> ended = new CompletableFuture<>();
  private final PipelineLauncher launcher;
  private Thread starter;
  private boolean starting = true;
  private long saidNanos = System.nanoTime();

  /** Why a run ends. */
  private enum Ending {
    PLAYED,
    INTERRUPTED
  }

  UpRun(UpOptions options, Screen screen) {
    this.options = options;
    this.screen = screen;
    launcher = new PipelineLauncher(options, screen, parts, this::fail, ended::isDone);
  }

  /**
   * Ends the run as soon as possible; {@link #play} then returns what it came to. Says at once what
   * that is going to be.
   */
  void interrupt() {
    boolean during;
    synchronized (this) {
      during = starting;
      ended.complete(Ending.INTERRUPTED);
      if (during && starter != null) {
        starter.interrupt();
      }
    }
    screen.line(
        (during
                ? "Stopping in the start of " + launcher.starting()
                : "Stopping: feed, executor, stages and servers, in order")
            + ". Ctrl-C again ends it at once.");
  }

  /** Returns what puts the parts together. */
  PipelineLauncher launcher() {
    return launcher;
  }

  /** Returns what stays open on an exchange that goes on without this process, if anything. */
  Optional<String> left() {
    return launcher.left();
  }

  /** Returns what did not stop cleanly. */
  List<String> failures() {
    return parts.failures();
  }

  /**
   * Starts everything, plays and waits for the end.
   *
   * @return what the run came to; empty if it was ended before it ran
   * @throws CommandFailure when a part cannot start or fails on the way
   */
  Optional<Summary> play() throws InterruptedException, IOException {
    if (!start()) {
      return Optional.empty();
    }
    launcher.feed().ifPresent(this::follow);
    Ending ending = awaitEnd();
    if (ending == Ending.PLAYED) {
      screen.line("The replay is complete.");
    }
    return Optional.of(launcher.conclude(statistics, ending == Ending.PLAYED));
  }

  /** Returns whether everything runs; it does not where the start was interrupted. */
  private boolean start() throws InterruptedException, IOException {
    synchronized (this) {
      starter = Thread.currentThread();
    }
    try {
      TopicDump dump = options.output.dump == null ? null : new TopicDump(options.output.dump);
      if (dump != null) {
        parts.add("dump", dump);
      }
      launcher.start(statistics, dump);
    } catch (InterruptedException | RuntimeException e) {
      // Whatever an interrupted start fails with, it was told to.
      if (!isInterrupted()) {
        throw e;
      }
    }
    synchronized (this) {
      starting = false;
      if (isInterrupted()) {
        // Closing must not see the interruption of the start.
        boolean unused = Thread.interrupted();
        return false;
      }
    }
    if (!ended.isDone()) {
      screen.line("Running. Ctrl-C ends it.");
    }
    return true;
  }

  private boolean isInterrupted() {
    return ended.isDone()
        && !ended.isCompletedExceptionally()
        && ended.getNow(null) == Ending.INTERRUPTED;
  }

  private void follow(Feed feed) {
    var unused = feed.finished().whenComplete(this::fedOut);
  }

  private void fedOut(FeedReport report, Throwable failure) {
    if (failure != null) {
      fail(failure);
    } else if (report.complete() && options.output.untilDrained) {
      ended.complete(Ending.PLAYED);
    } else if (report.complete()) {
      screen.line("The replay is complete; everything keeps running. Ctrl-C ends it.");
    }
  }

  private void fail(Throwable failure) {
    ended.completeExceptionally(failure);
  }

  private Ending awaitEnd() throws InterruptedException {
    while (true) {
      try {
        return ended.get(STATUS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        show();
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        throw new CommandFailure("the run failed: " + cause.getMessage(), cause);
      }
    }
  }

  /** On a terminal what is there is shown in place; elsewhere a line now and then says it. */
  private void show() {
    List<String> block = screen.isTerminal() ? launcher.console().block(screen.width()) : List.of();
    if (!block.isEmpty()) {
      screen.block(block);
    } else if (screen.isTerminal()) {
      screen.status(Status.line(statistics, screen.width()));
    } else if (System.nanoTime() - saidNanos > SAY_EVERY.toNanos()) {
      saidNanos = System.nanoTime();
      screen.line(Status.line(statistics, screen.width()));
    }
  }

  @Override
  public void close() {
    parts.close(part -> screen.status("stopping " + part + " ..."));
    screen.clear();
  }
}
