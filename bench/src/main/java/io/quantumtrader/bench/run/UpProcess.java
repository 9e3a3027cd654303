package io.quantumtrader.bench.run;

import io.quantumtrader.app.Quantum;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@code quantum up} in a process of its own, with the class path and the options of this one. It
 * has its own directory for temporary files too, so that it is not taken for the one that the user
 * runs.
 */
public final class UpProcess implements AutoCloseable {

  private static final String RUNNING = "Running.";
  private static final Duration RUNS_WITHIN = Duration.ofMinutes(4);
  private static final long ENDS_WITHIN_S = 60;
  private static final long KIB = 1024;

  /** Loaded classes, which the launcher has each start but the first begin with. */
  private static final Path CLASSES =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "quantum-bench-" + ProcessHandle.current().pid() + ".jsa");

  private final Path directory;
  private final Process process;
  private final long begunNanos;
  private final CountDownLatch running = new CountDownLatch(1);
  private final Thread onExit;
  private volatile long runningNanos;
  private volatile String lastLine = "";

  private UpProcess(Path directory) throws IOException {
    this.directory = directory;
    begunNanos = System.nanoTime();
    process =
        new ProcessBuilder(command(directory))
            .redirectErrorStream(true)
            .directory(directory.toFile())
            .start();
    onExit = new Thread(process::destroy, "end-up");
    Runtime.getRuntime().addShutdownHook(onExit);
    CLASSES.toFile().deleteOnExit();
    Thread.ofPlatform().daemon().name(CpuMeter.OWN + "-up").start(this::listen);
  }

  /** Starts it. */
  public static UpProcess start() {
    try {
      return new UpProcess(Files.createTempDirectory("quantum-bench-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path directory) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(each -> !each.startsWith("-agentlib") && !each.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + CLASSES, "-Xlog:cds*=off"));
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")));
    command.addAll(List.of("-cp", absoluteClassPath(), Quantum.class.getName()));
    command.addAll(List.of("up", "--data", directory.resolve("data").toString()));
    return command;
  }

  private static String absoluteClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        lastLine = line;
        if (line.startsWith(RUNNING)) {
          runningNanos = System.nanoTime();
          running.countDown();
        }
      }
    } catch (IOException ended) {
      lastLine = ended.toString();
    }
  }

  /** Waits until it runs, and returns how long that took since its start. */
  public Duration awaitRunning() {
    Waiting.until(
        "quantum up to run",
        RUNS_WITHIN,
        () -> {
          if (!process.isAlive() && running.getCount() > 0) {
            throw new IllegalStateException("quantum up ended: " + lastLine);
          }
          return running.getCount() == 0;
        });
    return Duration.ofNanos(runningNanos - begunNanos);
  }

  /** Returns the memory that the process and its children hold, bytes. */
  public long memory() {
    List<Long> pids = new ArrayList<>();
    pids.add(process.pid());
    process.descendants().map(ProcessHandle::pid).forEach(pids::add);
    String list = pids.stream().map(Object::toString).collect(Collectors.joining(","));
    return output("ps", "-o", "rss=", "-p", list).stream()
            .mapToLong(line -> Long.parseLong(line.strip()))
            .sum()
        * KIB;
  }

  /**
   * Returns what its data directory takes up on the disk, bytes. A broker's index files are large
   * and mostly holes, so their lengths say nothing.
   */
  public long disk() {
    String line = output("du", "-sk", directory.resolve("data").toString()).getFirst();
    return Long.parseLong(line.substring(0, line.indexOf('\t'))) * KIB;
  }

  private static List<String> output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        List<String> read = lines.lines().toList();
        if (read.isEmpty()) {
          throw new IllegalStateException(command[0] + " says nothing");
        }
        return read;
      }
    } catch (IOException e) {
      throw new IllegalStateException(command[0] + " cannot be asked: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(ENDS_WITHIN_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Runtime.getRuntime().removeShutdownHook(onExit);
      delete();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException ending) {
      // The process ends already, and its hook ends the other.
    }
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
