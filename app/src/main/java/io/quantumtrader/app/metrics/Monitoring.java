package io.quantumtrader.app.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.parts.PipelineReaders;
import io.quantumtrader.app.parts.StreamsService;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.execution.executor.ExecutorTrouble;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.failure.DeathKind;
import io.quantumtrader.topology.failure.ThreadDeaths;
import io.quantumtrader.topology.time.StageClocks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process shows of itself: its metrics and its health, under one address. A process starts
 * one, adds what it runs, and says {@link #started} at the end of its start.
 */
public final class Monitoring implements AutoCloseable {

  /** What the stages' process reads its counters from. */
  public static final Set<Topic> OF_STAGES =
      Set.of(
          Topic.DECISION,
          Topic.PERMIT,
          Topic.APPLY_PLAN,
          Topic.TRADE_INTENT,
          Topic.PORTFOLIO_STATE,
          Topic.UNIVERSE,
          Topic.CONTROL,
          Topic.POLICY,
          Topic.CLOCK,
          Topic.DEAD_LETTER);

  /** What the executor's process reads its counters from. */
  public static final Set<Topic> OF_EXECUTOR =
      Set.of(Topic.APPLY_RESULT, Topic.EXCHANGE_ACCOUNT, Topic.CLOCK);

  /** The groups that everything in the pipeline reads with. */
  public static final List<String> GROUPS =
      List.of(
          PipelineReaders.STREAMS,
          PipelineReaders.EXECUTOR,
          PipelineReaders.EXECUTOR_MARKET,
          PipelineReaders.AGENT,
          "connect-" + LegacyContract.CONNECTOR_NAME);

  private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);
  private static final List<String> KAFKA =
      List.of(
          "kafka.stream.thread.",
          "kafka.stream.alive",
          "kafka.stream.failed",
          "kafka.stream.task.",
          "kafka.consumer.coordinator.");
  private static final long WATCH_EVERY_MS = 1_000;
  private static final int ANSWERS_WITHIN_MS = 5_000;
  private static final Duration LAG_EVERY = Duration.ofSeconds(5);

  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Health health = new Health();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ClockWatch clocks = new ClockWatch();
  private final Map<TopicPartition, Long> lastSeen = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("quantum-health").factory());
  private final MetricsEndpoint endpoint;

  private Monitoring(InetSocketAddress address) throws IOException {
    endpoint = MetricsEndpoint.open(address, registry, health);
    open.push(registry::close);
    open.push(watch::shutdownNow);
    open.push(endpoint);
    registry.config().meterFilter(MeterFilter.denyUnless(Monitoring::isWanted));
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    JvmGcMetrics collections = new JvmGcMetrics();
    collections.bindTo(registry);
    open.push(collections);
    Metric.UP.gauge(registry, health, now -> now.isUp() ? 1 : 0);
  }

  /**
   * Of Kafka's own metrics those of threads and tasks are shown; those by node of the topology, by
   * store, by topic and by broker are five thousand, which nobody looks at and each scrape carries.
   */
  private static boolean isWanted(Meter.Id id) {
    return !id.getName().startsWith("kafka.")
        || KAFKA.stream().anyMatch(prefix -> id.getName().startsWith(prefix));
  }

  /**
   * Opens the address; the process is down until {@link #started}.
   *
   * @param address where; port 0 takes a free one
   * @throws CommandFailure if it cannot listen there
   */
  public static Monitoring open(InetSocketAddress address) {
    try {
      return new Monitoring(address);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          "cannot listen for metrics on "
              + address
              + ": "
              + e.getMessage()
              + "; give another --metrics-port or --metrics-host",
          e);
    }
  }

  /** Returns the port of /metrics and /health. */
  public int port() {
    return endpoint.port();
  }

  /** Returns the health, to add checks to. */
  public Health health() {
    return health;
  }

  /**
   * Counts committed records from now on.
   *
   * @param clients client configuration, {@code bootstrap.servers} at least
   * @param topics {@link #OF_STAGES}, {@link #OF_EXECUTOR}, or both; they must exist
   */
  public void read(Map<String, Object> clients, RecordSerdes serdes, Collection<Topic> topics) {
    read(clients, serdes, topics, Set.of());
  }

  /**
   * Counts committed records from now on, and sees how far the tables of the stages should be.
   *
   * @param clients client configuration, {@code bootstrap.servers} at least
   */
  public void readWithTables(Map<String, Object> clients, RecordSerdes serdes, Set<Topic> topics) {
    read(clients, serdes, topics, TableWatch.TOPICS);
  }

  private void read(
      Map<String, Object> clients,
      RecordSerdes serdes,
      Collection<Topic> topics,
      Set<Topic> watched) {
    Set<Topic> all = EnumSet.copyOf(topics);
    CommittedReader reader =
        new CommittedReader(
            clients,
            serdes,
            all,
            new PipelineMetrics(registry, all, clocks),
            watched,
            (partition, offset) -> lastSeen.merge(partition, offset, Math::max));
    open.push(reader);
    health.check("metrics reader", reader::trouble);
    health.check("clock", () -> clocks.topic(System.currentTimeMillis()));
    reader.start();
    servers(clients, serdes);
  }

  /** Asks broker and registry every few seconds whether they are there. */
  public void servers(Map<String, Object> clients, RecordSerdes serdes) {
    Admin admin = Admin.create(clients);
    open.push(() -> admin.close(Duration.ofSeconds(2)));
    DescribeClusterOptions quick = new DescribeClusterOptions().timeoutMs(ANSWERS_WITHIN_MS);
    Probe broker =
        new Probe(
            "the broker",
            () ->
                admin.describeCluster(quick).nodes().get(ANSWERS_WITHIN_MS, TimeUnit.MILLISECONDS));
    Probe schemas = new Probe("the schema registry", () -> serdes.registry().subjects());
    open.push(broker);
    open.push(schemas);
    health.check("broker", broker::trouble);
    health.check("schema registry", schemas::trouble);
  }

  /** Says that event time is a file's: it is not compared with wall time. */
  public void replay() {
    clocks.replay();
  }

  /** Says that nothing works without a live clock: one that never came is a trouble, too. */
  public void expectClock() {
    expectClock(Monitoring::monotonicMs);
  }

  void expectClock(LongSupplier monotonic) {
    long began = monotonic.getAsLong();
    health.check(
        "first clock",
        () ->
            clocks.isKnown() || monotonic.getAsLong() - began < ClockWatch.LATE_MS
                ? Optional.empty()
                : Optional.of(
                    "no step of the clock for %d s: is there a feed?"
                        .formatted((monotonic.getAsLong() - began) / 1000)));
  }

  /**
   * Watches connectors, and starts again what of them has failed.
   *
   * @param names of the connectors
   */
  public void connectors(ConnectorWatch.Connectors connectors, List<String> names) {
    ConnectorWatch watch = new ConnectorWatch(connectors, names);
    open.push(watch);
    watch.show(registry);
    health.check("connectors", watch::trouble);
    watch.start();
  }

  /**
   * Shows a feed at wall time.
   *
   * @param lastMs its last step, epoch ms; 0 before the first
   * @param trouble what it waits for, if it does
   */
  public void feed(LongSupplier lastMs, Supplier<Optional<String>> trouble, Duration stuckAfter) {
    long began = System.currentTimeMillis();
    LongSupplier age = () -> System.currentTimeMillis() - Math.max(began, lastMs.getAsLong());
    Metric.FEED_AGE.gauge(registry, age, now -> now.getAsLong() / 1000.0);
    health.check(
        "feed",
        () -> {
          Optional<String> waits = trouble.get();
          return waits.isPresent() || age.getAsLong() < stuckAfter.toMillis()
              ? waits
              : Optional.of("its last step was %d s ago".formatted(age.getAsLong() / 1000));
        });
  }

  /** Milliseconds of a clock that does not go back. */
  static long monotonicMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /**
   * Follows how far consumer groups are behind.
   *
   * @param clients client configuration, {@code bootstrap.servers} at least
   */
  public void follow(Map<String, Object> clients, List<String> groups) {
    GroupLag lag = new GroupLag(registry, clients, groups, LAG_EVERY);
    open.push(lag);
    health.check("consumer lag", lag::trouble);
    health.check("consumer standing", lag::standing);
    lag.start();
  }

  /**
   * Shows the stages: threads, clocks, tables, and Kafka's own metrics; they have started.
   *
   * @param accountPartitions partitions of topics keyed by account
   */
  public void stages(StreamsService stages, int accountPartitions) {
    streams(stages.streams());
    ThreadDeaths deaths = stages.deaths();
    for (DeathKind kind : DeathKind.values()) {
      Metric.THREAD_DEATHS.counting(registry, deaths, of -> of.count(kind), kind.name());
    }
    health.check("stage threads", deaths::trouble);
    health.check(
        "stage registry",
        () ->
            stages
                .registryPatience()
                .waitingFor()
                .map(
                    waits ->
                        "a thread has been waiting for the schema registry for %d s"
                            .formatted(waits.toSeconds())));
    StageClocks times = stages.stageClocks();
    watched(
        "stage clocks",
        () -> clocks.followers("stages", times.times(), monotonicMs(), System.currentTimeMillis()));
    for (int partition = 0; partition < accountPartitions; partition++) {
      int each = partition;
      Metric.STAGE_CLOCK.gauge(
          registry,
          times,
          known -> known.times().containsKey(each) ? known.times().get(each) / 1000.0 : Double.NaN,
          Integer.toString(each));
    }
    Metric.STAGE_CLOCK_BEHIND.gauge(
        registry, times, known -> clocks.behindMs(known.times()) / 1000.0);
    TableWatch tables = new TableWatch(stages.globalTables(), lastSeen);
    tables.show(registry);
    watched("global tables", () -> tables.look(monotonicMs()));
  }

  /**
   * Adds a check that has to be asked again and again, whether or not anybody asks for the health.
   */
  private void watched(String name, Supplier<Optional<String>> look) {
    AtomicReference<Optional<String>> last = new AtomicReference<>(Optional.empty());
    var unused =
        watch.scheduleWithFixedDelay(
            () -> last.set(Health.ask(look)), 0, WATCH_EVERY_MS, TimeUnit.MILLISECONDS);
    health.check(name, last::get);
  }

  private void streams(KafkaStreams streams) {
    for (KafkaStreams.State state : KafkaStreams.State.values()) {
      Metric.STREAMS_STATE.gauge(
          registry, streams, now -> now.state() == state ? 1 : 0, state.name());
    }
    KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
    metrics.bindTo(registry);
    open.push(metrics);
    health.check(
        "stages",
        () ->
            streams.state().isRunningOrRebalancing()
                ? Optional.empty()
                : Optional.of("the Streams client is " + streams.state()));
  }

  /** Shows an executor: whether it has its partitions, and why it ended. */
  public void executor(PlanExecutor executor) {
    Metric.EXECUTOR_ASSIGNED.gauge(registry, executor, now -> now.isAssigned() ? 1 : 0);
    for (ExecutorTrouble kind : ExecutorTrouble.values()) {
      Metric.EXECUTOR_TROUBLE.gauge(registry, executor, now -> now.troubles(kind), kind.name());
    }
    Metric.EXECUTOR_CLOCK_BEHIND.gauge(
        registry, executor, now -> clocks.behindMs(now.clocks()) / 1000.0);
    watched(
        "executor clocks",
        () ->
            clocks.followers(
                "executor", executor.clocks(), monotonicMs(), System.currentTimeMillis()));
    health.check(
        "executor",
        () -> {
          if (executor.failure().isPresent()) {
            return executor.failure().map(why -> "it ended: " + why.getMessage());
          }
          return executor.isAssigned()
              ? Optional.empty()
              : Optional.of(
                  "it has no partitions: the broker or registry is unavailable, or it"
                      + " is still starting");
        });
  }

  /** Says that everything has started. */
  public void started() {
    health.started();
  }

  /** Closes everything that was opened here, the endpoint last. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        // Nothing depends on it, and the rest must be closed too.
        LOG.warn("a part of the metrics did not close cleanly", e);
      }
    }
  }
}
