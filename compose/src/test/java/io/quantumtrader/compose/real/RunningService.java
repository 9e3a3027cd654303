package io.quantumtrader.compose.real;

import io.quantumtrader.app.Quantum;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A service of {@code quantum} in this process. */
final class RunningService implements AutoCloseable {

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);

  private final String line;
  private final Path health;
  private final StringWriter said = new StringWriter();
  private final Thread thread;

  private RunningService(List<String> command, Path health) {
    this.line = String.join(" ", command);
    this.health = health;
    thread =
        Thread.ofPlatform()
            .name(command.get(1))
            .start(
                () ->
                    Quantum.commandLine()
                        .setErr(new PrintWriter(said, true))
                        .execute(command.toArray(String[]::new)));
  }

  /**
   * Starts one.
   *
   * @param command its words, with a file that it writes while it does its work
   * @param health that file
   */
  static RunningService start(List<String> command, Path health) {
    return new RunningService(command, health);
  }

  /**
   * Returns whether it does its work.
   *
   * @throws IllegalStateException if it has ended
   */
  boolean works() {
    if (!thread.isAlive()) {
      throw new IllegalStateException(line + " has ended: " + said);
    }
    return Files.exists(health);
  }

  /** Ends it and waits. */
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
