package io.quantumtrader.compose;

import io.quantumtrader.compose.process.ChildProcess;
import io.quantumtrader.compose.process.ProcessGuard;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server as a child process, on the loopback interface, on a free port. */
public final class EmbeddedRedis implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final String NAME = "redis";
  private static final int ATTEMPTS = 3;
  private static final int ANSWER_MS = 2_000;
  private static final int ANSWER_BYTES = 16_384;
  private static final Duration READY_WITHIN = Duration.ofSeconds(20);

  private final ChildProcess process;
  private final int port;

  private EmbeddedRedis(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Whether the keys outlive the server. */
  public enum Keeping {
    /** Everything is in memory only. */
    NOTHING,
    /** Every write goes to an append-only file, synchronised each second. */
    ALL_WRITES
  }

  /**
   * Starts a server; it takes commands when this returns.
   *
   * @param directory where the server's program and its file of writes are
   * @throws StackException if it cannot start, with its last lines of output; nothing is left
   *     running
   */
  public static EmbeddedRedis start(Path directory, Keeping keeping, ProcessGuard guard) {
    return start(directory, keeping, 0, guard);
  }

  /**
   * Starts a server on a port; it takes commands when this returns.
   *
   * @param port where it listens; 0 for any that is free
   * @throws StackException if it cannot start, with its last lines of output; nothing is left
   *     running
   */
  public static EmbeddedRedis start(Path directory, Keeping keeping, int port, ProcessGuard guard) {
    Path program = program(directory);
    if (port != 0) {
      return startAt(port, program, directory, keeping, guard);
    }
    StackException last = null;
    // Redis cannot be told to choose a port, so another process may take the one found for it.
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return startAt(freePort(), program, directory, keeping, guard);
      } catch (StackException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LOG.debug("Redis did not start at attempt {}", attempt, e);
        last = e;
      }
    }
    throw last;
  }

  private static EmbeddedRedis startAt(
      int port, Path program, Path directory, Keeping keeping, ProcessGuard guard) {
    ChildProcess process =
        ChildProcess.start(
            guard, NAME, command(port, program, directory, keeping), variable -> false);
    try {
      process.awaitReady(() -> isServedBy(process.pid(), port), READY_WITHIN);
      return new EmbeddedRedis(process, port);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static List<String> command(int port, Path program, Path directory, Keeping keeping) {
    return List.of(
        program.toString(),
        "--bind",
        Loopback.HOST,
        "--port",
        Integer.toString(port),
        "--dir",
        directory.toAbsolutePath().toString(),
        "--daemonize",
        "no",
        "--save",
        "",
        "--appendonly",
        keeping == Keeping.ALL_WRITES ? "yes" : "no");
  }

  /** Takes the program for this machine out of the library. */
  private static Path program(Path directory) {
    Path folder = directory.resolve("bin").toAbsolutePath();
    try {
      Files.createDirectories(folder);
      try (var earlier = Files.newDirectoryStream(folder)) {
        for (Path file : earlier) {
          Files.delete(file);
        }
      }
      return ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
    } catch (IOException | RuntimeException e) {
      throw new StackException(
          "there is no Redis for %s on %s: %s"
              .formatted(
                  System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage()),
          e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(Loopback.at(0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StackException("there is no free port on " + Loopback.HOST, e);
    }
  }

  /** Whether our server answers there, loaded, and not one that was quicker to take the port. */
  private static boolean isServedBy(long pid, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(Loopback.at(port), ANSWER_MS);
      socket.setSoTimeout(ANSWER_MS);
      socket.getOutputStream().write("INFO\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readNBytes(ANSWER_BYTES), StandardCharsets.US_ASCII);
      return answer.contains("process_id:" + pid + "\r\n") && answer.contains("\r\nloading:0\r\n");
    } catch (IOException e) {
      return false;
    }
  }

  /** The server's address, {@code redis://host:port}. */
  public String uri() {
    return "redis://" + Loopback.HOST + ":" + port;
  }

  /** The server's process number. */
  public long pid() {
    return process.pid();
  }

  /** Stops the server, bounded in time. Safe to call again. */
  @Override
  public void close() {
    process.close();
  }
}
