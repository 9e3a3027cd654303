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
import io.quantumtrader.app.feed.lockstep.Pipeline;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
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
          Topic.CONTROL,
          Topic.POLICY,
          Topic.CLOCK,
          Topic.DEAD_LETTER);

  /** What the executor's process reads its counters from. */
  public static final Set<Topic> OF_EXECUTOR = Set.of(Topic.APPLY_RESULT, Topic.CLOCK);

  /** The groups that everything in the pipeline reads with. */
  public static final List<String> GROUPS =
      List.of(
          Pipeline.STREAMS,
          Pipeline.EXECUTOR,
          Pipeline.EXECUTOR_MARKET,
          Pipeline.AGENT,
          "connect-" + LegacyContract.CONNECTOR_NAME);

  private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);
  private static final List<String> KAFKA =
      List.of(
          "kafka.stream.thread.",
          "kafka.stream.alive",
          "kafka.stream.failed",
          "kafka.stream.task.",
          "kafka.consumer.coordinator.");
  private static final Duration LAG_EVERY = Duration.ofSeconds(5);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Health health = new Health();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final MetricsEndpoint endpoint;

  private Monitoring(InetSocketAddress address) throws IOException {
    endpoint = MetricsEndpoint.open(address, registry, health);
    open.push(registry::close);
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
    Set<Topic> all = EnumSet.copyOf(topics);
    CommittedReader reader =
        new CommittedReader(clients, serdes, all, new PipelineMetrics(registry, all));
    open.push(reader);
    health.check("metrics reader", reader::trouble);
    reader.start();
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
    lag.start();
  }

  /** Shows a started Streams client: its state and Kafka's own metrics. */
  public void streams(KafkaStreams streams) {
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
    health.check(
        "executor",
        () -> {
          if (executor.failure().isPresent()) {
            return executor.failure().map(why -> "it ended: " + why.getMessage());
          }
          return executor.isAssigned()
              ? Optional.empty()
              : Optional.of("it has no partitions: broker or registry away, or starting");
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
