package io.quantumtrader.compose.process;

import io.quantumtrader.compose.StackException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs beside this process and ends with it: see {@link ProcessGuard}. Its output
 * goes to {@code <name>.log} in the guard's run directory, which is overwritten at each start.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);
  private static final int LINES_SHOWN = 20;

  // The pid file is written by the child itself, before it can open anything, so that there is no
  // moment at which it runs and the guard does not know it. The traps matter where there is no
  // setsid: an ignored signal stays ignored by the program.
  private static final String WRAPPER =
      """
      trap '' INT HUP
      echo $$ >"$1" || exit 1
      shift
      exec "$@"
      """;

  private final String name;
  private final Process process;
  private final Path log;
  private final Path pidFile;

  private ChildProcess(String name, Process process, Path log, Path pidFile) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.pidFile = pidFile;
  }

  /**
   * Starts a program.
   *
   * @param name short name, used for the files and in messages
   * @param foreignSettings names of environment variables of this process to keep from the child
   * @throws StackException if the program cannot be started at all
   */
  public static ChildProcess start(
      ProcessGuard guard, String name, List<String> program, Predicate<String> foreignSettings) {
    Path pidFile = guard.pidFile(name);
    Path log = guard.runDirectory().resolve(name + ".log");
    List<String> command = new ArrayList<>(ProcessGuard.ownSession());
    command.addAll(List.of("/bin/sh", "-c", WRAPPER, "quantum-child", pidFile.toString()));
    command.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(guard.runDirectory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().keySet().removeIf(foreignSettings);
    try {
      ChildProcess child = new ChildProcess(name, builder.start(), log, pidFile);
      Future<?> unused = child.process.onExit().thenRun(child::forgetPid);
      return child;
    } catch (IOException e) {
      throw new StackException("%s cannot be started".formatted(name), e);
    }
  }

  /** The program's process number. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits for a line of output.
   *
   * @return the match
   * @throws StackException with the last lines of output, if the program ends first or the line
   *     does not come in time
   */
  public Matcher awaitOutput(Pattern line, Duration atMost) {
    Deadline deadline = Deadline.after(atMost);
    while (true) {
      boolean ended = !isAlive();
      Matcher matcher = line.matcher(output());
      if (matcher.find()) {
        return matcher;
      }
      checkAlive(ended);
      checkTime(deadline, atMost);
      Deadline.pause();
    }
  }

  /**
   * Waits until the program does what it is there for.
   *
   * @throws StackException with the last lines of output, if the program ends first or the time is
   *     up
   */
  public void awaitReady(Readiness check, Duration atMost) {
    Deadline deadline = Deadline.after(atMost);
    while (!check.isReady()) {
      checkAlive(!isAlive());
      checkTime(deadline, atMost);
      Deadline.pause();
    }
    checkAlive(!isAlive());
  }

  private void checkAlive(boolean ended) {
    if (ended) {
      throw new StackException(
          "%s ended at once with exit code %d%s".formatted(name, process.exitValue(), lastLines()));
    }
  }

  private void checkTime(Deadline deadline, Duration atMost) {
    if (deadline.hasPassed()) {
      throw new StackException(
          "%s was not ready within %d s%s".formatted(name, atMost.toSeconds(), lastLines()));
    }
  }

  /** Asks the program to end, waits, and ends it by force if it does not. Safe to call again. */
  @Override
  public void close() {
    process.destroy();
    if (!awaitEnd(process, ENDS_WITHIN)) {
      LOG.warn("{} did not end within {} s and is killed", name, ENDS_WITHIN.toSeconds());
      process.destroyForcibly();
      awaitEnd(process, KILLED_WITHIN);
    }
    forgetPid();
  }

  /** A number that belongs to nobody any more must not be found by the guard. */
  private void forgetPid() {
    try {
      // The next child of this name may have written its own number by now.
      if (Files.readString(pidFile).strip().equals(Long.toString(process.pid()))) {
        Files.deleteIfExists(pidFile);
      }
    } catch (NoSuchFileException e) {
      LOG.trace("{} has already been deleted", pidFile);
    } catch (IOException e) {
      LOG.debug("{} cannot be deleted", pidFile, e);
    }
  }

  private String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "";
    }
  }

  private String lastLines() {
    List<String> lines = output().lines().toList();
    if (lines.isEmpty()) {
      return "; it printed nothing";
    }
    List<String> last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
    return "; the end of %s:%n  %s"
        .formatted(log, String.join(System.lineSeparator() + "  ", last));
  }

  /** Waits for an end without giving up the caller's interruption. */
  static boolean awaitEnd(Process process, Duration atMost) {
    boolean interrupted = Thread.interrupted();
    Deadline deadline = Deadline.after(atMost);
    try {
      while (true) {
        try {
          return process.waitFor(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether a program is ready; asked again and again. */
  @FunctionalInterface
  public interface Readiness {
    /** Never throws for a program that is not ready yet. */
    boolean isReady();
  }
}
