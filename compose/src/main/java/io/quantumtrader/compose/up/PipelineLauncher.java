package io.quantumtrader.compose.up;

import io.quantumtrader.agents.Agent;
import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RedisAccess;
import io.quantumtrader.app.cli.RunningPipelines;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.LocalTwin;
import io.quantumtrader.app.parts.Patience;
import io.quantumtrader.app.parts.PipelineParts;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.app.parts.StreamsService;
import io.quantumtrader.app.tap.RunStatistics;
import io.quantumtrader.app.tap.Summary;
import io.quantumtrader.app.tap.TopicDump;
import io.quantumtrader.app.topology.LiveServer;
import io.quantumtrader.compose.Stack;
import io.quantumtrader.compose.StackException;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.console.tap.TopicTail;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.market.Feed;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.topic.BrokerCounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicDrift;
import io.quantumtrader.schemas.topic.TopicSettings;
import io.quantumtrader.topology.export.QuantumExport;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Puts the parts of a run together, in the order in which they depend on each other: stack,
 * registration, tail, stages, executor, agent, source, sink, feed.
 */
final class PipelineLauncher {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** How long nothing may move while stages or executor start. */
  private static final Duration STALL = Duration.ofSeconds(90);

  private static final Duration FEED_STUCK_AFTER = Duration.ofSeconds(15);

  private final UpOptions options;
  private final Screen screen;
  private final RunningParts parts;
  private final Consumer<Throwable> onFailure;
  private final BooleanSupplier interrupted;
  private volatile String starting = "broker, registry, Redis and Connect";
  private MarketChoice market;
  private StackChoice choice;
  private volatile Endpoints addresses;
  private PartitionCounts counts;
  private PipelineParts pipeline;
  private Stack stack;
  private Admin admin;
  private Announcement announcement;
  private final UpConsole console;
  private TopicTail tail;
  private LockstepChoice lockstep;
  private Optional<Monitoring> monitoring = Optional.empty();
  private volatile Feed feed;
  private volatile ExchangeParts exchange;

  /**
   * Creates it; nothing is started yet.
   *
   * @param onFailure told when a part ends by itself
   * @param interrupted asked between the parts; true ends the start early
   */
  PipelineLauncher(
      UpOptions options,
      Screen screen,
      RunningParts parts,
      Consumer<Throwable> onFailure,
      BooleanSupplier interrupted) {
    this.options = options;
    this.screen = screen;
    this.parts = parts;
    this.onFailure = onFailure;
    this.interrupted = interrupted;
    this.console = new UpConsole(options.console, parts, screen);
  }

  /** Returns what is being started, or was last. */
  String starting() {
    return starting;
  }

  /** Returns the twin of the exchange, once it runs and if there is one. */
  Optional<LocalTwin> twin() {
    return Optional.ofNullable(exchange).flatMap(ExchangeParts::twin);
  }

  /** Returns what stays open on an exchange that outlives this process, if anything. */
  Optional<String> left() {
    return Optional.ofNullable(exchange).flatMap(opened -> opened.holdings().line());
  }

  /** Returns where the servers are, once they run. */
  Optional<Endpoints> endpoints() {
    return Optional.ofNullable(addresses);
  }

  /** Returns the console; it shows nothing where it was left out. */
  UpConsole console() {
    return console;
  }

  /** Returns the feed, unless it was left out. */
  Optional<Feed> feed() {
    return Optional.ofNullable(feed);
  }

