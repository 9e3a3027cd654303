package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.hash.StateRows;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/**
 * One run of a simulated world. Each minute has its steps of the clock, what agents, operators and
 * faults do, its marks and its candles, each followed by what comes of it. After the last minute
 * everything that misbehaves stops, and what is under way has some minutes to come to its end.
 */
public final class Simulation implements AutoCloseable {

  /** 2025-06-01T00:00:00Z, a full hour. */
  private static final long BEGIN_MS = 1_748_736_000_000L;

  private static final long MINUTE_MS = SimulatedMarket.MINUTE_MS;
  private static final int HISTORY = 258;

  private final SimulationSettings settings;
  private final Schedule schedule;
  private final Verdicts verdicts = new Verdicts();
  private final World world;
  private final WorldTopics topics;
  private final Observed observed;
  private final SimulatedMarket market;
  private final Memory memory = new Memory();
  private final WorldFeed feed;
  private final Happenings happenings;
  private final OutcomeCheck outcomes;
  private final LedgerCheck ledger;
  private final LimitCheck limits;
  private final StopCheck stops;
  private final RecordsDigest records = new RecordsDigest();
  private final Situations situations = new Situations();
  private final Map<String, ExchangeAccount> wallets = new HashMap<>();
  private final long intervalMs;
  private final long stepMs;
  private final ExecutorMode mode;

  /**
   * Runs a world to its end, or to the first promise that does not hold.
   *
   * @throws CancellationException where the thread is interrupted
   */
  public static SimulationReport of(SimulationSettings settings) {
    return of(settings, Tampering.NONE);
  }

  /** Runs a world in which something is tampered with. */
  static SimulationReport of(SimulationSettings settings, Tampering tampering) {
    try (Simulation simulation = new Simulation(settings, tampering)) {
      return simulation.run();
    }
  }

  Simulation(SimulationSettings settings, Tampering tampering) {
    this.settings = settings;
    this.schedule = settings.schedule();
    SplittableRandom random = new SplittableRandom(settings.seed());
    this.intervalMs = random.nextInt(5) == 0 ? MINUTE_MS : 5 * MINUTE_MS;
    this.market = new SimulatedMarket(random.nextLong(), intervalMs);
    this.stepMs = random.nextInt(3) == 0 ? MINUTE_MS / 3 : MINUTE_MS;
    boolean remote = random.nextInt(4) != 0;
    this.mode =
        switch (random.nextInt(8)) {
          case 0 -> ExecutorMode.APPROVE;
          case 1 -> random.nextInt(4) == 0 ? ExecutorMode.OBSERVE : ExecutorMode.TRADE;
          default -> ExecutorMode.TRADE;
        };
    this.world = new World(settings.seed(), remote, mode, verdicts, tampering, BEGIN_MS);
    this.topics = new WorldTopics(world.log(), world.serdes());
    this.observed = new Observed(world.serdes());
    this.feed = new WorldFeed(world, topics, market, stepMs);
    this.happenings = new Happenings(world, topics, observed, market, feed, memory);
    this.outcomes = new OutcomeCheck(verdicts, observed);
    this.ledger = new LedgerCheck(verdicts);
    this.limits = new LimitCheck(verdicts, happenings.operators()::policy);
    this.stops = new StopCheck(verdicts);
    List.of(memory, outcomes, world.plans(), limits, ledger, situations, new Wallets())
        .forEach(observed::tell);
    world.log().listen(records);
    world.log().listen(observed);
    world.whenAccountTaskDies(situations::accountTaskDied);
    world.executor().whenItDies(situations::executorDied);
    world.executor().whenTheReplacedIsRefused(situations::replacedExecutorRefused);
    happenings.operators().begin(random, BEGIN_MS);
  }

  /** Notes what was last said of each account. */
  private final class Wallets implements Watcher {
    @Override
    public void wallet(ExchangeAccount account) {
      wallets.put(account.getAccount(), account);
    }
  }

