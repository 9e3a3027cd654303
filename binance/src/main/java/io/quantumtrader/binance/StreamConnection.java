package io.quantumtrader.binance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One connection, from the attempt to its end. What happens to it becomes events, in order. Nothing
 * is read before {@link #more} allows the next frame, so a slow owner slows the sender down and no
 * message piles up here.
 */
final class StreamConnection implements WebSocket.Listener {

  /** Beyond this a text is not what the exchange sends, and would only fill the memory; chars. */
  static final int LONGEST_MESSAGE = 8 << 20;

  private static final int LONGEST_REASON = 120;

  /** What happened to a connection. */
  sealed interface Event {

    /** Which one. */
    StreamConnection from();

    /** It stands. */
    record Opened(StreamConnection from) implements Event {}

    /** A whole message came; the next frame has to be allowed. */
    record Text(StreamConnection from, String text) implements Event {}

    /** A frame came that is no message, or a part of one. */
    record Alive(StreamConnection from) implements Event {}

    /** It failed to stand, or is no more; this is the last event of a connection. */
    record Gone(StreamConnection from, String why) implements Event {}
  }

  private final Consumer<Event> events;
  private final AtomicReference<WebSocket> socket = new AtomicReference<>();
  private final StringBuilder parts = new StringBuilder();
  private volatile boolean given;

  /** Of the thread that pings alone. */
  private CompletableFuture<WebSocket> pinged = CompletableFuture.completedFuture(null);

  private StreamConnection(Consumer<Event> events) {
    this.events = events;
  }

  /** Attempts to connect, without waiting for it. */
  static StreamConnection begin(
      HttpClient http, URI address, Duration within, Consumer<Event> events) {
    StreamConnection connection = new StreamConnection(events);
    CompletableFuture<WebSocket> unused =
        http.newWebSocketBuilder()
            .connectTimeout(within)
            .buildAsync(address, connection)
            .whenComplete(
                (opened, failure) -> {
                  if (failure != null) {
                    events.accept(new Event.Gone(connection, reason(failure)));
                  } else if (connection.given) {
                    opened.abort();
                  }
                });
    return connection;
  }

  /** Allows one more frame. */
  void more() {
    WebSocket opened = socket.get();
    if (opened != null) {
      opened.request(1);
    }
  }

  /**
   * Writes something, so that a connection whose other end is gone breaks: the JDK's client (25, as
   * tried) does not always notice that the other end has closed right after a message.
   */
  void ping() {
    WebSocket opened = socket.get();
    if (opened == null || opened.isOutputClosed() || !pinged.isDone()) {
      return;
    }
    pinged =
        opened
            .sendPing(ByteBuffer.allocate(0))
            .whenComplete(
                (unused, failure) -> {
                  if (failure != null) {
                    events.accept(new Event.Gone(this, "broke: " + reason(failure)));
                  }
                });
  }

  /** Tells the other end that no more is wanted; what it sent before still comes, then the end. */
  void finish() {
    WebSocket opened = socket.get();
    if (opened != null && !opened.isOutputClosed()) {
      CompletableFuture<WebSocket> unused = opened.sendClose(WebSocket.NORMAL_CLOSURE, "");
    }
  }

  /** Ends it at once, whether it stands yet or not. */
  void giveUp() {
    given = true;
    WebSocket opened = socket.get();
    if (opened != null) {
      opened.abort();
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    // Nothing is requested yet: the first message comes when the owner is ready for it.
    socket.set(opened);
    if (given) {
      opened.abort();
    }
    events.accept(new Event.Opened(this));
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    if (parts.length() + data.length() > LONGEST_MESSAGE) {
      parts.setLength(0);
      from.abort();
      events.accept(
          new Event.Gone(this, "sent a message longer than " + LONGEST_MESSAGE + " characters"));
      return null;
    }
    parts.append(data);
    if (last) {
      String text = parts.toString();
      parts.setLength(0);
      events.accept(new Event.Text(this, text));
    } else {
      alive(from);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    alive(from);
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    alive(from);
    return null;
  }

  /** The answer to {@link #ping} is no sign that the exchange has anything to say. */
  @Override
  public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    from.request(1);
    return null;
  }

  private void alive(WebSocket from) {
    events.accept(new Event.Alive(this));
    from.request(1);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    String said = reason.isBlank() ? "" : ": " + oneLine(reason);
    events.accept(
        new Event.Gone(this, String.format(Locale.ROOT, "closed with code %d%s", code, said)));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    events.accept(new Event.Gone(this, "broke: " + reason(failure)));
  }

  /** Without the message of the exception: it may name the address, and that may hold a key. */
  private static String reason(Throwable failure) {
    Throwable found = failure;
    while (found instanceof CompletionException && found.getCause() != null) {
      found = found.getCause();
    }
    if (found instanceof WebSocketHandshakeException refused) {
      return "refused with status " + refused.getResponse().statusCode();
    }
    return found.getClass().getSimpleName();
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
  }
}
