package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection to the twin's streams that keeps what it hears, in order. */
final class StreamClient implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long WAIT_S = 10;

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final AtomicInteger pings = new AtomicInteger();
  private final WebSocket socket;

  StreamClient(URI url, String path) {
    socket = http.newWebSocketBuilder().buildAsync(URI.create(url + path), new Ear()).join();
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  void say(String text) {
    WebSocket unused = socket.sendText(text, true).join();
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

  /** Waits until the connection has ended. */
  int ended() {
    return ended.orTimeout(WAIT_S, TimeUnit.SECONDS).join();
  }

  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard.add(read(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
      pings.incrementAndGet();
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      ended.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended.complete(1006);
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
