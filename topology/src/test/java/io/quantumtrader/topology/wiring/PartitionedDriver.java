package io.quantumtrader.topology.wiring;

import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.live.NodeMeters;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.internals.StreamsProducer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology in the test driver, as the task of partition 0 of topics that have as many
 * partitions as the counts say. The driver itself knows topics of one partition only, where every
 * partitioner gives 0 and none is missed; here the producer is one that knows the counts, and that
 * keeps every record in the order in which it was sent, with the partition that the sink named.
 *
 * <p>A restart is one over the changelogs: the next driver begins with what was written to them and
 * with the records of the global tables, and with nothing else.
 */
final class PartitionedDriver implements AutoCloseable {

  private static final String CHANGELOG = "-changelog";
  private static final Set<String> GLOBAL_TOPICS =
      Set.of(
          Topic.MARKET_STATE.topicName(),
          Topic.INSTRUMENT.topicName(),
          Topic.UNIVERSE.topicName(),
          Topic.POLICY.topicName(),
          Topic.CONTROL.topicName());
  private static final Set<String> GLOBAL_TABLES =
      Set.of(
          Names.MARKET_STATE_TABLE,
          Names.INSTRUMENT_TABLE,
          Names.UNIVERSE_TABLE,
          Names.POLICY_TABLE,
          Names.CONTROL_TABLE);

  /** Knows the partitions of every topic and keeps what is sent. */
  private final class Broker extends MockProducer<byte[], byte[]> {

    Broker() {
      super(Cluster.empty(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
      return IntStream.range(0, countOf(topic))
          .mapToObj(partition -> new PartitionInfo(topic, partition, null, null, null))
          .toList();
    }

    /** What the driver reads again where a topic is a source too: only what its task would get. */
    @Override
    public synchronized List<ProducerRecord<byte[], byte[]>> history() {
      return super.history().stream()
          .filter(
              record ->
                  !record.topic().equals(Topic.TRADE_INTENT.topicName())
                      || Integer.valueOf(0).equals(record.partition()))
          .toList();
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      written.add(record);
      if (GLOBAL_TOPICS.contains(record.topic())) {
        globalRows.add(record);
      }
      return super.send(record, callback);
    }
  }

  private final Path directory;
  private final RecordSerdes serdes;
  private final PartitionCounts builtFor;
  private final PartitionCounts counts;
  private final List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> globalRows = new ArrayList<>();
  private TopologyTestDriver driver;
  private NodeMeters meters;

  /**
   * Starts the topology.
   *
   * @param directory where its stores are, each start in a directory of its own
   * @param builtFor the counts that the topology is built with: by them a stage tells whether a
   *     record lies in the right partition
   * @param counts the counts that the producer finds, by which a sink partitions
   */
  PartitionedDriver(
      Path directory,
      RecordSerdes serdes,
      PartitionCounts builtFor,
      PartitionCounts counts,
      long nowMs) {
    this.directory = directory;
    this.serdes = serdes;
    this.builtFor = builtFor;
    this.counts = counts;
    this.driver = start(nowMs);
  }

  private TopologyTestDriver start(long nowMs) {
    StreamsSettings settings =
        new StreamsSettings(
            Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:0",
                StreamsConfig.STATE_DIR_CONFIG,
                directory.resolve(UUID.randomUUID().toString()).toString(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.AT_LEAST_ONCE));
    meters = settings.meters();
    TopologyTestDriver started =
        new TopologyTestDriver(
            QuantumTopology.build(serdes, builtFor, settings.properties()),
            settings.properties(),
            Instant.ofEpochMilli(nowMs));
    Broker broker = new Broker();
    set(TopologyTestDriver.class, started, "producer", broker);
    set(StreamsProducer.class, get(started, "testDriverProducer"), "producer", broker);
    return started;
  }

  private static void set(Class<?> type, Object owner, String name, Object value) {
    try {
      field(type, name).set(owner, value);
    } catch (IllegalAccessException closed) {
      throw new LinkageError(type.getSimpleName() + " keeps its " + name + " closed", closed);
    }
  }

  private static Object get(TopologyTestDriver driver, String name) {
    try {
      return field(TopologyTestDriver.class, name).get(driver);
    } catch (IllegalAccessException closed) {
      throw new LinkageError("the test driver keeps its " + name + " closed", closed);
    }
  }

  private static Field field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException changed) {
      throw new LinkageError(type.getSimpleName() + " of this Kafka has no " + name, changed);
    }
  }

