package io.quantumtrader.execution.twin.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quantumtrader.execution.twin.core.Numbers;
import io.quantumtrader.execution.twin.core.Refused;
import io.quantumtrader.execution.twin.core.TwinEvent;
import io.quantumtrader.execution.twin.engine.ListenKeys;
import io.quantumtrader.execution.twin.engine.StreamFaults;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;

/** Tells connections what happens, with the faults that are wanted. Thread-safe. */
public final class TwinStreams implements AutoCloseable {
  private static final String CANDLES = "@kline_";
  private static final int LIFE_OVER = 1001;

  /**
   * How long after its last event a connection is cut. The JDK's client does not always see an end
   * that comes together with data; nothing is sent meanwhile.
   */
  private static final long CUT_MS = 50;

  private final TwinEngine engine;
  private final ListenKeys listenKeys;
  private final StreamLimits limits;
  private final Map<WebSocket, Subscriber> subscribers = new ConcurrentHashMap<>();
  private final Map<String, TwinEvent.User> held = new HashMap<>();
  private volatile ApiDoor requests = (connection, text) -> {};
  private final ScheduledExecutorService delayed =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "twin-streams"));

  /** Creates it, with nobody connected. */
  public TwinStreams(TwinEngine engine, ListenKeys listenKeys, StreamLimits limits) {
    this.engine = engine;
    this.listenKeys = listenKeys;
    this.limits = limits;
  }

  /** Sets what answers requests over WebSocket; until then they are not answered. */
  public void requests(ApiDoor door) {
    requests = door;
  }

  /** Takes an event; those of one account and of one stream are told in the order they come. */
  public void tell(TwinEvent event) {
    long latencyMs = engine.faults().streamLatencyMs();
    if (latencyMs == 0) {
      tellNow(event);
    } else {
      Future<?> unused = delayed.schedule(() -> tellNow(event), latencyMs, TimeUnit.MILLISECONDS);
    }
  }

  /** Does what is due: pings, lives that are over, keys that are over, events held back. */
  public void tick() {
    long nowMs = engine.nowMs();
    for (ListenKeys.Over over : listenKeys.takeOver(nowMs)) {
      expired(over, nowMs);
    }
    releaseHeld();
    boolean silent = engine.faults().streams().isMarketSilent();
    for (Subscriber subscriber : subscribers.values()) {
      if (nowMs - subscriber.openedMs() >= limits.lifeMs()) {
        subscriber.end(LIFE_OVER, "life of the connection is over");
      } else if (!silent && subscriber.takePing(limits.pingEveryMs(), nowMs)) {
        subscriber.ping();
      }
    }
  }

  /** Cuts the connections of user streams, without a word. */
  public void cutUsers() {
    cut(true);
  }

  /** Cuts the connections that are not of user streams, without a word. */
  public void cutMarket() {
    cut(false);
  }

  /** Returns how many connections there are. */
  public int connections() {
    return subscribers.size();
  }

  @Override
  public void close() {
    delayed.shutdownNow();
  }

  void asked(WebSocket socket, String resource) {
    Subscriber subscriber =
        new Subscriber(socket, StreamPath.parse(resource), addressOf(socket), engine.nowMs());
    // Kept at the connection too: it may be cut, and so forgotten here, before it is open.
    socket.setAttachment(subscriber);
    subscribers.put(socket, subscriber);
    wantCandles(subscriber);
  }

  private static String addressOf(WebSocket socket) {
    InetSocketAddress remote = socket.getRemoteSocketAddress();
    return remote == null ? "" : remote.getAddress().getHostAddress();
  }

  void opened(WebSocket socket) {
    Subscriber subscriber = socket.getAttachment();
    if (subscriber == null) {
      return;
    }
    subscriber.opened();
    if (subscriber.count() > limits.streams()) {
      subscriber.end(StreamRequests.POLICY, "too many streams");
    }
  }

  void closed(WebSocket socket) {
    subscribers.remove(socket);
  }

  void received(WebSocket socket, String text) {
    Subscriber subscriber = subscribers.get(socket);
    if (subscriber != null && subscriber.category() == StreamPath.Category.API) {
      requests.take(subscriber.api(), text);
    } else if (subscriber != null) {
      StreamRequests.answer(subscriber, text, limits, engine.nowMs());
      wantCandles(subscriber);
    }
  }

  /** Lets the exchange tell candles of the lengths that a connection asks for. */
  private void wantCandles(Subscriber subscriber) {
    for (String stream : subscriber.streams()) {
      int at = stream.indexOf(CANDLES);
      if (at > 0 && !stream.endsWith("_1m")) {
        String interval = stream.substring(at + CANDLES.length());
        try {
          engine.change((core, now) -> core.tellCandles(interval));
        } catch (Refused unknown) {
          // As on the exchange, a stream that there is none of says nothing.
        }
      }
    }
  }

  private void tellNow(TwinEvent event) {
    switch (event) {
      case TwinEvent.Market market -> tellMarket(market);
      case TwinEvent.User user -> tellUser(user);
    }
  }

  private void tellMarket(TwinEvent.Market event) {
    if (engine.faults().streams().isMarketSilent()) {
      return;
    }
    send(event.stream(), event.body());
    if (event.body().isArray()) {
      for (JsonNode each : event.body()) {
        String name = Numbers.lower(each.path("s").asText()) + "@markPrice";
        send(name, each);
        send(name + "@1s", each);
      }
    }
  }

  private void send(String stream, JsonNode body) {
    for (Subscriber subscriber : subscribers.values()) {
      if (subscriber.category().tells(stream) && subscriber.has(stream)) {
        subscriber.send(stream, body);
      }
    }
  }

  private synchronized void tellUser(TwinEvent.User event) {
    StreamFaults.Fate fate = engine.faults().streams().fate(event.type());
    TwinEvent.User earlier = held.remove(event.account());
    switch (fate) {
      case SEND -> deliver(event);
      case TWICE -> {
        deliver(event);
        deliver(event);
      }
      case LATER -> held.put(event.account(), event);
      case LOST -> {}
      case CUT -> cutUsers();
    }
    if (earlier != null) {
      deliver(earlier);
    }
  }

  private synchronized void releaseHeld() {
    Collection<TwinEvent.User> waiting = new ArrayList<>(held.values());
    held.clear();
    waiting.forEach(this::deliver);
  }

  private void deliver(TwinEvent.User event) {
    for (Subscriber subscriber : subscribers.values()) {
      keyOf(subscriber, event.account()).ifPresent(key -> subscriber.send(key, event.body()));
    }
  }

  /** Returns the listen key by which a connection is an account's. */
  private Optional<String> keyOf(Subscriber subscriber, String account) {
    if (!subscriber.category().tellsUsers()) {
      return Optional.empty();
    }
    long nowMs = engine.nowMs();
    return subscriber.streams().stream()
        .filter(key -> listenKeys.account(key, nowMs).filter(account::equals).isPresent())
        .findFirst();
  }

  private void expired(ListenKeys.Over over, long nowMs) {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("e", "listenKeyExpired")
            .put("E", nowMs)
            .put("listenKey", over.key());
    for (Subscriber subscriber : subscribers.values()) {
      if (subscriber.category().tellsUsers() && subscriber.has(over.key())) {
        subscriber.send(over.key(), body);
      }
    }
  }

  private void cut(boolean users) {
    for (Subscriber subscriber : List.copyOf(subscribers.values())) {
      if (isUsers(subscriber) == users) {
        subscribers.remove(subscriber.socket());
        Future<?> unused = delayed.schedule(subscriber::cut, CUT_MS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private boolean isUsers(Subscriber subscriber) {
    boolean named = subscriber.streams().stream().noneMatch(stream -> stream.contains("@"));
    return subscriber.category() == StreamPath.Category.PRIVATE
        || (subscriber.category().tellsUsers() && named);
  }
}
