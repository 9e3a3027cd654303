package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.executor.ExecutorSettings;
import io.quantumtrader.execution.paper.FaultRules;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.run.MemoryScheme;
import io.quantumtrader.replay.run.MemoryStreams;
import io.quantumtrader.replay.stages.RestoredRows;
import io.quantumtrader.replay.stages.Stages;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.serde.SerdeConfig;
import io.quantumtrader.schemas.serde.Subjects;
import io.quantumtrader.schemas.time.WallClock;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.QuantumTopology;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.TaskId;

/**
 * The machines of a simulated world: topics, tasks, tables, an executor and its exchange, none of
 * which does anything by itself. What runs next is drawn from the seed; what is held back waits.
 */
final class World implements AutoCloseable {

  static final PartitionCounts COUNTS = new PartitionCounts(2, 2);

  private static final String EXECUTOR = "executor";
  private static final String REPLACED = "replaced executor";
  private static final int MOST_AT_A_TIME = 4;

  private final RecordLog log;
  private final RecordSerdes serdes;
  private final Stages stages;
  private final Weather weather = new Weather();
  private final ExecutorSeat executor;
  private final Optional<SimulatedExchange> remote;
  private final Tampering tampering;
  private final SplittableRandom order;
  private final Map<String, Long> heldUntilMs = new HashMap<>();
  private final Map<TaskId, Integer> dying = new HashMap<>();
  private final List<String> actors = new ArrayList<>();
  private final Map<String, TaskId> tasks = new HashMap<>();
  private final PlanCheck plans;
  private final ExecutorMode mode;
  private Runnable accountTaskDied = () -> {};
  private long nowMs;

  /**
   * Creates it; nobody is at the executor's place yet.
   *
   * @param isRemote whether the exchange remembers by itself; otherwise it is the paper exchange
   * @param verdicts hears of plans that are sent too late
   */
  World(
      long seed,
      boolean isRemote,
      ExecutorMode mode,
      Verdicts verdicts,
      Tampering tampering,
      long beginMs) {
    this.nowMs = beginMs;
    this.tampering = tampering;
    this.mode = mode;
    this.order = new SplittableRandom(seed ^ 0x0dd5L);
    log = RecordLog.ofCatalog(COUNTS);
    log.keepEverything();
    Map<String, Object> at = Map.of(SerdeConfig.REGISTRY_URL, Schemas.REGISTRY);
    serdes = new RecordSerdes(at);
    Properties configuration = configuration();
    stages =
        new Stages(
            QuantumTopology.build(serdes, COUNTS, configuration), configuration, log, this::nowMs);
    plans = new PlanCheck(verdicts);
    PaperSettings paper = PaperSettings.DEFAULT.withAccounts(accounts());
    remote =
        isRemote ? Optional.of(new SimulatedExchange(paper, weather, plans)) : Optional.empty();
    executor =
        new ExecutorSeat(
            log,
            name ->
                ExecutorSettings.builder(MemoryStreams.NO_BROKER, at)
                    .counts(COUNTS)
                    .instanceId(name)
                    .polls(Duration.ZERO, Duration.ZERO)
                    .mode(mode)
                    .wallClock(this::nowMs)
                    .build(),
            () ->
                tampering.exchange(
                    remote.<Exchange>map(each -> each).orElseGet(() -> paper(paper))),
            tampering,
            serdes);
    stages.tasks().forEach(task -> tasks.put("task " + task, task));
    stages.tasks().forEach(task -> actors.add("task " + task));
    actors.addAll(stages.tables());
    actors.add(EXECUTOR);
    actors.add(REPLACED);
  }

  /** Returns three accounts, of which two share a partition. */
  static List<String> accounts() {
    List<String> names = new ArrayList<>(List.of(Accounts.MAIN));
    int home = Accounts.partitionOf(Accounts.MAIN, COUNTS.account());
    boolean same = false;
    boolean other = false;
    for (int i = 2; !same || !other; i++) {
      String name = "acc" + i;
      boolean beside = Accounts.partitionOf(name, COUNTS.account()) == home;
      if (beside ? !same : !other) {
        names.add(name);
        same |= beside;
        other |= !beside;
      }
    }
    return List.copyOf(names);
  }

  /** The paper exchange, whose memory is what is committed: it refuses, fills in part and dies. */
  private PaperExchange paper(PaperSettings settings) {
    FaultRules rules =
        new FaultRules(
            List.of(
                new FaultRules.Rule(
                    order -> {
                      plans.sent(order);
                      weather.crash(Weather.Kind.CRASH_BEFORE, order.clientOrderId(), nowMs);
                      weather.crash(Weather.Kind.CRASH_AFTER, order.clientOrderId(), nowMs);
                      return weather.hits(Weather.Kind.REJECTS, order.clientOrderId(), nowMs);
                    },
                    new FaultRules.Fault.Reject()),
                new FaultRules.Rule(
                    order -> weather.hits(Weather.Kind.PARTIALS, order.clientOrderId(), nowMs),
                    new FaultRules.Fault.Partial(new BigDecimal("0.5")))));
    return new PaperExchange(settings.withFaults(rules));
  }

