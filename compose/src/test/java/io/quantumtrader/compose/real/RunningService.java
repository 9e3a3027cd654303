package io.quantumtrader.compose.real;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A service of {@code quantum} in this process. */
final class RunningService implements AutoCloseable {

  private final String line;
  private final Path health;
  private final RunningCommand running;

  private RunningService(List<String> command, Path health) {
    this.line = String.join(" ", command);
    this.health = health;
    running = RunningCommand.start(command);
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
    if (!running.isAlive()) {
      throw new IllegalStateException(line + " has ended: " + running.said());
    }
    return Files.exists(health);
  }

  /** Ends it and waits. */
  @Override
  public void close() {
    running.close();
  }
}
