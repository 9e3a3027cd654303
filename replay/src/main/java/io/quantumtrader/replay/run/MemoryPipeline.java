package io.quantumtrader.replay.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.agents.AgentLoop;
import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.execution.executor.ExecutorSettings;
import io.quantumtrader.execution.executor.SteppedExecutor;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.market.FeedOutput;
import io.quantumtrader.market.lockstep.StepBarrier;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.hash.StateRows;
import io.quantumtrader.replay.log.LogConsumer;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.LogPartition;
import io.quantumtrader.replay.log.LogProducer;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.stages.Stages;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.serde.SerdeConfig;
import io.quantumtrader.schemas.serde.Subjects;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.time.WallClock;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.MarketKernel;
import io.quantumtrader.topology.QuantumTopology;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * The pipeline over topics in memory, in the thread that calls: the topology as it is built for a
 * broker, the executor's own session, the paper exchange and the agent. What is put in is followed
 * by {@link #settle} until nothing is left to do.
 */
public final class MemoryPipeline implements AutoCloseable {

  private final RecordLog log;
  private final String registryAddress;
  private final RecordSerdes serdes;
  private final Stages stages;
  private final SteppedExecutor executor;
  private final Map<Topic, NavigableMap<byte[], byte[]>> compacted = new EnumMap<>(Topic.class);
  private final MemoryClients executorClients;
  private final LogConsumer agentReads;
  private final AgentLoop agent;
  private final FeedOutput feed;

  /**
   * Creates it, with what it begins with on its topics; nothing of that is processed before {@link
   * #settle}.
   *
   * @param listener hears of each record on every topic, from the first on
   */
  public MemoryPipeline(PipelineSetup setup, RecordLog.Listener listener) {
    log = RecordLog.ofCatalog(setup.counts());
    log.listen(this::note);
    log.listen(listener);
    registryAddress = MemoryScheme.begin(UUID.randomUUID().toString());
    Map<String, Object> registry = Map.of(SerdeConfig.REGISTRY_URL, registryAddress);
    serdes = new RecordSerdes(registry);
    Registration.register(serdes.registry(), Subjects.all(), Compatibility.FULL_TRANSITIVE);
    setup
        .policies()
        .forEach((key, row) -> put(Topic.POLICY, Policy.class, key, row, setup.beginMs()));
    setup.controls().forEach(row -> put(row, setup.beginMs()));
    Map<String, Object> more = new HashMap<>();
    setup.kernel().ifPresent(kernel -> more.put(MarketKernel.SETTING, kernel));
    Properties configuration = MemoryStreams.configuration(log, more);
    stages =
        new Stages(
            QuantumTopology.build(serdes, setup.counts(), configuration),
            configuration,
            log,
            WallClock.SYSTEM);
    ExecutorSettings settings =
        ExecutorSettings.builder(MemoryStreams.NO_BROKER, registry)
            .counts(setup.counts())
            .polls(Duration.ZERO, Duration.ZERO)
            .build();
    executorClients = new MemoryClients(log);
    executor = new SteppedExecutor(settings, new PaperExchange(setup.paper()), executorClients);
    agentReads = new LogConsumer(log, AgentSettings.GROUP);
    agent =
        setup
            .agent()
            .map(each -> AgentLoop.fromNothing(each, agentReads, new LogProducer(log, ""), serdes))
            .orElse(null);
    feed = new FeedOutput(new LogProducer(log, ""), serdes, setup.counts().account());
  }

  private <T extends SpecificRecord> void put(
      Topic topic, Class<T> type, String key, T row, long atMs) {
    byte[] value = serdes.of(type).serializer().serialize(topic.topicName(), row);
    log.append(new ProducerRecord<>(topic.topicName(), null, atMs, key.getBytes(UTF_8), value));
  }

  /** Returns where the feed writes. */
  public FeedOutput feed() {
    return feed;
  }

  /** Returns the topics. */
  public RecordLog log() {
    return log;
  }

  /** Returns the serdes of what lies on the topics. */
  public RecordSerdes serdes() {
    return serdes;
  }

  /** Returns the digest of all that decides, as it is now. */
  public StateHash stateHash() {
    StateRows rows = new StateRows();
    stages.rows(rows);
    compacted.forEach((topic, of) -> of.forEach((key, value) -> rows.topic(topic, key, value)));
    return StateHash.of(rows);
  }

  /** Notes the last row of each key of the compacted topics, which the log itself drops. */
  private void note(TopicPartition partition, LogEntry entry) {
    Topic topic = Topic.named(partition.topic()).orElse(null);
    if (topic == null || topic.cleanup() != Topic.Cleanup.COMPACT || entry.key() == null) {
      return;
    }
    NavigableMap<byte[], byte[]> of =
        compacted.computeIfAbsent(topic, any -> new TreeMap<>(Arrays::compareUnsigned));
    if (entry.value() == null) {
      of.remove(entry.key());
    } else {
      of.put(entry.key(), entry.value());
    }
  }

  /**
   * Puts a trading state in, as an operator sets it.
   *
   * @param atMs time of the record, epoch milliseconds UTC
   */
  public void put(Control row, long atMs) {
    put(Topic.CONTROL, Control.class, row.getAccount(), row, atMs);
  }

  /**
   * Puts a record in as it is.
   *
   * @param timestampMs its time, epoch milliseconds UTC
   * @param key its key; null for none
   * @param value its bytes; null for a tombstone
   * @throws IllegalArgumentException where there is no such partition
   */
  public void put(TopicPartition to, long timestampMs, byte[] key, byte[] value, Header[] headers) {
    List<LogPartition> of = log.partitions(to.topic());
    if (to.partition() >= of.size()) {
      throw new IllegalArgumentException("there is no partition " + to);
    }
    log.append(of.get(to.partition()), timestampMs, key, value, headers);
  }

  /** Returns what a feed waits at. */
  public StepBarrier barrier() {
    return this::settle;
  }

  private boolean settle(String wait, Stop stop) throws InterruptedException {
    settle();
    return !stop.isRequested();
  }

  /** Does all that follows from what was put in. */
  public void settle() throws InterruptedException {
    boolean any = true;
    while (any) {
      any = false;
      while (stages.run()) {
        any = true;
      }
      while (executorClients.hasNews()) {
        executor.step();
        any = true;
      }
      while (agent != null && agentReads.hasNews()) {
        agent.step(Duration.ZERO);
        any = true;
      }
    }
    log.trim();
  }

  @Override
  public void close() {
    feed.close();
    if (agent != null) {
      agent.close();
    }
    executor.close();
    stages.close();
    serdes.close();
    MemoryScheme.end(registryAddress);
  }
}
