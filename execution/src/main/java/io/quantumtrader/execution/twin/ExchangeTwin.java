package io.quantumtrader.execution.twin;

import io.quantumtrader.execution.twin.core.AccountSetup;
import io.quantumtrader.execution.twin.core.CoreFaults;
import io.quantumtrader.execution.twin.core.TwinCandle;
import io.quantumtrader.execution.twin.core.TwinCore;
import io.quantumtrader.execution.twin.engine.ListenKeys;
import io.quantumtrader.execution.twin.engine.RateLimits;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import io.quantumtrader.execution.twin.engine.TwinFaults;
import io.quantumtrader.execution.twin.engine.TwinKeys;
import io.quantumtrader.execution.twin.rest.RestServer;
import io.quantumtrader.execution.twin.rest.TwinControl;
import io.quantumtrader.execution.twin.stream.StreamServer;
import io.quantumtrader.execution.twin.stream.TwinStreams;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running twin of the exchange. Thread-safe. What can be done to it here can also be done over
 * HTTP, below {@code /twin/} on the port of REST.
 */
public final class ExchangeTwin implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeTwin.class);

  private static final long CLOSE_S = 5;

  private final TwinSettings settings;
  private final TwinEngine engine;
  private final ListenKeys listenKeys;
  private final TwinStreams streams;
  private final StreamServer streamServer;
  private final RestServer restServer;
  private final ScheduledExecutorService ticks;
  private long walkedMs;

  private ExchangeTwin(TwinSettings settings) throws IOException {
    this.settings = settings;
    TwinFaults faults = new TwinFaults(settings.seed());
    engine = new TwinEngine(core(settings), faults, settings.wallMs());
    listenKeys = new ListenKeys(settings.seed(), settings.listenKeyLifeMs());
    RateLimits limits = new RateLimits(settings.limits());
    streams = new TwinStreams(engine, listenKeys, settings.streamLimits());
    engine.listen(streams::tell);
    walkedMs = engine.nowMs();
    try {
      streamServer =
          StreamServer.start(
              new InetSocketAddress(settings.host(), settings.streamPort()), streams);
    } catch (IOException | RuntimeException failed) {
      streams.close();
      throw failed;
    }
    try {
      restServer = restServer(limits);
    } catch (IOException | RuntimeException failed) {
      streamServer.close();
      streams.close();
      throw failed;
    }
    streams.requests(restServer.api());
    ticks = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "twin-clock"));
  }

  private RestServer restServer(RateLimits limits) throws IOException {
    return new RestServer(
        new InetSocketAddress(settings.host(), settings.restPort()),
        engine,
        keys(settings),
        limits,
        listenKeys,
        new TwinControl(engine, streams, listenKeys, limits));
  }

  /**
   * Starts a twin; whoever starts it closes it.
   *
   * @throws IOException if it cannot listen where it should
   */
  public static ExchangeTwin start(TwinSettings settings) throws IOException {
    ExchangeTwin twin = new ExchangeTwin(settings);
    if (settings.tickMs() > 0) {
      Future<?> unused =
          twin.ticks.scheduleWithFixedDelay(
              twin::tickSafely, settings.tickMs(), settings.tickMs(), TimeUnit.MILLISECONDS);
    }
    return twin;
  }

  private static TwinCore core(TwinSettings settings) {
    List<AccountSetup> accounts =
        settings.accounts().stream()
            .map(
                a ->
                    new AccountSetup(
                        a.account(), a.wallet(), a.bnb(), a.hedgeMode(), a.multiAssets()))
            .toList();
    long nowMs = settings.wallMs().getAsLong();
    TwinCore core =
        new TwinCore(
            settings.rules(),
            settings.symbols(),
            accounts,
            settings.seed(),
            settings.sigma(),
            nowMs);
    if (settings.historyMinutes() > 0) {
      core.history(settings.historyMinutes(), nowMs);
    }
    return core;
  }

  private static TwinKeys keys(TwinSettings settings) {
    TwinKeys keys = new TwinKeys();
    for (TwinAccount each : settings.accounts()) {
      if (each.publicKey().isEmpty()) {
        keys.hmac(each.account(), each.apiKey(), each.secret(), each.mayWithdraw());
      } else {
        keys.ed25519(each.account(), each.apiKey(), each.publicKey(), each.mayWithdraw());
      }
    }
    return keys;
  }

  /** Returns where REST is. */
  public URI restUrl() {
    return URI.create("http://" + settings.host() + ":" + restServer.address().getPort());
  }

  /** Returns where the streams are, before {@code /market}, {@code /private} and so on. */
  public URI streamUrl() {
    return URI.create("ws://" + settings.host() + ":" + streamServer.port());
  }

  /** Returns the exchange's clock, epoch milliseconds UTC. */
  public long nowMs() {
    return engine.nowMs();
  }

  /** Returns what it knows of its accounts. */
  public TwinState state() {
    return new TwinState(engine);
  }

  /** Returns what goes wrong between it and its clients. */
  public TwinFaults faults() {
    return engine.faults();
  }

  /** Changes what goes wrong inside the exchange. */
  public void matching(Consumer<CoreFaults> change) {
    engine.change((core, now) -> change.accept(core.faults()));
  }

  /** Does anything to the exchange, at the time of its clock. */
  public void change(TwinEngine.Change change) {
    engine.change(change);
  }

  /** Sets last and mark price of a symbol, quote currency; one unit is traded. */
  public void price(String symbol, BigDecimal price) {
    engine.change((core, now) -> core.price(symbol, price, BigDecimal.ONE, now));
  }

  /** Sets the mark price of a symbol alone, quote currency. */
  public void mark(String symbol, BigDecimal price) {
    engine.change((core, now) -> core.mark(symbol, price, now));
  }

  /** Lets the prices of a candle pass and closes it. */
  public void candle(String symbol, TwinCandle candle) {
    engine.change((core, now) -> core.candle(symbol, candle, now));
  }

  /** Pays funding on all positions now. */
  public void fund() {
    engine.change(TwinCore::fund);
  }

  /** Liquidates the position of an account in a symbol. */
  public void liquidate(String account, String symbol) {
    engine.change((core, now) -> core.liquidate(account, symbol, now));
  }

  /**
   * Closes a share of an account's position as its owner does on the web page.
   *
   * @param share above 0, at most 1
   */
  public void closeByHand(String account, String symbol, BigDecimal share) {
    engine.change((core, now) -> core.closeByHand(account, symbol, share, now));
  }

  /** Cuts the connections of user streams. */
  public void cutUserStreams() {
    streams.cutUsers();
  }

  /** Lets an account's listen key be over now. */
  public void expireListenKey(String account) {
    listenKeys.expire(account);
    streams.tick();
  }

  /** Returns how many connections its streams have. */
  public int connections() {
    return streams.connections();
  }

  /** Does what is due at the time of its clock, as it does by itself unless told otherwise. */
  public synchronized void tick() {
    restServer.tick();
    engine.change(TwinCore::tick);
    if (settings.walkEveryMs() > 0 && engine.nowMs() - walkedMs >= settings.walkEveryMs()) {
      walkedMs = engine.nowMs();
      engine.change(TwinCore::walk);
    }
    streams.tick();
  }

  /** Goes on after a fault: a clock that stood still would be one more fault, and a quiet one. */
  private void tickSafely() {
    try {
      tick();
    } catch (RuntimeException fault) {
      LOG.error("The twin failed at its clock", fault);
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    try {
      // A tick that is under way still needs what is closed next.
      boolean unused = ticks.awaitTermination(CLOSE_S, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    restServer.close();
    streamServer.close();
    streams.close();
  }
}