  SimulationReport run() {
    try {
      history();
      int last = settings.minutes() + SimulationSettings.QUIET_MINUTES;
      for (int minute = 0; minute < last && verdicts.first().isEmpty(); minute++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("the simulation was broken off");
        }
        verdicts.minute(minute);
        minute(minute);
      }
      if (verdicts.first().isEmpty()) {
        end();
      }
    } catch (CancellationException brokenOff) {
      throw brokenOff;
    } catch (RuntimeException stopped) {
      verdicts.broken(Promise.GOES_ON, stopped + cause(stopped));
    }
    return report();
  }

  private static String cause(Throwable of) {
    return of.getCause() == null ? "" : ": " + of.getCause() + cause(of.getCause());
  }

  /** Returns the world, with everything that was written in it. */
  World world() {
    return world;
  }

  private SimulationReport report() {
    StateRows rows = new StateRows();
    world.stages().rows(rows);
    return new SimulationReport(
        settings,
        verdicts.first(),
        situations.codes(),
        situations.races(),
        schedule.events().size(),
        world.log().appended(),
        records.hex(),
        StateHash.of(rows).whole());
  }

  /** The closes that a state needs are there before the first step, as with a feed that begins. */
  private void history() {
    for (int back = HISTORY - 1; back >= 0; back--) {
      List<Candle> candles = market.past(BEGIN_MS - back * intervalMs);
      if (back == HISTORY - 1) {
        feed.list(new SplittableRandom(settings.seed()), BEGIN_MS - HISTORY * intervalMs);
      }
      feed.marks(candles, true);
      feed.candles(candles);
    }
    feed.clock(BEGIN_MS);
    world.settle();
    world.executor().begin(false);
    world.settle();
  }

  private void minute(int minute) {
    long beginMs = BEGIN_MS + minute * MINUTE_MS;
    if (minute == settings.minutes()) {
      calm();
    }
    for (long nowMs = beginMs + stepMs; nowMs <= beginMs + MINUTE_MS; nowMs += stepMs) {
      step(nowMs);
    }
    happenings.operators().due(minute < settings.minutes() ? world.nowMs() : Long.MAX_VALUE);
    if (minute < settings.minutes()) {
      for (SimulatedEvent event : schedule.at(minute)) {
        happenings.happen(event);
        if (event.random().nextBoolean()) {
          world.settle();
        }
      }
      world.settle();
    }
    feed.marks(market.minute(world.nowMs()), intervalMs == MINUTE_MS);
    world.settle();
    feed.candles(market.closed(world.nowMs()));
    world.settle();
    world.forget();
    ledger.check();
  }

  private void step(long nowMs) {
    world.advance(nowMs);
    happenings.replaceExecutor(nowMs);
    boolean able = executorIsAble();
    feed.clock(nowMs);
    world.settle();
    world.forget();
    if (mode != ExecutorMode.OBSERVE) {
      for (String account : World.accounts()) {
        account(account)
            .ifPresent(
                each ->
                    stops.look(
                        each, of -> isToProtect(account, of), stepMs, able && executorIsAble()));
      }
    }
  }

  /** Where a symbol does not trade, nobody can close what its stop came too late for. */
  private boolean isToProtect(String account, ExchangePosition position) {
    String symbol = position.getSymbol();
    return memory.has(account, symbol, position.getSide()) && feed.trades(symbol);
  }

  private boolean executorIsAble() {
    Weather.Kind kind = world.weather().at(world.nowMs());
    boolean refuses =
        kind == Weather.Kind.SILENT
            || kind == Weather.Kind.REFUSES_STOPS
            || kind == Weather.Kind.LOSES_STOPS
            || kind == Weather.Kind.LOSES_ANSWERS
            || kind == Weather.Kind.REJECTS
            || kind == Weather.Kind.LOSES_ORDERS
            || kind == Weather.Kind.LATE_ORDERS;
    return world.executorWorks() && !refuses && feed.isWhole();
  }

  /** Returns an account as it really is, as far as somebody can know. */
  private Optional<ExchangeAccount> account(String name) {
    return world.remote().isPresent()
        ? world.remote().get().truth().account(name, world.nowMs())
        : Optional.ofNullable(wallets.get(name));
  }

  private void calm() {
    world.calm();
    feed.calm();
    if (!world.executor().isAlive()) {
      world.executor().begin(false);
    }
  }

  private void end() {
    // What the exchange did with the last prices is told with the next step of the clock.
    step(world.nowMs() + stepMs);
    outcomes.end();
    limits.end();
    world.plans().end();
    ledger.end();
    if (world.remote().isPresent()) {
      World.accounts().forEach(this::holdAgainstExchange);
    }
  }

  /** What is open is what the fills come to, when nothing is under way any more. */
  private void holdAgainstExchange(String account) {
    Map<String, BigDecimal> open = new HashMap<>();
    for (ExchangePosition each : account(account).orElseThrow().getPositions()) {
      BigDecimal quantity = each.getQuantity();
      open.put(
          each.getSymbol(), each.getSide() == PositionSide.SHORT ? quantity.negate() : quantity);
    }
    for (String symbol : SimulatedMarket.SYMBOLS) {
      BigDecimal real = open.getOrDefault(symbol, BigDecimal.ZERO);
      if (real.compareTo(ledger.quantity(account, symbol)) != 0) {
        verdicts.broken(
            Promise.LEDGER_IS_FOLD,
            "%s:%s is %s on the exchange, the fills come to %s"
                .formatted(account, symbol, real, ledger.quantity(account, symbol)));
      }
    }
  }

  @Override
  public void close() {
    world.close();
  }
}
