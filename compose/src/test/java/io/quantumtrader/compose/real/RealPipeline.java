package io.quantumtrader.compose.real;

import io.quantumtrader.app.parts.PipelineReaders;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.compose.Stack;
import io.quantumtrader.compose.testing.SharedStack;
import io.quantumtrader.market.lockstep.AdminOffsets;
import io.quantumtrader.market.lockstep.Drain;
import io.quantumtrader.market.lockstep.Lockstep;
import io.quantumtrader.market.lockstep.LockstepSettings;
import io.quantumtrader.market.lockstep.Pipeline;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.serde.RegistryPatience;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicSettings;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.failure.ThreadDeaths;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The catalog's topics, made anew on the shared stack, and the stages on them. The topics have
 * fixed names, so only one of these may be open at a time; closing it deletes them.
 */
final class RealPipeline implements AutoCloseable {

  static final PartitionCounts COUNTS = PartitionCounts.DEFAULT;

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** Looks into gaps soon: after a few records they hold nothing but marks. */
  private static final LockstepSettings EAGER =
      new LockstepSettings(
          LockstepSettings.DEFAULT.stall(),
          LockstepSettings.DEFAULT.limit(),
          LockstepSettings.DEFAULT.shortestPause(),
          LockstepSettings.DEFAULT.longestPause(),
          Duration.ofMillis(100));

  private final Stack stack = SharedStack.get();
  private final Map<String, Object> clients;
  private final RecordSerdes serdes;
  private final String applicationId =
      "quantum-test-" + UUID.randomUUID().toString().substring(0, 8);
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
  private final KafkaProducer<byte[], byte[]> producer;
  private final AdminOffsets offsets;
  private final TopicFollower tables;
  private final Lockstep lockstep;
  private KafkaStreams streams;
  private StreamsSettings settings;

  private RealPipeline(String registryUrl) {
    clients =
        Map.of("bootstrap.servers", stack.bootstrapServers(), "schema.registry.url", registryUrl);
    serdes = new RecordSerdes(clients);
    deleteTopics();
    new Registration(
            clients, new TopicSettings(COUNTS, (short) 1, Map.of("retention.ms", "-1")), TIMEOUT)
        .run(1);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers(), "linger.ms", "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    offsets = new AdminOffsets(Map.of("bootstrap.servers", stack.bootstrapServers()));
    tables =
        new TopicFollower(
            stack.bootstrapServers(),
            List.of(
                Topic.MARKET_STATE, Topic.INSTRUMENT, Topic.UNIVERSE, Topic.POLICY, Topic.CONTROL));
    lockstep = lockstep();
  }

  /** Opens it with empty topics, schemas and the default policy; the stages do not run yet. */
  static RealPipeline fresh() {
    return freshWithRegistryAt(SharedStack.get().schemaRegistryUrl());
  }

  /** Opens it with a registry of the test's own, which the test may stop. */
  static RealPipeline freshWithRegistryAt(String url) {
    return new RealPipeline(url);
  }

  Stack stack() {
    return stack;
  }

  /** The options that lead a command to its servers. */
  List<String> whereItIs() {
    return List.of(
        "--bootstrap-servers",
        stack.bootstrapServers(),
        "--schema-registry",
        stack.schemaRegistryUrl());
  }

  /** Runs a command of {@code quantum} on it. */
  CommandRun run(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.addAll(whereItIs());
    return CommandRun.of(words.toArray());
  }

