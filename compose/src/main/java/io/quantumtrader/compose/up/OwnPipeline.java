package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.RunningPipelines;
import io.quantumtrader.app.cli.Screen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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

  /** Reads the options as the command does. */
  @Command
  private static final class Options {
    @Mixin private UpOptions up = new UpOptions();
  }

  /** Starts it with these options of {@code up}; {@link #awaitRunning} waits until it runs. */
  OwnPipeline(Screen screen, List<String> options) {
    Options parsed = new Options();
    var unused =
        new CommandLine(parsed)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs(options.toArray(String[]::new));
    run = new UpRun(parsed.up, screen);
    ctrlC = CtrlC.of(run, screen);
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

  @Override
  public void close() {
    run.interrupt();
    var unused = ended.handle((done, failure) -> null).join();
    run.close();
    ctrlC.close();
  }
}
