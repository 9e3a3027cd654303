package io.quantumtrader.binance;

import io.quantumtrader.binance.StreamConnection.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket that is always there or on its way. Whole text messages reach the listener on one
 * thread, in order. A connection that breaks, or is silent and found dead, is followed by another,
 * for ever, with growing pauses. One that gets old, or whose address is out of date, is replaced
 * without a gap: the new one stands first, then the old one is read to its end, then the new one is
 * read. Pings of the exchange are answered, and each 10 s one is sent.
 *
 * <p>What was under way when a connection broke may be lost, the last whole message too; an owner
 * asks over REST for the time between two connections.
 *
 * <p>It never says where it connects to, as an address may hold a listen key.
 */
public final class StreamSocket implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamSocket.class);

  /** How often limits are looked at; nothing waits for this but limits of seconds. */
  private static final long TICK_MS = 50;

  /** A connection that lived so long makes the next pause short again, milliseconds. */
  private static final long SOUND_AFTER_MS = 10_000;

  /** How often something is written, milliseconds; a lost end of a connection shows by it. */
  private static final long PING_EACH_MS = 10_000;

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  private final StreamSettings settings;
  private final StreamAddress address;
  private final StreamListener listener;
  private final StreamTimes times;
  private final StreamMeter meter;
  private final HttpClient http;
  private final StreamPauses pauses;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicBoolean renewal = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean closed;
  private volatile StreamState state;

  // Of the thread alone.
  private StreamConnection current;
  private StreamConnection next;
  private boolean nextStands;
  private long currentSinceMs;
  private long lastFrameMs;
  private long pingAtMs;
  private long renewNotBeforeMs;
  private long drainUntilMs;
  private long opened;
  private long failedCalls;

  private StreamSocket(
      StreamSettings settings,
      StreamAddress address,
      StreamListener listener,
      StreamTimes times,
      StreamMeter meter) {
    this.settings = settings;
    this.address = address;
    this.listener = listener;
    this.times = times;
    this.meter = meter;
    this.http = HttpClient.newBuilder().connectTimeout(settings.connectWithin()).build();
    this.pauses = new StreamPauses(settings.firstPause(), settings.longestPause());
    this.state = new StreamState(false, times.wallMs().getAsLong(), 0, "");
    this.thread = new Thread(this::run, "stream-" + settings.name());
    this.thread.setDaemon(true);
  }

  /**
   * Begins to connect and returns at once.
   *
   * @param address asked before each attempt
   */
  public static StreamSocket open(
      StreamSettings settings, StreamAddress address, StreamListener listener, StreamTimes times) {
    return open(settings, address, listener, times, new StreamMeter(times.elapsedMs()));
  }

  /**
   * Begins to connect and returns at once.
   *
   * @param address asked before each attempt
   * @param meter counts what it does
   */
  public static StreamSocket open(
      StreamSettings settings,
      StreamAddress address,
      StreamListener listener,
      StreamTimes times,
      StreamMeter meter) {
    StreamSocket socket = new StreamSocket(settings, address, listener, times, meter);
    meter.began();
    socket.thread.start();
    return socket;
  }

  /** Returns how it stands now. */
  public StreamState state() {
    return state;
  }

  /**
   * Replaces the connection soon by one to what the address is then, without a gap; where none
   * stands, the next attempt goes there anyway.
   */
  public void renew() {
    renewal.set(true);
  }

  /** Ends it, within seconds; the listener hears nothing afterwards. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    if (Thread.currentThread().equals(thread)) {
      return;
    }
    try {
      boolean unused = thread.join(ENDS_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        String why = untilGone();
        if (!closed) {
          lost(why);
          times.sleeper().sleep(pauses.next(times.random().getAsDouble()));
        }
      }
    } catch (InterruptedException e) {
      // The end: only close() interrupts this thread.
    } finally {
      release();
    }
  }

  /** Connects, reads, and returns why there is neither a connection nor one on its way. */
  private String untilGone() throws InterruptedException {
    renewal.set(false);
    String failed = connectNext();
    String why = failed;
    while (why == null && !closed) {
      Event event = events.poll(TICK_MS, TimeUnit.MILLISECONDS);
      why = event == null ? null : take(event);
      if (why == null && current != null) {
        why = look(times.elapsedMs().getAsLong());
      }
    }
    return why;
  }

  /** Starts an attempt; returns why there is none, null where it is under way. */
  private String connectNext() throws InterruptedException {
    try {
      URI to = address.next();
      nextStands = false;
      next = StreamConnection.begin(http, to, settings.connectWithin(), events::add);
      return null;
    } catch (RuntimeException e) {
      // The message may hold the address.
      return "there is no address to connect to: " + e.getClass().getSimpleName();
    }
  }

  /** Takes an event; returns why nothing is left, null where something is. */
  private String take(Event event) {
    if (event.from() == current) {
      lastFrameMs = times.elapsedMs().getAsLong();
      if (!(event instanceof Event.Gone)) {
        meter.frame();
      }
    }
    return switch (event) {
      case Event.Opened stands -> opened(stands.from());
      case Event.Text message -> text(message);
      case Event.Alive alive -> null;
      case Event.Gone gone -> gone(gone.from(), gone.why());
    };
  }

  private String opened(StreamConnection from) {
    if (from != next) {
      from.giveUp();
      return null;
    }
    opened++;
    if (current == null) {
      promote();
      call(listener::connected);
      current.more();
      return null;
    }
    nextStands = true;
    drainUntilMs = times.elapsedMs().getAsLong() + settings.drain().toMillis();
    current.finish();
    return null;
  }

  private String text(Event.Text message) {
    if (message.from() == current) {
      meter.message();
      call(() -> listener.message(message.text()));
      current.more();
    }
    return null;
  }

  private String gone(StreamConnection from, String why) {
    if (from == next) {
      boolean alone = current == null;
      next = null;
      nextStands = false;
      renewLater(why);
      return alone ? why : null;
    }
    if (from != current) {
      return null;
    }
    return replaced() ? null : why;
  }

  /** Looks at the limits; returns why the connection is given up, null where it is not. */
  private String look(long nowMs) throws InterruptedException {
    if (nextStands && nowMs >= drainUntilMs) {
      boolean unused = replaced();
      return null;
    }
    if (nowMs >= pingAtMs) {
      pingAtMs = nowMs + PING_EACH_MS;
      current.ping();
    }
    long silentMs = nowMs - lastFrameMs;
    if (silentMs >= settings.silence().toMillis()) {
      lastFrameMs = nowMs;
      if (isDead(Duration.ofMillis(silentMs)) && !replaced()) {
        return "silent for " + silentMs / 1000 + " s";
      }
    }
    boolean old = nowMs - currentSinceMs >= settings.life().toMillis();
    if ((old || renewal.get()) && next == null && nowMs >= renewNotBeforeMs) {
      renewal.set(false);
      String failed = connectNext();
      if (failed != null) {
        renewLater(failed);
      }
    }
    return null;
  }

  private boolean isDead(Duration silence) throws InterruptedException {
    try {
      return listener.isDead(silence);
    } catch (RuntimeException e) {
      failed(e);
      return true;
    }
  }

  /** The connection that stands goes on; the attempt to replace it is made again after a pause. */
  private void renewLater(String why) {
    if (current != null) {
      renewal.set(true);
      Duration pause = pauses.next(times.random().getAsDouble());
      renewNotBeforeMs = times.elapsedMs().getAsLong() + pause.toMillis();
      LOG.warn("{}: the connection cannot be replaced yet: {}", settings.name(), why);
    }
  }

  /** Lets the new connection take the place of the old one, if there is a new one that stands. */
  private boolean replaced() {
    if (!nextStands) {
      return false;
    }
    current.giveUp();
    meter.gone();
    pauses.sound();
    promote();
    call(listener::renewed);
    current.more();
    return true;
  }

  private void promote() {
    current = next;
    next = null;
    nextStands = false;
    currentSinceMs = times.elapsedMs().getAsLong();
    lastFrameMs = currentSinceMs;
    pingAtMs = currentSinceMs + PING_EACH_MS;
    renewNotBeforeMs = currentSinceMs;
    state = new StreamState(true, times.wallMs().getAsLong(), opened - 1, state.trouble());
    meter.stands(opened == 1);
    LOG.info("{}: connected", settings.name());
  }

  private void lost(String why) {
    boolean stood = current != null;
    if (stood && times.elapsedMs().getAsLong() - currentSinceMs >= SOUND_AFTER_MS) {
      pauses.sound();
    }
    giveUpAll();
    // One line for an outage, however many attempts it takes.
    if (stood || state.trouble().isEmpty()) {
      LOG.warn("{}: no connection: {}", settings.name(), why);
    }
    long sinceMs = stood ? times.wallMs().getAsLong() : state.sinceMs();
    state = new StreamState(false, sinceMs, Math.max(0, opened - 1), why);
    if (stood) {
      call(() -> listener.disconnected(why));
    }
  }

  private void call(Runnable told) {
    if (closed) {
      return;
    }
    try {
      told.run();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** A listener that fails at each message must not fill the disk. */
  private void failed(RuntimeException failure) {
    failedCalls++;
    if (Long.bitCount(failedCalls) == 1) {
      LOG.error("{}: failed to take an event, {} so far", settings.name(), failedCalls, failure);
    }
  }

  private void giveUpAll() {
    if (current != null) {
      current.giveUp();
      meter.gone();
    }
    if (next != null) {
      next.giveUp();
    }
    current = null;
    next = null;
    nextStands = false;
  }

  private void release() {
    giveUpAll();
    meter.ended();
    http.shutdownNow();
    state = new StreamState(false, times.wallMs().getAsLong(), Math.max(0, opened - 1), "closed");
  }
}
