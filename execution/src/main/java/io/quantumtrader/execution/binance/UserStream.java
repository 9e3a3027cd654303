package io.quantumtrader.execution.binance;

import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.Call.Proof;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Refused;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.binance.StreamAddress;
import io.quantumtrader.binance.StreamListener;
import io.quantumtrader.binance.StreamMeter;
import io.quantumtrader.binance.StreamSettings;
import io.quantumtrader.binance.StreamSocket;
import io.quantumtrader.binance.StreamTimes;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user stream of one account. It has its address from a listen key that is asked for before
 * each connection, keeps the key alive, and changes to a new one, without a gap, when the key is
 * lost. After each connection, also one that followed another without a gap, events count as
 * missed, so that they are asked for: what is told twice is taken once.
 */
final class UserStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UserStream.class);

  private static final long AGAIN_AFTER_MS = 60_000;

  private final SignedRest rest;
  private final BinanceEnvironment environment;
  private final BinanceSettings settings;
  private final LongSupplier wallMs;
  private final UserFeed feed;
  private final SessionRecorder recorder;
  private final StreamSocket socket;
  private long keepAliveDueMs;

  /**
   * Begins to connect and returns at once.
   *
   * @param feed what the stream tells goes there
   * @param meter counts what the stream does
   */
  UserStream(
      SignedRest rest,
      BinanceSettings settings,
      LongSupplier wallMs,
      UserFeed feed,
      SessionRecorder recorder,
      StreamMeter meter) {
    this.rest = rest;
    this.environment = settings.environment();
    this.settings = settings;
    this.wallMs = wallMs;
    this.feed = feed;
    this.recorder = recorder;
    this.keepAliveDueMs = wallMs.getAsLong() + settings.keepAliveEvery().toMillis();
    StreamAddress address = this::address;
    this.socket =
        StreamSocket.open(
            StreamSettings.of("user data of " + rest.account(), settings.silence()),
            address,
            new Listener(),
            StreamTimes.system(),
            meter);
  }

  /** Asks for a key; the exchange gives the one there is where it is still good. */
  private URI address() {
    Reply reply = rest.send(listenKey("POST"));
    String key =
        reply instanceof Success success ? success.body().path("listenKey").asText("") : "";
    if (key.isEmpty()) {
      LOG.warn("{}: no key for the user stream: {}", rest.account(), words(reply));
      throw new IllegalStateException("no listen key");
    }
    return URI.create(
        environment.privateStreams()
            + "/ws?listenKey="
            + URLEncoder.encode(key, StandardCharsets.UTF_8));
  }

  /** A success has the key in it. */
  private static String words(Reply reply) {
    return reply instanceof Success ? "the answer has none" : Replies.words(reply);
  }

  private static Call listenKey(String method) {
    return new Call(
        method, "/fapi/v1/listenKey", Map.of(), Proof.KEY, 1, false, Urgency.EXIT, Long.MAX_VALUE);
  }

  /** Keeps the key alive when that is due. To be called again and again. */
  void keepAlive() {
    long nowMs = wallMs.getAsLong();
    if (nowMs < keepAliveDueMs) {
      return;
    }
    Reply reply = rest.send(listenKey("PUT"));
    boolean kept = reply instanceof Success;
    keepAliveDueMs = nowMs + (kept ? settings.keepAliveEvery().toMillis() : AGAIN_AFTER_MS);
    if (reply instanceof Refused refused && refused.code() == ErrorMapping.UNKNOWN_LISTEN_KEY) {
      LOG.warn("{}: the key of the user stream is lost; a new one follows", rest.account());
      keepAliveDueMs = nowMs + settings.keepAliveEvery().toMillis();
      renew();
    } else if (!kept) {
      LOG.warn("{}: the key was not kept alive: {}", rest.account(), Replies.words(reply));
    }
  }

  /** Takes another connection in the place of this one, without a gap. */
  void renew() {
    feed.missed();
    socket.renew();
  }

  /** Returns whether a connection stands. */
  boolean isConnected() {
    return socket.state().connected();
  }

  @Override
  public void close() {
    socket.close();
  }

  private final class Listener implements StreamListener {

    @Override
    public void connected() {
      feed.missed();
    }

    @Override
    public void renewed() {
      feed.missed();
    }

    @Override
    public void disconnected(String why) {
      feed.missed();
    }

    @Override
    public void message(String text) {
      recorder.received(rest.account(), text);
      UserEvent event = UserEvent.of(text);
      feed.take(event);
      switch (event) {
        case UserEvent.KeyExpired expired -> renew();
        case UserEvent.Unreadable unreadable ->
            LOG.warn("{}: an event cannot be read: {}", rest.account(), unreadable.why());
        case UserEvent.Traded traded -> {}
        case UserEvent.Announced announced -> {}
        case UserEvent.Conditional conditional -> {}
        case UserEvent.LeverageSet set -> {}
        case UserEvent.CashMoved moved -> {}
        case UserEvent.Other other -> {}
      }
    }

    /** Silent while the exchange answers: then it is the stream that is dead. */
    @Override
    public boolean isDead(Duration silence) {
      return rest.measure() instanceof Success;
    }
  }
}
