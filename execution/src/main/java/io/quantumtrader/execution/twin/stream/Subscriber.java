package io.quantumtrader.execution.twin.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.exceptions.WebsocketNotConnectedException;

/** One connection, and what it has subscribed to. Thread-safe. */
final class Subscriber {
  private static final int ABNORMAL = 1006;
  private static final long SECOND_MS = 1_000;
  private static final int MOST_EARLY = 1_000;

  private final WebSocket socket;
  private final StreamPath path;
  private final long openedMs;
  private final Set<String> streams;
  private final ApiConnection api;
  private final List<Consumer<WebSocket>> early = new ArrayList<>();
  private long pingedMs;
  private long second;
  private int messages;
  private boolean open;

  Subscriber(WebSocket socket, StreamPath path, String address, long nowMs) {
    this.socket = socket;
    this.path = path;
    openedMs = nowMs;
    pingedMs = nowMs;
    streams = new TreeSet<>(path.streams());
    api = new ApiConnection(this, address);
  }

  WebSocket socket() {
    return socket;
  }

  ApiConnection api() {
    return api;
  }

  StreamPath.Category category() {
    return path.category();
  }

  long openedMs() {
    return openedMs;
  }

  synchronized List<String> streams() {
    return List.copyOf(streams);
  }

  synchronized boolean has(String stream) {
    return streams.contains(stream);
  }

  synchronized void subscribe(List<String> names) {
    streams.addAll(names);
  }

  synchronized void unsubscribe(List<String> names) {
    names.forEach(streams::remove);
  }

  synchronized int count() {
    return streams.size();
  }

  /** Counts a message of the client; returns how many it sent in this second. */
  synchronized int message(long nowMs) {
    long now = Math.floorDiv(nowMs, SECOND_MS);
    messages = now == second ? messages + 1 : 1;
    second = now;
    return messages;
  }

  /** Returns whether a ping is due, and takes it as sent. */
  synchronized boolean takePing(long everyMs, long nowMs) {
    if (nowMs - pingedMs < everyMs) {
      return false;
    }
    pingedMs = nowMs;
    return true;
  }

  /** Sends an event of a stream, wrapped where streams are combined. */
  void send(String stream, JsonNode body) {
    if (path.combined()) {
      JsonNode wrapped =
          JsonNodeFactory.instance.objectNode().put("stream", stream).set("data", body);
      text(wrapped.toString());
    } else {
      text(body.toString());
    }
  }

  void text(String text) {
    act(each -> each.send(text));
  }

  void ping() {
    act(WebSocket::sendPing);
  }

  /** Ends the connection with a code, as servers do. */
  void end(int code, String reason) {
    act(each -> each.close(code, reason));
  }

  /** Ends the connection without a word. */
  void cut() {
    act(Subscriber::cut);
  }

  /** Does what was to be done while the handshake was under way. */
  synchronized void opened() {
    open = true;
    early.forEach(this::act);
    early.clear();
  }

  /**
   * Does something to the connection. What comes before the handshake is through waits for it, so
   * that whoever has connected misses nothing from then on.
   */
  private synchronized void act(Consumer<WebSocket> action) {
    if (!open) {
      if (early.size() < MOST_EARLY) {
        early.add(action);
      }
      return;
    }
    try {
      action.accept(socket);
    } catch (WebsocketNotConnectedException gone) {
      // It closed meanwhile, and nobody is there to be told.
    }
  }

  private static void cut(WebSocket socket) {
    // The library closes the channel only when its selector next wakes; the end is to be seen now.
    if (socket instanceof WebSocketImpl connection
        && connection.getChannel() instanceof SocketChannel channel) {
      try {
        channel.shutdownOutput();
      } catch (IOException gone) {
        // It has ended already.
      }
    }
    socket.closeConnection(ABNORMAL, "");
  }
}