  /** How many threads of the stages have died and been replaced; each undid a transaction. */
  long failedThreads() {
    return streams.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("failed-stream-threads"))
        .mapToLong(metric -> ((Number) metric.metricValue()).longValue())
        .sum();
  }

  /** What was done about the threads that died. */
  ThreadDeaths threadDeaths() {
    return settings.threadDeaths();
  }

  /** How the stages wait for their registry. */
  RegistryPatience registryPatience() {
    return settings.registryPatience();
  }

  Admin admin() {
    return admin;
  }

  RecordSerdes serdes() {
    return serdes;
  }

  String applicationId() {
    return applicationId;
  }

  /** Starts the stages in this process and waits until they run. */
  RealPipeline startStages() throws InterruptedException {
    return startStages(Map.of());
  }

  /** Starts the stages with more Streams configuration, and waits until they run. */
  RealPipeline startStages(Map<String, Object> more) throws InterruptedException {
    Map<String, Object> overrides = new HashMap<>(more);
    overrides.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    overrides.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers());
    overrides.put(StreamsConfig.STATE_DIR_CONFIG, stack.directory(applicationId).toString());
    settings = new StreamsSettings(overrides);
    streams =
        new KafkaStreams(
            QuantumTopology.build(serdes, COUNTS, settings.properties()), settings.properties());
    streams.setUncaughtExceptionHandler(settings.threadDeaths());
    streams.start();
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (streams.state() != KafkaStreams.State.RUNNING) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the stages are " + streams.state());
      }
      Thread.sleep(20);
    }
    return this;
  }

  /** Returns the Streams client that runs the stages. */
  KafkaStreams streams() {
    return streams;
  }

  /** Sends bytes as they are, readable or not. */
  void sendBytes(Topic topic, String key, byte[] value, long timestamp) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic.topicName(), partition(topic, key), timestamp, utf8(key), value));
  }

  /** Sends one record; its key decides the partition as the catalog says. */
  void send(Topic topic, String key, SpecificRecord value, long timestamp) {
    byte[] bytes = serialize(topic, value);
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic.topicName(), partition(topic, key), timestamp, utf8(key), bytes));
  }

  /** Sends a tombstone. */
  void forget(Topic topic, String key) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic.topicName(), partition(topic, key), utf8(key), null));
    producer.flush();
  }

  /** Sends a step of the clock to every account partition. */
  void clock(long nowMs) {
    for (int partition = 0; partition < COUNTS.account(); partition++) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  Topic.CLOCK.topicName(),
                  partition,
                  nowMs,
                  utf8(Integer.toString(partition)),
                  serialize(Topic.CLOCK, Records.clock(nowMs, partition))));
    }
    producer.flush();
  }

  byte[] serialize(Topic topic, SpecificRecord value) {
    return Records.serialize(serdes, topic, value);
  }

  void flush() {
    producer.flush();
  }

  /** Waits until the stages have done everything that follows from what was sent. */
  void settle() throws InterruptedException {
    producer.flush();
    lockstep.await("in a test", new Stop());
  }

  /** One for all waits: it remembers the gaps that hold nothing but marks of transactions. */
  private Lockstep lockstep() {
    Set<String> read =
        PipelineReaders.withTopology(Pipeline.ofCatalog())
            .readers()
            .getOrDefault(PipelineReaders.STREAMS, Set.of())
            .stream()
            .map(topic -> topic.replace(PipelineReaders.STREAMS + "-", applicationId + "-"))
            .collect(Collectors.toSet());
    Pipeline readBy = Pipeline.ofCatalog().with(applicationId, read);
    return new Lockstep(new Drain(readBy, offsets, this::tablesCurrent), EAGER);
  }

  private boolean tablesCurrent() {
    return settings == null
        || tables.lastOffsets().entrySet().stream()
            .allMatch(
                last ->
                    settings.globalTables().lastApplied(last.getKey()).orElse(-1)
                        >= last.getValue());
  }

  /** Returns every committed value of a topic, partition by partition, tombstones left out. */
  <T extends SpecificRecord> List<T> values(Topic topic, Class<T> type) {
    return read(topic).stream()
        .filter(record -> record.value() != null)
        .map(record -> serdes.of(type).deserializer().deserialize(record.topic(), record.value()))
        .toList();
  }

  /** Returns the last committed value of each key; tombstones take keys away. */
  <T extends SpecificRecord> Map<String, T> table(Topic topic, Class<T> type) {
    Map<String, T> rows = new java.util.TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      if (record.value() == null) {
        rows.remove(key);
      } else {
        rows.put(key, serdes.of(type).deserializer().deserialize(record.topic(), record.value()));
      }
    }
    return rows;
  }

  /** Returns how many committed records a topic has, marks of transactions included. */
  long count(Topic topic) throws InterruptedException {
    return offsets
        .ends(Set.of(topic.topicName()), org.apache.kafka.common.IsolationLevel.READ_COMMITTED)
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Returns every committed record of a topic, partition by partition. */
  List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicFollower tail = new TopicFollower(stack.bootstrapServers(), List.of(topic))) {
      tail.read(records::add);
    }
    return records;
  }

  private static Integer partition(Topic topic, String key) {
    return topic.group() == PartitionGroup.ACCOUNT
        ? Accounts.partitionOf(Accounts.accountOf(key), COUNTS.account())
        : null;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void deleteTopics() {
    Set<String> ours =
        Arrays.stream(Topic.values()).map(Topic::topicName).collect(Collectors.toSet());
    long end = System.nanoTime() + TIMEOUT.toNanos();
    try {
      while (true) {
        Set<String> there =
            admin.listTopics().names().get(30, TimeUnit.SECONDS).stream()
                .filter(name -> ours.contains(name) || name.startsWith("quantum-"))
                .collect(Collectors.toSet());
        if (there.isEmpty()) {
          return;
        }
        if (System.nanoTime() > end) {
          throw new IllegalStateException("topics do not go away: " + there);
        }
        // One that is gone already makes the call fail; the next look tells what is left.
        admin
            .deleteTopics(there)
            .all()
            .toCompletionStage()
            .toCompletableFuture()
            .exceptionally(e -> null)
            .join();
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the broker does not list its topics", e);
    }
  }

  @Override
  public void close() {
    if (streams != null) {
      settings.threadDeaths().stop();
      settings.registryPatience().stop();
      streams.close(Duration.ofSeconds(20));
    }
    producer.close(Duration.ofSeconds(5));
    tables.close();
    offsets.close();
    deleteTopics();
    admin.close(Duration.ofSeconds(5));
  }
}
