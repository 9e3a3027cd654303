package io.quantumtrader.binance.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;

/**
 * Combined streams on a free port of the loopback interface. It says what a test has it say, to
 * whoever asked for that stream, and it can cut, refuse and fall silent as servers do.
 */
public final class LocalStreams implements AutoCloseable {

  private static final int STOPS_WITHIN_MS = 2_000;

  private final Server server = new Server();
  private final Map<WebSocket, Set<String>> subscribed = new ConcurrentHashMap<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private volatile boolean refusing;

  private LocalStreams() {}

  /** Starts it. */
  public static LocalStreams start() throws InterruptedException {
    LocalStreams streams = new LocalStreams();
    streams.server.setReuseAddr(true);
    streams.server.setTcpNoDelay(true);
    // Its own pings would keep a silent connection alive.
    streams.server.setConnectionLostTimeout(0);
    streams.server.start();
    if (!streams.server.started.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the server for tests does not start");
    }
    return streams;
  }

  /** Returns where it is. */
  public URI url() {
    return URI.create("ws://127.0.0.1:" + server.getPort());
  }

  /** Returns path and query of each connection that was opened so far. */
  public List<String> paths() {
    return List.copyOf(paths);
  }

  /** Returns what each connection that stands has asked for. */
  public List<Set<String>> subscriptions() {
    return List.copyOf(subscribed.values());
  }

  /** Sends an event of a stream to whoever asked for it; returns to how many. */
  public int publish(String stream, String data) {
    int sent = 0;
    for (Map.Entry<WebSocket, Set<String>> each : subscribed.entrySet()) {
      String text = "{\"stream\":\"%s\",\"data\":%s}".formatted(stream, data);
      if (each.getValue().contains(stream) && say(each.getKey(), text)) {
        sent++;
      }
    }
    return sent;
  }

  /** Sends a text to every connection. */
  public void say(String text) {
    open()
        .forEach(
            each -> {
              boolean unused = say(each, text);
            });
  }

  /** Returns whether it was sent: a connection may end at any moment. */
  private static boolean say(WebSocket connection, String text) {
    try {
      connection.send(text);
      return true;
    } catch (WebsocketNotConnectedException e) {
      return false;
    }
  }

  /** Sends a text to every connection, cut into frames of one message. */
  public void sayInParts(String... parts) {
    for (WebSocket each : open()) {
      for (int i = 0; i < parts.length; i++) {
        each.sendFragmentedFrame(
            Opcode.TEXT, ByteBuffer.wrap(parts[i].getBytes(UTF_8)), i == parts.length - 1);
      }
    }
  }

  /** Sends the beginning of a message whose rest never comes. */
  public void sayHalf(String text) {
    for (WebSocket each : open()) {
      each.sendFragmentedFrame(Opcode.TEXT, ByteBuffer.wrap(text.getBytes(UTF_8)), false);
    }
  }

  /** Sends a ping to every connection. */
  public void ping() {
    open().forEach(WebSocket::sendPing);
  }

  /** Ends every connection without a word. */
  public void cut() {
    open().forEach(each -> each.closeConnection(1006, "cut"));
  }

  /** Ends every connection as a server does that is about to stop. */
  public void endPolitely(int code, String reason) {
    open().forEach(each -> each.close(code, reason));
  }

  /** Refuses new connections from now on, or takes them again. */
  public void refuse(boolean refuse) {
    refusing = refuse;
  }

  private List<WebSocket> open() {
    return subscribed.keySet().stream().filter(WebSocket::isOpen).toList();
  }

  @Override
  public void close() {
    try {
      server.stop(STOPS_WITHIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Set<String> streams(String path) {
    Set<String> streams = new TreeSet<>();
    int query = path.indexOf("streams=");
    if (query >= 0) {
      for (String name : path.substring(query + "streams=".length()).split("/", -1)) {
        streams.add(URLDecoder.decode(name, UTF_8));
      }
    }
    return streams;
  }

  private final class Server extends WebSocketServer {

    private final CountDownLatch started = new CountDownLatch(1);

    Server() {
      super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
        WebSocket connection, Draft draft, ClientHandshake request) throws InvalidDataException {
      if (refusing) {
        throw new InvalidDataException(1008, "refused");
      }
      return super.onWebsocketHandshakeReceivedAsServer(connection, draft, request);
    }

    @Override
    public void onOpen(WebSocket connection, ClientHandshake handshake) {
      String path = handshake.getResourceDescriptor();
      subscribed.put(connection, streams(path));
      paths.add(path);
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {
      subscribed.remove(connection);
    }

    @Override
    public void onMessage(WebSocket connection, String message) {}

    @Override
    public void onError(WebSocket connection, Exception failure) {}

    @Override
    public void onStart() {
      started.countDown();
    }
  }
}
