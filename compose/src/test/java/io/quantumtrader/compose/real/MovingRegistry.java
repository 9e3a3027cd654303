package io.quantumtrader.compose.real;

import io.quantumtrader.compose.EmbeddedRegistry;
import io.quantumtrader.compose.process.ProcessGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A registry process of the test's own that can be stopped and started again over the same data. It
 * gets another port each time, so a fixed one passes bytes on to wherever it is; while it is
 * stopped, connections are taken and dropped, as by a proxy without its server.
 */
final class MovingRegistry implements AutoCloseable {

  private static final String API = "/apis/ccompat/v7";
  private static final int CONNECT_MS = 5_000;

  private final Path directory;
  private final ProcessGuard guard;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile EmbeddedRegistry registry;

  /** Starts the registry. */
  MovingRegistry(Path directory) throws IOException {
    this.directory = directory;
    this.guard =
        ProcessGuard.hold(
            Files.createDirectories(directory.resolve("run")), java.util.Optional.empty());
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start();
    Future<?> unused = threads.submit(this::takeConnections);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + API;
  }

  /** Ends the process. */
  void stop() {
    EmbeddedRegistry running = registry;
    registry = null;
    running.close();
  }

  /** Starts a new process over the same data. */
  void start() {
    registry = EmbeddedRegistry.start(EmbeddedRegistry.home(), directory.resolve("data"), guard);
  }

  private void takeConnections() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Future<?> unused = threads.submit(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    EmbeddedRegistry running = registry;
    try (client) {
      if (running == null) {
        return;
      }
      try (Socket server = new Socket()) {
        server.connect(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(running.url()).getPort()),
            CONNECT_MS);
        Future<?> unused = threads.submit(() -> pass(server, client));
        pass(client, server);
      }
    } catch (IOException dropped) {
      // The other side sees the end of its connection, which is what a dead registry looks like.
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // Both are closed; the client opens another connection.
    }
  }

  @Override
  public void close() {
    if (registry != null) {
      stop();
    }
    try {
      listener.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    threads.shutdownNow();
    guard.close();
  }
}