  /**
   * Starts every part that is wanted.
   *
   * @param dump also hears every record; may be null
   */
  void start(RunStatistics statistics, TopicDump dump) throws InterruptedException {
    // The market first: a bad file should not wait for a broker; a port that is taken neither.
    exchange = new ExchangeParts(options, screen, parts);
    market = MarketChoice.of(options.market);
    if (wanted(Part.FEED)) {
      exchange
          .describe()
          .map(List::of)
          .orElseGet(market::describe)
          .forEach(line -> screen.line("  " + line));
    }
    ExchangeChoice.forgets(options).ifPresent(line -> screen.line("  " + line));
    choice = StackChoice.of(options);
    exchange.preflight();
    monitoring = options.metrics.open(screen, parts);
    stack = startStack();
    addresses = new Endpoints(stack.bootstrapServers(), stack.schemaRegistryUrl(), choice.config());
    admin = parts.add("admin client", Admin.create(addresses.kafka()));
    counts = counts();
    pipeline = new PipelineParts(addresses, counts);
    timed("topics, schemas, policy", () -> register(market.beginMs()));
    exchange.requireOwnMarket(addresses, wanted(Part.FEED));
    RestoredLedger.begin(
        stack.directory(),
        addresses,
        options.exchange.isRemote(),
        System.currentTimeMillis(),
        screen);
    announcement =
        parts.add(
            "announcement",
            Announcement.of(stack, options.paper.settings().accounts(), choice.config(), screen));
    if (wanted(Part.CONSOLE)) {
      console.open(stack, addresses, choice.config(), announcement);
    }
    tail =
        parts.add(
            "tap",
            new TopicTail(
                addresses.kafka(),
                addresses.serdes(),
                record -> hand(record, statistics, Optional.ofNullable(dump))));
    console.follow(tail, admin);
    monitoring.ifPresent(console::show);
    tail.start();
    if (market.isReplay()) {
      monitoring.ifPresent(Monitoring::replay);
    }
    monitoring.ifPresent(this::count);
    lockstep = parts.add("lockstep", new LockstepChoice(addresses, admin, tail, leftOut()));
    if (!interrupted.getAsBoolean() && wanted(Part.STREAMS)) {
      timed("stages", () -> startStreams());
    }
    if (!interrupted.getAsBoolean() && wanted(Part.EXECUTOR)) {
      timed(
          "executor on " + options.exchange.kind().name().toLowerCase(Locale.ROOT),
          this::startExecutor);
    }
    if (!interrupted.getAsBoolean() && wanted(Part.AGENT)) {
      timed("agent", this::startAgent);
    }
    if (!interrupted.getAsBoolean() && wanted(Part.REDIS)) {
      // The source first: what an operator left in the kill switch is read before the sink, which
      // knows nothing of it, makes the keys what Kafka says.
      UpConnectors connectors =
          new UpConnectors(stack, choice.config(), options.parts, market.isReplay());
      if (!market.isReplay()) {
        timed("Redis source", connectors::startSource);
      }
      timed("Redis sink", () -> connectors.startSink(clusterId()));
      monitoring.ifPresent(connectors::watch);
    }
    if (!interrupted.getAsBoolean() && wanted(Part.FEED)) {
      feed = parts.add("feed", feedOf());
      feed.start();
      if (!market.isReplay()) {
        monitoring.ifPresent(this::show);
      }
    }
    monitoring.ifPresent(Monitoring::started);
  }

  private Feed feedOf() throws InterruptedException {
    return exchange.market().isPresent()
        ? exchange.feed(exchange.market().get(), addresses, counts, monitoring)
        : market.feed(addresses, counts, lockstep, screen::line);
  }

  private void show(Monitoring shown) {
    shown.feed(() -> feed.progress().nowMs(), feed::trouble, FEED_STUCK_AFTER);
  }

  private void hand(TappedRecord record, RunStatistics statistics, Optional<TopicDump> dump) {
    statistics.accept(record);
    dump.ifPresent(written -> written.accept(record));
    exchange.see(record);
    console.see(record);
  }

  /**
   * Says what the run came to, and dumps Redis where that is wanted.
   *
   * @param drain whether to wait until everything that was replayed has been processed
   */
  Summary conclude(RunStatistics statistics, boolean drain)
      throws InterruptedException, IOException {
    if (drain) {
      lockstep.awaitEverything();
    }
    Summary summary = statistics.summary().withInput(market.input());
    if (!wanted(Part.REDIS)) {
      return summary;
    }
    try (RedisKeys keys =
        new RedisKeys(
            RedisAccess.at(stack.redisUri(), choice.config()), options.parts.redisPrefix)) {
      return summary.withRedisKeys(
          options.output.dump == null
              ? keys.count()
              : keys.dump(options.output.dump.resolve("redis.jsonl")));
    }
  }

