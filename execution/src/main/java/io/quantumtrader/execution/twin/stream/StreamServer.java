package io.quantumtrader.execution.twin.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** The WebSocket interface on a port of its own, with threads of its own. */
public final class StreamServer implements AutoCloseable {
  private static final int STOP_MS = 1_000;
  private static final long START_S = 20;

  private final Socket server;

  private StreamServer(Socket server) {
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param address where it listens; port 0 takes a free one
   * @throws IOException if it cannot listen there
   */
  public static StreamServer start(InetSocketAddress address, TwinStreams streams)
      throws IOException {
    Socket server = new Socket(address, streams);
    server.setReuseAddr(true);
    server.setTcpNoDelay(true);
    // Lost connections show by the pings that the streams send themselves.
    server.setConnectionLostTimeout(0);
    server.start();
    StreamServer started = new StreamServer(server);
    try {
      server.ready.get(START_S, TimeUnit.SECONDS);
      return started;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      started.close();
      throw new IOException("interrupted while the stream server started", stopped);
    } catch (ExecutionException | TimeoutException failed) {
      started.close();
      throw new IOException("the stream server cannot listen at " + address, failed);
    }
  }

  /** Returns the port it listens on. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    try {
      server.stop(STOP_MS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Socket extends WebSocketServer {
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final TwinStreams streams;

    Socket(InetSocketAddress address, TwinStreams streams) {
      super(address, 2);
      this.streams = streams;
    }

    @Override
    public void onStart() {
      ready.complete(true);
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
      streams.opened(socket, handshake.getResourceDescriptor());
    }

    @Override
    public void onMessage(WebSocket socket, String message) {
      streams.received(socket, message);
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
      streams.closed(socket);
    }

    @Override
    public void onError(WebSocket socket, Exception error) {
      if (socket == null) {
        ready.completeExceptionally(error);
      } else {
        streams.closed(socket);
      }
    }
  }
}
