package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.RunningPipelines;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.smoke.SmokeRun;
import io.quantumtrader.app.smoke.SmokeStep;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** An {@code up} of a command's own, for as long as the command needs it. */
final class OwnPipeline implements AutoCloseable {

  private static final Duration RUNS_WITHIN = Duration.ofMinutes(5);
  private static final long LOOK_MS = 200;

  private final UpRun run;
  private final CtrlC ctrlC;
  private final CompletableFuture<Void> ended;
  private final Screen screen;
  private Optional<SmokeRun> playing = Optional.empty();
  private boolean stopped;

  /** Reads the options as the command does. */
  @Command
  private static final class Options {
    @Mixin private UpOptions up = new UpOptions();
  }

  /**
   * Starts it for one trade, with these options of {@code up}; {@link #awaitRunning} waits until it
   * runs.
   */
  OwnPipeline(Screen screen, OneTrade trade, List<String> options) {
    this.screen = screen;
    Options parsed = new Options();
    var unused =
        new CommandLine(parsed)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs(options.toArray(String[]::new));
    parsed.up.oneTrade = Optional.of(trade);
    run = new UpRun(parsed.up, screen);
    ctrlC = CtrlC.of(this::interrupt, screen, SmokeRun.END_WITHIN.plus(CtrlC.CLEAN_UP), run::left);
    ended = CompletableFuture.runAsync(this::play);
  }

  private void play() {
    try {
      var unused = run.play();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /**
   * Waits until it runs, and returns it.
   *
   * @throws CommandFailure if it ends before, or does not run in time
   */
  RunningPipeline awaitRunning() throws InterruptedException {
    long until = System.nanoTime() + RUNS_WITHIN.toNanos();
    while (run.launcher().feed().isEmpty()) {
      if (System.nanoTime() > until) {
        throw new CommandFailure(
            "the pipeline does not run after " + RUNS_WITHIN.toMinutes() + " min");
      }
      try {
        ended.get(LOOK_MS, TimeUnit.MILLISECONDS);
        throw new CommandFailure("the pipeline was ended before it ran");
      } catch (TimeoutException stillStarting) {
        // The next look.
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        throw cause instanceof CommandFailure failure
            ? failure
            : new CommandFailure("the pipeline cannot start: " + cause.getMessage(), cause);
      }
    }
    long pid = ProcessHandle.current().pid();
    return RunningPipelines.ofThisUser().list().stream()
        .filter(pipeline -> pipeline.pid() == pid)
        .findFirst()
        .orElseThrow(() -> new CommandFailure("the pipeline has not been announced"));
  }

  /**
   * Plays with it. Ctrl-C ends that first, and the pipeline afterwards: what was opened needs it to
   * be closed.
   */
  List<SmokeStep> play(SmokeRun smoke) {
    synchronized (this) {
      playing = Optional.of(smoke);
      if (stopped) {
        smoke.interrupt();
      }
    }
    try {
      return smoke.play();
    } finally {
      synchronized (this) {
        playing = Optional.empty();
      }
    }
  }

  /** Returns the exit code of the signal that came; empty if none did. */
  OptionalInt signal() {
    return ctrlC.code();
  }

  /** Ends what runs, in order, as Ctrl-C does; returns at once. */
  private void interrupt() {
    Optional<SmokeRun> ends;
    synchronized (this) {
      stopped = true;
      ends = playing;
    }
    if (ends.isEmpty()) {
      run.interrupt();
    } else {
      screen.line(SmokeCommand.STOPPING);
      ends.get().interrupt();
    }
  }

  @Override
  public void close() {
    run.interrupt();
    var unused = ended.handle((done, failure) -> null).join();
    run.close();
    ctrlC.close();
  }
}
