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
import io.quantumtrader.replay.log.TopicValues;
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
import io.quantumtrader.topology.KnownInputs;
import io.quantumtrader.topology.MarketKernel;
import io.quantumtrader.topology.QuantumTopology;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.Topology;

/**
 * The pipeline over topics in memory, in the thread that calls: the topology as it is built for a
 * broker, the executor's own session, the paper exchange and the agent. What is put in is followed
 * by {@link #settle} until nothing is left to do.
 */
public final class MemoryPipeline implements AutoCloseable {

  private final Optional<ExecutorDiary> diary;
  private final RecordLog log;
  private final String registryAddress;
  private final RecordSerdes serdes;
  private final InputsOfTasks inputs;
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
    this(setup, listener, Optional.empty(), Optional.empty());
  }

  /**
   * Creates one that can be {@link #saved}: everything that its executor is given stays in memory.
   */
  public static MemoryPipeline savable(PipelineSetup setup, RecordLog.Listener listener) {
    return new MemoryPipeline(setup, listener, Optional.empty(), Optional.of(new ExecutorDiary()));
  }

  /**
   * Creates one that goes on from where another one had come to, and can be saved again.
   *
   * @param setup as that of the other one; policies, trading states and their time are not looked
   *     at: they are in what was saved
   * @param listener hears of each record from then on
   * @throws IllegalStateException where this executor does not come to what was saved
   */
  public static MemoryPipeline resumed(
      PipelineSetup setup, SavedPipeline saved, RecordLog.Listener listener) {
    return new MemoryPipeline(setup, listener, Optional.of(saved), Optional.of(saved.diary()));
  }

  private MemoryPipeline(
      PipelineSetup setup,
      RecordLog.Listener listener,
      Optional<SavedPipeline> saved,
      Optional<ExecutorDiary> diary) {
    this.diary = diary;
    log = RecordLog.ofCatalog(setup.counts());
    log.listen(this::note);
    registryAddress = MemoryScheme.begin(UUID.randomUUID().toString());
    Map<String, Object> registry = Map.of(SerdeConfig.REGISTRY_URL, registryAddress);
    serdes = new RecordSerdes(registry);
    Registration.register(serdes.registry(), Subjects.all(), Compatibility.FULL_TRANSITIVE);
    ExecutorSettings settings =
        ExecutorSettings.builder(MemoryStreams.NO_BROKER, registry)
            .counts(setup.counts())
            .polls(Duration.ZERO, Duration.ZERO)
            .build();
    executorClients = new MemoryClients(log);
    if (saved.isPresent()) {
      executor = rebuilt(settings, setup, saved.get());
      listen(listener);
    } else {
      listen(listener);
      begin(setup);
      diary.ifPresent(ExecutorDiary::turn);
      executor = new SteppedExecutor(settings, new PaperExchange(setup.paper()), executorClients);
    }
    inputs = new InputsOfTasks(saved.map(SavedPipeline::inputs).orElse(Map.of()));
    stages = stages(setup, saved);
    agentReads = new LogConsumer(log, AgentSettings.GROUP);
    agent = setup.agent().map(each -> agent(each, saved)).orElse(null);
    feed = new FeedOutput(new LogProducer(log, ""), serdes, setup.counts().account());
    saved.ifPresent(from -> requireSame(from.ends(), log.ends(), "the topics"));
  }

  private void listen(RecordLog.Listener listener) {
    diary.ifPresent(log::listen);
    log.listen(listener);
  }

  private void begin(PipelineSetup setup) {
    setup
        .policies()
        .forEach((key, row) -> put(Topic.POLICY, Policy.class, key, row, setup.beginMs()));
    setup.controls().forEach(row -> put(row, setup.beginMs()));
  }

  /**
   * Gives an executor all that another one was given, and forgets what it writes: that is known.
   */
  private SteppedExecutor rebuilt(
      ExecutorSettings settings, PipelineSetup setup, SavedPipeline saved) {
    SteppedExecutor made = null;
    for (ExecutorDiary.Turn turn : saved.diary().turns()) {
      ExecutorDiary.give(turn, log);
      if (made == null) {
        made = new SteppedExecutor(settings, new PaperExchange(setup.paper()), executorClients);
      } else {
        made.step();
      }
      log.trim();
    }
    ExecutorDiary.give(saved.diary().rest(), log);
    for (Topic topic : List.of(Topic.EXCHANGE_ACCOUNT, Topic.INSTRUMENT)) {
      requireSame(
          texts(saved.compacted().get(topic)), texts(compacted.get(topic)), topic.topicName());
    }
    compacted.clear();
    saved
        .compacted()
        .forEach((topic, rows) -> rows.forEach((key, value) -> rows(topic).put(key, value)));
    log.skipTo(saved.ends());
    return made;
  }

  private static Map<String, String> texts(Map<byte[], byte[]> rows) {
    Map<String, String> texts = new HashMap<>();
    if (rows != null) {
      HexFormat hex = HexFormat.of();
      rows.forEach((key, value) -> texts.put(hex.formatHex(key), hex.formatHex(value)));
    }
    return texts;
  }

  private static void requireSame(Object saved, Object now, String what) {
    if (!saved.equals(now)) {
      throw new IllegalStateException(what + " are not as they were saved");
    }
  }

  private Stages stages(PipelineSetup setup, Optional<SavedPipeline> saved) {
    Map<String, Object> more = new HashMap<>();
    setup.kernel().ifPresent(kernel -> more.put(MarketKernel.SETTING, kernel));
    more.put(KnownInputs.SETTING, inputs);
    Properties configuration = MemoryStreams.configuration(log, more);
    Topology topology = QuantumTopology.build(serdes, setup.counts(), configuration);
    return saved
        .map(from -> Stages.resumed(topology, configuration, log, WallClock.SYSTEM, from.stages()))
        .orElseGet(() -> new Stages(topology, configuration, log, WallClock.SYSTEM));
  }

  private AgentLoop agent(AgentSettings settings, Optional<SavedPipeline> saved) {
    LogProducer writes = new LogProducer(log, "");
    if (saved.isEmpty()) {
      return AgentLoop.fromNothing(settings, agentReads, writes, serdes);
    }
    return AgentLoop.resumed(
        settings, saved.get().agent().orElseThrow(), agentReads, writes, serdes);
  }

  /**
   * Returns what another one goes on from; rows are views, to be used before anything else is done.
   * Everything must have been done: to be called after {@link #settle}.
   *
   * @throws IllegalStateException where this one cannot be saved
   */
  public SavedPipeline saved() {
    return new SavedPipeline(
        log.ends(),
        compacted,
        stages.saved(),
        inputs.texts(),
        diary.orElseThrow(() -> new IllegalStateException("it did not keep what it needs")),
        Optional.ofNullable(agent).map(AgentLoop::memory));
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

  /** Returns the rows of a compacted topic as they are now, by key; those that can be read. */
  public <T extends SpecificRecord> Map<String, T> rows(Topic topic, Class<T> type) {
    TopicValues values = new TopicValues(serdes);
    Map<String, T> found = new TreeMap<>();
    rows(topic)
        .forEach(
            (key, value) ->
                values
                    .read(topic, value)
                    .ifPresent(row -> found.put(new String(key, UTF_8), type.cast(row))));
    return found;
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
    if (entry.value() == null) {
      rows(topic).remove(entry.key());
    } else {
      rows(topic).put(entry.key(), entry.value());
    }
  }

  private NavigableMap<byte[], byte[]> rows(Topic topic) {
    return compacted.computeIfAbsent(topic, any -> new TreeMap<>(Arrays::compareUnsigned));
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
   * Puts a policy in, as an operator sets it; it is there before whatever comes next.
   *
   * @param key {@code default}, or an account
   * @param atMs time of the record, epoch milliseconds UTC
   */
  public void put(String key, Policy row, long atMs) {
    put(Topic.POLICY, Policy.class, key, row, atMs);
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
        diary.ifPresent(ExecutorDiary::turn);
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