  private Stack startStack() {
    Optional.ofNullable(options.parts.data)
        .ifPresent(data -> RestoredLedger.requireOnlyCopy(data, RunningPipelines.ofThisUser()));
    try {
      return parts.add(
          "stack", Stack.start(choice.settings(), new StackScreen(screen, interrupted)));
    } catch (StackException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  private PartitionCounts counts() {
    try {
      return options.partitions.counts(BrokerCounts.of(admin, TIMEOUT));
    } catch (IllegalArgumentException | KafkaException e) {
      throw new CommandFailure("topics: " + e.getMessage(), e);
    }
  }

  private void register(long nowMs) {
    // Candles of last year carry last year's times: nothing may expire by them.
    Registration.Summary done =
        pipeline.register(TopicSettings.BROKER_DEFAULT, -1, options.firstPolicy(nowMs));
    for (TopicDrift drift : done.drift()) {
      screen.line("  note: " + drift);
    }
  }

  private void startStreams() throws InterruptedException {
    Map<String, String> settings =
        Map.of(StreamsConfig.STATE_DIR_CONFIG, stack.directory("streams").toString());
    StreamsService streams =
        parts.add("stages", pipeline.stages(options.parts.tuning, settings, onFailure));
    streams.start(STALL, screen::line);
    lockstep.followTables(streams.globalTables());
    serveNumbers(streams);
    monitoring.ifPresent(shown -> shown.stages(streams, counts.account()));
  }

  /**
   * For {@code quantum topology --live} and {@code control state}; the run does without where there
   * is no port for it.
   */
  private void serveNumbers(StreamsService streams) {
    try {
      LiveServer server =
          parts.add(
              "live topology",
              LiveServer.start(QuantumExport.of(counts), streams.meters(), streams.globalTables()));
      announcement.add(known -> known.withTopology(server.uri().toString()));
    } catch (IOException e) {
      screen.line("  note: quantum topology --live will have nothing to show: " + e.getMessage());
    }
  }

  private void startExecutor() throws InterruptedException {
    PlanExecutor executor =
        parts.add(
            "executor",
            pipeline.executor(
                exchange.exchanges(monitoring), "1", options.executor, options.exchange.market()));
    var unused = executor.ended().whenComplete((done, failure) -> failOn("executor", failure));
    executor.start();
    monitoring.ifPresent(shown -> shown.executor(executor));
    new Patience(STALL, screen::line).await("the executor", new ExecutorProgress(executor, admin));
  }

  private void startAgent() {
    AgentSettings settings = AgentSettings.DEFAULT.forOneOf(options.paper.settings().accounts());
    Agent agent = parts.add("agent", pipeline.agent(settings));
    var unused = agent.ended().whenComplete((done, failure) -> failOn("agent", failure));
    agent.start();
  }

  /** Counts from before the first decision on, so that nothing of this run is missed. */
  private void count(Monitoring shown) {
    EnumSet<Topic> topics = EnumSet.copyOf(Monitoring.OF_STAGES);
    topics.addAll(Monitoring.OF_EXECUTOR);
    shown.readWithTables(addresses.kafka(), addresses.serdes(), topics);
    shown.follow(addresses.kafka(), Monitoring.GROUPS);
  }

  private void failOn(String part, Throwable failure) {
    if (failure != null) {
      onFailure.accept(
          new IllegalStateException(
              "the %s ended by itself: %s".formatted(part, why(failure)), failure));
    }
  }

  private static String why(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return cause.getClass().getSimpleName() + ": " + said;
  }

  private String clusterId() throws InterruptedException {
    try {
      return admin.describeCluster().clusterId().get();
    } catch (ExecutionException e) {
      throw new CommandFailure("the broker does not report its cluster id", e);
    }
  }

  private boolean wanted(Part part) {
    return !leftOut().contains(part);
  }

  private java.util.Set<Part> leftOut() {
    return options.parts.leftOut();
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private void timed(String what, Step step) throws InterruptedException {
    starting = what;
    screen.status("starting " + what + " ...");
    long begin = System.nanoTime();
    step.run();
    screen.done(what, Duration.ofNanos(System.nanoTime() - begin));
  }
}
