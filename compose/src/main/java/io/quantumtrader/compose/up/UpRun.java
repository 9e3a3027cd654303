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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of the whole pipeline: start in order, play, wait for the end, stop in reverse order. */
final class UpRun implements AutoCloseable {

  private static final Duration STATUS_EVERY = Duration.ofMillis(500);

  private final UpOptions options;
  private final Screen screen;
  private final RunningParts parts = new RunningParts();
  private final RunStatistics statistics = new RunStatistics();
  private final CompletableFuture<Ending> ended = new CompletableFuture<>();

  /** Why a run ends. */
  private enum Ending {
    PLAYED,
    INTERRUPTED
  }

  UpRun(UpOptions options, Screen screen) {
    this.options = options;
    this.screen = screen;
  }

  /** Ends the run as soon as possible; {@link #play} then returns what it came to. */
  void interrupt() {
    ended.complete(Ending.INTERRUPTED);
  }

  /** Returns what did not stop cleanly. */
  List<String> failures() {
    return parts.failures();
  }

  /**
   * Starts everything, plays and waits for the end.
   *
   * @throws CommandFailure when a part cannot start or fails on the way
   */
  Summary play() throws InterruptedException, IOException {
    TopicDump dump = options.output.dump == null ? null : new TopicDump(options.output.dump);
    if (dump != null) {
      parts.add("dump", dump);
    }
    PipelineLauncher launcher = new PipelineLauncher(options, screen, parts, this::fail);
    launcher.start(statistics, dump, () -> ended.isDone());
    if (!ended.isDone()) {
      screen.line("Running. Ctrl-C ends it.");
      launcher.feed().ifPresent(this::follow);
    }
    Ending ending = awaitEnd();
    screen.line(ending == Ending.PLAYED ? "The replay is complete." : "Stopping.");
    return launcher.conclude(statistics, ending == Ending.PLAYED);
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
        screen.status(Status.line(statistics));
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        throw new CommandFailure("the run failed: " + cause.getMessage(), cause);
      }
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
