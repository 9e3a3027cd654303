package io.quantumtrader.app.parts;

import io.quantumtrader.agents.Agent;
import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.app.control.ControlTopic;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.executor.ExecutorSettings;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.TopicSettings;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.Tuning;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

/**
 * Builds the parts of the pipeline for one broker and registry. {@code quantum up} and the services
 * of their own take them from here, so that what was tried is what runs.
 */
public final class PipelineParts {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);

  private final Endpoints endpoints;
  private final PartitionCounts counts;

  /**
   * Names the place.
   *
   * @param counts partitions of the topics
   */
  public PipelineParts(Endpoints endpoints, PartitionCounts counts) {
    this.endpoints = endpoints;
    this.counts = counts;
  }

  /** Returns the partition counts of the topics. */
  public PartitionCounts counts() {
    return counts;
  }

  /**
   * Creates what must exist before anything runs: topics, schemas, the default policy and a trading
   * state. Doing it again changes nothing.
   *
   * @param replicationFactor copies of each partition, 1 or more, or -1 for the broker's default
   * @param retentionMs how long records are kept, milliseconds; -1: forever
   * @param nowMs time of records that are written, epoch milliseconds
   * @throws org.apache.kafka.common.KafkaException where broker or registry refuse
   */
  public Registration.Summary register(short replicationFactor, long retentionMs, long nowMs) {
    return register(replicationFactor, retentionMs, Policies.initial(nowMs));
  }

  /**
   * Does the same with a default policy of the caller's.
   *
   * @param initial written where there is no default policy; records that are written carry its
   *     time
   */
  public Registration.Summary register(short replicationFactor, long retentionMs, Policy initial) {
    long nowMs = initial.getCreatedAtMs();
    Map<String, Object> clients = new HashMap<>(endpoints.kafka());
    clients.putAll(endpoints.registry());
    TopicSettings topics =
        new TopicSettings(
            counts, replicationFactor, Map.of("retention.ms", Long.toString(retentionMs)));
    Registration.Summary done = new Registration(clients, topics, ANSWERS_WITHIN).run(initial);
    TradingStateBootstrap.run(new ControlTopic(endpoints.kafka(), endpoints.serdes()), nowMs);
    return done;
  }

  /**
   * Returns the stages, not started.
   *
   * @param tuning what they are tuned for
   * @param overrides Streams configuration, {@code state.dir} at least
   * @param onEnd called with the reason when they end by themselves
   */
  public StreamsService stages(Tuning tuning, Map<String, ?> overrides, Consumer<Throwable> onEnd) {
    StreamsSettings settings = settings(tuning, overrides);
    Topology topology = QuantumTopology.build(endpoints.serdes(), counts, settings.properties());
    return new StreamsService(topology, settings, endpoints.kafka(), onEnd);
  }

  /** Returns what the stages run with. */
  StreamsSettings settings(Tuning tuning, Map<String, ?> overrides) {
    Map<String, Object> given = new HashMap<>(endpoints.kafka());
    given.putAll(overrides);
    return new StreamsSettings(tuning, given);
  }

  /**
   * Returns the executor with the paper exchange, not started.
   *
   * @param instanceId its name among executors that share the work
   */
  public PlanExecutor paperExecutor(PaperSettings paper, String instanceId) {
    return executor(() -> new PaperExchange(paper), settings(instanceId));
  }

  /**
   * Returns the executor, not started.
   *
   * @param exchanges gives the exchange, anew for each start from what is committed
   * @param instanceId its name among executors that share the work
   * @param options how far it goes by itself
   * @param market market of the exchange, as its feed names it; empty where it has none of its own
   */
  public PlanExecutor executor(
      Supplier<? extends Exchange> exchanges,
      String instanceId,
      ExecutorOptions options,
      Optional<String> market) {
    return executor(
        exchanges,
        settings(instanceId)
            .mode(options.mode())
            .closesUnprotected(options.closesUnprotected())
            .adopts(options.adopts())
            .deadMan(options.deadMan())
            .market(market));
  }

  private static PlanExecutor executor(
      Supplier<? extends Exchange> exchanges, ExecutorSettings.Builder settings) {
    return new PlanExecutor(settings.build(), exchanges);
  }

  private ExecutorSettings.Builder settings(String instanceId) {
    return ExecutorSettings.builder(endpoints.bootstrapServers(), endpoints.registry())
        .counts(counts)
        .kafka(endpoints.config().kafka())
        .instanceId(instanceId);
  }

  /** Returns the agent, not started. */
  public Agent agent(AgentSettings settings) {
    return Agent.connect(settings, endpoints.kafka(), endpoints.serdes());
  }
}
