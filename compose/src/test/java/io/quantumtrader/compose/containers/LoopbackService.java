package io.quantumtrader.compose.containers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service of the compose file as a plain process. */
final class LoopbackService {

  private static final long HEALTH_WITHIN_S = 5;
  private static final long ENDS_WITHIN_S = 60;

  private final ComposeService service;
  private final Process process;
  private final Path log;
  private final Map<String, String> environment;
  private final List<String> health;

  private LoopbackService(
      ComposeService service,
      Process process,
      Path log,
      Map<String, String> environment,
      List<String> health) {
    this.service = service;
    this.process = process;
    this.log = log;
    this.environment = environment;
    this.health = health;
  }

  /**
   * Starts one.
   *
   * @param environment all that it gets
   * @param health its health check, ready to be run here
   */
  static LoopbackService start(
      ComposeService service,
      List<String> command,
      Map<String, String> environment,
      List<String> health,
      Path log)
      throws IOException {
    Process process =
        builder(command, environment)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    // Whoever ends the tests ends their processes.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new LoopbackService(service, process, log, environment, health);
  }

  private static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  String name() {
    return service.name();
  }

  boolean isJob() {
    return service.isJob();
  }

  boolean hasCompleted() {
    return !process.isAlive() && process.exitValue() == 0;
  }

  /** Whether it ended though it should run on, or did not come to a good end. */
  boolean hasFailed() {
    return !process.isAlive() && !(isJob() && process.exitValue() == 0);
  }

  /** Whether the health check of the compose file passes. */
  boolean isHealthy() throws IOException, InterruptedException {
    Process check =
        builder(health, environment)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!check.waitFor(HEALTH_WITHIN_S, TimeUnit.SECONDS)) {
      check.destroyForcibly();
      return false;
    }
    return check.exitValue() == 0;
  }

  /** Sends SIGTERM, as Docker does, and returns the exit code; kills it after a minute. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(ENDS_WITHIN_S, TimeUnit.SECONDS)) {
      kill();
    }
    return process.exitValue();
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  List<String> output() throws IOException {
    return Files.readAllLines(log);
  }

  @Override
  public String toString() {
    return name() + (process.isAlive() ? " runs" : " ended with " + process.exitValue());
  }
}
