package io.quantumtrader.compose.process;

import io.quantumtrader.compose.StackException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties child processes, and if wanted a temporary directory, to the life of this process: they end
 * with it, however it ends.
 *
 * <p>A guard, a small shell in a session of its own, reads from a pipe whose other end only this
 * process holds. The kernel closes that end when this process is gone, also after {@code kill -9};
 * the guard then ends every process that has a pid file in the run directory and deletes the
 * temporary directory. Nothing has to poll and no pid of the parent is compared, so a pid that is
 * used again cannot fool it. Needs a POSIX shell at {@code /bin/sh}.
 */
public final class ProcessGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessGuard.class);
  private static final Duration EARLIER_RUN_ENDS_WITHIN = Duration.ofSeconds(15);
  private static final Duration PID_FILE_WRITTEN_WITHIN = Duration.ofSeconds(5);
  private static final String PIDS_PREFIX = "pids-";

  // The second pass is there for a child that was about to write its pid file in the first.
  private static final String GUARD =
      """
      trap '' INT HUP TERM
      while read -r line; do [ "$line" = released ] && exit 0; done
      pass=0
      while [ "$pass" -lt 10 ]; do
        alive=
        for file in "$1"/*.pid; do
          [ -s "$file" ] || continue
          read -r pid <"$file"
          kill "$pid" 2>/dev/null && alive=yes
        done
        [ -n "$alive" ] || [ "$pass" -eq 0 ] || break
        sleep 1
        pass=$((pass + 1))
      done
      for file in "$1"/*.pid; do
        [ -s "$file" ] || continue
        read -r pid <"$file"
        kill -9 "$pid" 2>/dev/null
      done
      rm -rf -- "$1"
      [ -z "$2" ] || rm -rf -- "$2"
      """;

  private final Path runDirectory;
  private final Path pids;
  private final Process guard;

  private ProcessGuard(Path runDirectory, Path pids, Process guard) {
    this.runDirectory = runDirectory;
    this.pids = pids;
    this.guard = guard;
  }

  /**
   * Starts a guard over the processes started through the returned guard.
   *
   * @param runDirectory where pid files and logs are kept; created if absent; used by one guard at
   *     a time
   * @param temporary a directory to delete with everything in it when this process ends without
   *     {@link #close}
   * @throws StackException if there is no shell, or a process of an earlier run does not end
   */
  public static ProcessGuard hold(Path runDirectory, Optional<Path> temporary) {
    try {
      Files.createDirectories(runDirectory);
      awaitEarlierRuns(runDirectory);
      // A directory of its own, so that the guard of an earlier run never finds our children.
      Path pids = Files.createTempDirectory(runDirectory, PIDS_PREFIX);
      List<String> command = ownSession();
      command.addAll(List.of("/bin/sh", "-c", GUARD, "quantum-guard", pids.toString()));
      command.add(temporary.map(Path::toString).orElse(""));
      Process guard =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new ProcessGuard(runDirectory, pids, guard);
    } catch (IOException e) {
      throw new StackException("cannot watch over child processes in " + runDirectory, e);
    }
  }

  /** Where the logs are. */
  Path runDirectory() {
    return runDirectory;
  }

  Path pidFile(String name) {
    return pids.resolve(name + ".pid");
  }

  /**
   * A command prefix that keeps the keyboard's Ctrl-C away from what follows: the signal goes to
   * the whole foreground group, and children must outlive the parts that still use them. Empty
   * where there is no {@code setsid} (macOS).
   */
  static List<String> ownSession() {
    List<String> prefix = new ArrayList<>();
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    for (String directory : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory, "setsid");
      if (Files.isExecutable(candidate)) {
        prefix.add(candidate.toString());
        break;
      }
    }
    return prefix;
  }

  /** Lets the guard go without harm to anyone. Close the children first. */
  @Override
  public void close() {
    try (OutputStream pipe = guard.getOutputStream()) {
      pipe.write("released\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The guard is gone already, and that is all this wanted.
    }
    ChildProcess.awaitEnd(guard, Duration.ofSeconds(5));
    try {
      Files.deleteIfExists(pids);
    } catch (IOException e) {
      LOG.warn("{} still names processes", pids, e);
    }
  }

  /**
   * After a kill the guard of the earlier run may still be stopping its children. They hold the
   * files that the next ones are to open.
   */
  private static void awaitEarlierRuns(Path runDirectory) throws IOException {
    Deadline deadline = Deadline.after(EARLIER_RUN_ENDS_WITHIN);
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(runDirectory, PIDS_PREFIX + "*")) {
      for (Path run : runs) {
        try (DirectoryStream<Path> pidFiles = Files.newDirectoryStream(run)) {
          for (Path pidFile : pidFiles) {
            awaitEnd(processOf(pidFile), deadline, runDirectory);
            Files.deleteIfExists(pidFile);
          }
          Files.deleteIfExists(run);
        } catch (NoSuchFileException e) {
          LOG.debug("the guard of an earlier run has just done its work in {}", run);
        }
      }
    }
  }

  private static void awaitEnd(
      Optional<ProcessHandle> earlier, Deadline deadline, Path runDirectory) {
    while (earlier.isPresent() && earlier.get().isAlive()) {
      if (deadline.hasPassed()) {
        throw new StackException(
            "process %d of an earlier run still uses %s; end it and start again"
                .formatted(earlier.get().pid(), runDirectory.getParent()));
      }
      Deadline.pause();
    }
  }

  /** The process that wrote the file; none if it ended and its number went to another one. */
  private static Optional<ProcessHandle> processOf(Path pidFile) throws IOException {
    String text = Files.readString(pidFile).strip();
    if (!text.matches("\\d{1,18}")) {
      return Optional.empty();
    }
    Instant written = Files.getLastModifiedTime(pidFile).toInstant();
    return ProcessHandle.of(Long.parseLong(text))
        .filter(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(s -> Duration.between(s, written).abs())
                    .map(apart -> apart.compareTo(PID_FILE_WRITTEN_WITHIN) <= 0)
                    .orElse(false));
  }

  /** The guard's own process. */
  ProcessHandle guard() {
    return guard.toHandle();
  }
}
