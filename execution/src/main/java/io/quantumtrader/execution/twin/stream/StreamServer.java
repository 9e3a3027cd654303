package io.quantumtrader.execution.twin.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;

/** The WebSocket interface on a port of its own, with threads of its own. */
public final class StreamServer implements AutoCloseable {
  private static final int STOP_MS = 1_000;
  private static final long START_S = 20;
  private static final long FLUSH_MS = 5;

  private final Socket server;
  private final ScheduledExecutorService flush =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "twin-flush"));

  private StreamServer(Socket server) {
    this.server = server;
    Future<?> unused =
        flush.scheduleWithFixedDelay(server::flush, FLUSH_MS, FLUSH_MS, TimeUnit.MILLISECONDS);
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
    flush.shutdownNow();
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

    /**
     * Asks again for what is not written yet. The library's selector gives up its wish to write
     * after it has looked whether there is something, so that what is said between the two would
     * lie until something else is said.
     */
    void flush() {
      for (WebSocket socket : getConnections()) {
        if (socket.hasBufferedData()) {
          onWriteDemand(socket);
        }
      }
    }

    @Override
    public void onStart() {
      ready.complete(true);
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
        WebSocket socket, Draft draft, ClientHandshake handshake) throws InvalidDataException {
      ServerHandshakeBuilder answer =
          super.onWebsocketHandshakeReceivedAsServer(socket, draft, handshake);
      streams.asked(socket, handshake.getResourceDescriptor());
      return answer;
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
      streams.opened(socket);
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