  /** Returns how many partitions a topic has, those of the topology's own included. */
  int countOf(String topic) {
    return Topic.named(topic)
        .map(known -> counts.of(known.group()))
        .orElseGet(() -> topic.contains("-by-symbol-") ? counts.symbol() : 1);
  }

  void pipe(String topic, byte[] key, byte[] value, long timeMs) {
    if (GLOBAL_TOPICS.contains(topic)) {
      globalRows.add(new ProducerRecord<>(topic, null, timeMs, key, value));
    }
    pipeInto(topic, key, value, timeMs);
  }

  /** Pipes a record as a producer of any language may write it: any key, any headers. */
  void pipe(String topic, TestRecord<byte[], byte[]> record) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(record);
  }

  private void pipeInto(String topic, byte[] key, byte[] value, long timeMs) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(timeMs)));
  }

  /** Returns what the stages measured since the last start. */
  NodeMeters meters() {
    return meters;
  }

  /** Returns how many records were written to a topic, a repartition topic without its prefix. */
  long writtenTo(String topic) {
    String internal = StreamsSettings.APPLICATION_ID + "-" + topic;
    return written.stream()
        .filter(record -> record.topic().equals(topic) || record.topic().equals(internal))
        .count();
  }

  /** Returns how many records were sent so far. */
  int sent() {
    return written.size();
  }

  /** Returns what was sent after the first so many records, changelogs left out. */
  List<ProducerRecord<byte[], byte[]>> sentAfter(int count) {
    return written.subList(count, written.size()).stream()
        .filter(record -> !record.topic().endsWith(CHANGELOG))
        .toList();
  }

  /** Returns all that was sent, changelogs too. */
  List<ProducerRecord<byte[], byte[]>> allSent() {
    return List.copyOf(written);
  }

  /** Ends the task and starts the next one, which finds the changelogs and the global tables. */
  void restart(long nowMs) {
    driver.close();
    driver = start(nowMs);
    for (String name : storeNames()) {
      KeyValueStore<Bytes, byte[]> store = bytes(driver.getAllStateStores().get(name));
      String changelog = StreamsSettings.APPLICATION_ID + "-" + name + CHANGELOG;
      for (ProducerRecord<byte[], byte[]> record : written) {
        if (record.topic().equals(changelog)) {
          store.put(Bytes.wrap(record.key()), record.value());
        }
      }
    }
    for (ProducerRecord<byte[], byte[]> row : List.copyOf(globalRows)) {
      pipeInto(row.topic(), row.key(), row.value(), row.timestamp());
    }
  }

  /**
   * Returns the stores of the task, the global tables left out, and what lies beside the stores.
   */
  Set<String> storeNames() {
    Set<String> names = new TreeSet<>(driver.getAllStateStores().keySet());
    names.removeAll(GLOBAL_TABLES);
    names.removeAll(Set.of(Names.ACCOUNT_STATE, Names.SYMBOL_STATE));
    return names;
  }

  /** Returns what lies in a store: keys as text, values as bytes in hexadecimal. */
  Map<String, String> rows(String storeName) {
    Map<String, String> rows = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> all =
        bytes(driver.getAllStateStores().get(storeName)).all()) {
      all.forEachRemaining(
          row -> rows.put(row.key.toString(), java.util.HexFormat.of().formatHex(row.value)));
    }
    return rows;
  }

  @SuppressWarnings("unchecked") // what lies at the bottom of a store holds bytes
  private static KeyValueStore<Bytes, byte[]> bytes(StateStore store) {
    StateStore inner = store;
    while (inner instanceof WrappedStateStore<?, ?, ?> wrapped) {
      inner = wrapped.wrapped();
    }
    return (KeyValueStore<Bytes, byte[]>) inner;
  }

  @Override
  public void close() {
    driver.close();
  }
}
