package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.java_websocket.WebSocket;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ServerHandshake;

/**
 * A connection to the twin's streams that keeps what it hears, in order. Not the JDK's client: that
 * one at times does not see the end of a connection that comes right after data.
 */
final class StreamClient implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long WAIT_S = 10;

  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final AtomicInteger pings = new AtomicInteger();
  private final Ear socket;

  StreamClient(URI url, String path) {
    socket = new Ear(URI.create(url + path));
    try {
      // It may be over at once, where the server does not want it.
      boolean unused = socket.connectBlocking(WAIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    socket.closeConnection(1000, "");
  }

  void say(String text) {
    socket.send(text);
  }

  /** Returns the next message; fails where none comes. */
  JsonNode next() {
    try {
      JsonNode message = heard.poll(WAIT_S, TimeUnit.SECONDS);
      assertThat(message).as("a message within %d s", WAIT_S).isNotNull();
      return message;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** Returns the next message of a type, passing over others. */
  JsonNode next(String type) {
    JsonNode message = next();
    while (!message.path("e").asText().equals(type)) {
      message = next();
    }
    return message;
  }

  /** Returns how many messages were heard and not asked for yet. */
  int waiting() {
    return heard.size();
  }

  int pings() {
    return pings.get();
  }

  /** Waits until the connection has ended; returns the code it ended with. */
  int ended() {
    return ended.orTimeout(WAIT_S, TimeUnit.SECONDS).join();
  }

  private final class Ear extends WebSocketClient {

    Ear(URI url) {
      super(url);
      setConnectionLostTimeout(0);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {}

    @Override
    public void onMessage(String message) {
      heard.add(read(message));
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      ended.complete(code);
    }

    @Override
    public void onError(Exception error) {
      ended.complete(1006);
    }

    @Override
    public void onWebsocketPing(WebSocket from, Framedata frame) {
      pings.incrementAndGet();
      super.onWebsocketPing(from, frame);
    }
  }

  private static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException(text, malformed);
    }
  }
}
