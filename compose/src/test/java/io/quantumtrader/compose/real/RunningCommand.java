package io.quantumtrader.compose.real;

import io.quantumtrader.app.Quantum;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A command of {@code quantum} that runs until it is ended, in this process. */
final class RunningCommand implements AutoCloseable {

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);

  private final StringWriter said = new StringWriter();
  private final Thread thread;

  private RunningCommand(List<String> command) {
    thread =
        Thread.ofPlatform()
            .name("quantum-command")
            .start(
                () ->
                    Quantum.commandLine()
                        .setErr(new PrintWriter(said, true))
                        .execute(command.toArray(String[]::new)));
  }

  /**
   * Starts an up on the servers of a pipeline.
   *
   * @param options beside those that say where the servers are
   */
  static RunningCommand start(RealPipeline pipeline, String... options) {
    List<String> command = new ArrayList<>(List.of("up", "--redis", pipeline.stack().redisUri()));
    command.addAll(pipeline.whereItIs());
    command.addAll(List.of(options));
    return new RunningCommand(command);
  }

  /** Starts a command of these words. */
  static RunningCommand start(List<String> command) {
    return new RunningCommand(command);
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /** What it has told people so far. */
  String said() {
    return said.toString();
  }

  /** Ends it as Ctrl-C does, and waits. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      var unused = thread.join(ENDS_WITHIN);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