  private Properties configuration() {
    LongSupplier clock = this::nowMs;
    return MemoryStreams.configuration(log, Map.of(WallClock.SETTING, clock));
  }

  /** Calls back when a task of accounts dies. */
  void whenAccountTaskDies(Runnable told) {
    accountTaskDied = told;
  }

  RecordLog log() {
    return log;
  }

  RecordSerdes serdes() {
    return serdes;
  }

  Stages stages() {
    return stages;
  }

  Weather weather() {
    return weather;
  }

  ExecutorSeat executor() {
    return executor;
  }

  /** Returns the exchange that remembers by itself; empty where it is the paper exchange. */
  Optional<SimulatedExchange> remote() {
    return remote;
  }

  PlanCheck plans() {
    return plans;
  }

  /** Returns how far the executor goes by itself. */
  ExecutorMode mode() {
    return mode;
  }

  /** Returns the time of the world, epoch milliseconds UTC. */
  long nowMs() {
    return nowMs;
  }

  /** Lets time pass; nothing is done by that. */
  void advance(long toMs) {
    nowMs = toMs;
    remote.ifPresent(exchange -> exchange.advance(toMs));
  }

  /**
   * Keeps one task, one global table or the executor from doing anything until a time.
   *
   * @param kind {@code task} or {@code table}, of which one is drawn, or else the executor
   * @param untilMs epoch ms
   */
  void hold(String kind, SplittableRandom random, long untilMs) {
    List<String> fitting =
        switch (kind) {
          case "task" -> actors.stream().filter(tasks::containsKey).toList();
          case "table" -> stages.tables();
          default -> List.of(EXECUTOR);
        };
    heldUntilMs.put(fitting.get(random.nextInt(fitting.size())), untilMs);
  }

  /** Lets everybody work again, and nobody die any more. */
  void calm() {
    heldUntilMs.clear();
    dying.clear();
    weather.clear();
    executor.forgetReplaced();
  }

  /** Returns whether the executor works. */
  boolean executorWorks() {
    return executor.isAlive() && heldUntilMs.getOrDefault(EXECUTOR, 0L) <= nowMs;
  }

  /**
   * Lets another executor take the place of one that hangs.
   *
   * @param wakesAtMs when that one goes on, which does not know it, epoch ms
   */
  void replaceExecutor(boolean sameName, long wakesAtMs) {
    if (executor.replace(sameName)) {
      heldUntilMs.remove(EXECUTOR);
      heldUntilMs.put(REPLACED, wakesAtMs);
      remote.ifPresent(exchange -> exchange.marketLink().replace());
    }
  }

  /** Lets a task die before one of the next records that it processes. */
  void kill(SplittableRandom random) {
    List<TaskId> all = stages.tasks();
    dying.put(all.get(random.nextInt(all.size())), random.nextInt(12));
  }

  /** Where something is tampered with: restarts all tasks with the rows that they may keep. */
  void forget() {
    if (tampering != Tampering.NONE) {
      RestoredRows rows = tampering.remembered(serdes, this::nowMs);
      stages.tasks().forEach(task -> stages.restart(task, rows));
    }
  }

  /** Lets all who are not held back work until nothing is left to do, in an order that is drawn. */
  void settle() {
    List<String> able =
        new ArrayList<>(
            actors.stream().filter(each -> heldUntilMs.getOrDefault(each, 0L) <= nowMs).toList());
    boolean any = true;
    while (any) {
      any = false;
      Collections.shuffle(able, order);
      for (String actor : able) {
        any |= act(actor);
      }
    }
  }

  private boolean act(String actor) {
    if (actor.equals(EXECUTOR)) {
      return executor.step();
    }
    if (actor.equals(REPLACED)) {
      return remote
          .map(exchange -> exchange.marketLink().byReplaced(executor::stepReplaced))
          .orElseGet(executor::stepReplaced);
    }
    TaskId task = tasks.get(actor);
    if (task == null) {
      return stages.keep(actor);
    }
    int most = 1 + order.nextInt(MOST_AT_A_TIME);
    int done = 0;
    while (done < most && step(task)) {
      done++;
    }
    return done > 0;
  }

  private boolean step(TaskId task) {
    Integer left = dying.get(task);
    if (left != null && left == 0) {
      dying.remove(task);
      restart(task);
    } else if (left != null) {
      dying.put(task, left - 1);
    }
    return stages.step(task);
  }

  private void restart(TaskId task) {
    if (stages.has(task, Names.OPEN_PLAN_STORE)) {
      accountTaskDied.run();
    }
    stages.restart(task, tampering.remembered(serdes, this::nowMs));
  }

  @Override
  public void close() {
    executor.forgetReplaced();
    executor.die();
    stages.close();
    serdes.close();
  }

  /** One registry for all worlds of the process: registering all schemas takes longer than most. */
  private static final class Schemas {

    private static final String REGISTRY = MemoryScheme.begin("simulate");

    static {
      try (RecordSerdes all = new RecordSerdes(Map.of(SerdeConfig.REGISTRY_URL, REGISTRY))) {
        Registration.register(all.registry(), Subjects.all(), Compatibility.FULL_TRANSITIVE);
      }
    }
  }
}
