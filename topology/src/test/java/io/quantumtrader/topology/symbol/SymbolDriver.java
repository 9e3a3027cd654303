package io.quantumtrader.topology.symbol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.GlobalTables;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.decision.market.Marks;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The symbol sub-topology in the test driver; ledger rows come from their topic. */
final class SymbolDriver implements AutoCloseable {

  private static final String LEDGER_SOURCE = "ledger-source";
  private static final String VIEWS = "views-in";

  private final RecordSerdes serdes;
  private final Topology topology;
  private final TopologyTestDriver driver;

  /**
   * Opens the sub-topology.
   *
   * @param stateDirectory where its stores are, in a directory of their own
   * @param registry name of the registry in memory
   */
  SymbolDriver(Path stateDirectory, String registry) {
    serdes = new RecordSerdes(Map.of("schema.registry.url", "mock://" + registry));
    StreamsSettings settings =
        new StreamsSettings(
            Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:0",
                StreamsConfig.STATE_DIR_CONFIG,
                stateDirectory.resolve(UUID.randomUUID().toString()).toString()));
    StreamsBuilder builder = new StreamsBuilder();
    GlobalTables.add(builder, serdes, settings.globalTables());
    KStream<String, PositionLedger> ledgers =
        builder.stream(
            Topic.POSITION_LEDGER.topicName(),
            Consumed.with(Serdes.String(), serdes.of(PositionLedger.class))
                .withName(LEDGER_SOURCE));
    KStream<String, ExchangeView> views =
        builder.stream(
            VIEWS,
            Consumed.with(Serdes.String(), serdes.of(ExchangeView.class)).withName("view-source"));
    SymbolTopology symbol = new SymbolTopology(serdes, new PartitionCounts(1, 1));
    symbol
        .begin(builder, ledgers, views)
        .to(
            "states-out",
            Produced.with(Serdes.String(), serdes.of(MarketState.class))
                .withName(Names.UNIVERSE_STATE_REPARTITION));
    topology = builder.build(settings.properties());
    symbol.complete(topology);
    driver = new TopologyTestDriver(topology, settings.properties(), Instant.EPOCH);
  }

  /**
   * Closes this driver and returns one that starts with the rows of its stores and nothing else, as
   * a task does that was restored from its changelogs. (The driver empties its directory on close.)
   */
  SymbolDriver restarted(Path stateDirectory, String registry) {
    SymbolDriver next = new SymbolDriver(stateDirectory, registry);
    for (String name : SymbolSubtopologyTest.STORES) {
      copy(driver.getKeyValueStore(name), next.driver.getKeyValueStore(name));
    }
    close();
    return next;
  }

  private static <V> void copy(KeyValueStore<String, V> from, KeyValueStore<String, V> to) {
    try (KeyValueIterator<String, V> rows = from.all()) {
      rows.forEachRemaining(row -> to.put(row.key, row.value));
    }
  }

  Topology topology() {
    return topology;
  }

  void policy(Policy policy) {
    send(Topic.POLICY, Policy.class, policy.getName(), policy, 0);
  }

  void instrument(Instrument instrument) {
    send(Topic.INSTRUMENT, Instrument.class, instrument.getSymbol(), instrument, 0);
  }

  void candle(Candle candle) {
    candle(candle.getSymbol(), candle, candle.getOpenTimeMs() + candle.getIntervalMs());
  }

  void candle(String key, Candle candle, long timeMs) {
    send(Topic.CANDLE, Candle.class, key, candle, timeMs);
  }

  /** Sends a price between candles. */
  void mark(String symbol, String price, long atMs) {
    mark(Marks.at(symbol, price, atMs), new RecordHeaders());
  }

  void mark(Candle mark, Headers headers) {
    driver
        .createInputTopic(
            Topic.MARK.topicName(), new StringSerializer(), serdes.of(Candle.class).serializer())
        .pipeInput(
            new TestRecord<>(
                mark.getSymbol(), mark, headers, mark.getOpenTimeMs() + mark.getIntervalMs()));
  }

  /** Sends bytes that are no mark. */
  void unreadableMark(String symbol) {
    driver
        .createInputTopic(Topic.MARK.topicName(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(symbol, new byte[] {9, 9});
  }

  void ledger(PositionLedger row) {
    String key = Accounts.key(row.getAccount(), row.getSymbol());
    send(Topic.POSITION_LEDGER, PositionLedger.class, key, row, row.getUpdatedAtMs());
  }

  /** Has the exchange say something new of a position. */
  void view(String key, ExchangeView view, long timeMs) {
    driver
        .createInputTopic(VIEWS, new StringSerializer(), serdes.of(ExchangeView.class).serializer())
        .pipeInput(key, view, timeMs);
  }

  void noLedger(String key) {
    send(Topic.POSITION_LEDGER, PositionLedger.class, key, null, 0);
  }

  private <V extends SpecificRecord> void send(
      Topic topic, Class<V> type, String key, V value, long timeMs) {
    driver
        .createInputTopic(topic.topicName(), new StringSerializer(), serdes.of(type).serializer())
        .pipeInput(key, value, timeMs);
  }

  List<TestRecord<String, MarketState>> states() {
    return records(Topic.MARKET_STATE, MarketState.class);
  }

  List<TestRecord<String, PositionSnapshot>> snapshots() {
    return records(Topic.POSITION_SNAPSHOT, PositionSnapshot.class);
  }

  List<TestRecord<String, HarvestProposal>> proposals() {
    return records(Topic.HARVEST_PROPOSAL, HarvestProposal.class);
  }

  List<TestRecord<String, Decision>> decisions() {
    return records(Topic.DECISION, Decision.class);
  }

  List<String> codes() {
    return decisions().stream().map(record -> record.value().getCode()).toList();
  }

  private <V extends SpecificRecord> List<TestRecord<String, V>> records(
      Topic topic, Class<V> type) {
    return driver
        .createOutputTopic(
            topic.topicName(), new StringDeserializer(), serdes.of(type).deserializer())
        .readRecordsToList();
  }

  /** Returns the reasons of the dead letters. */
  List<String> deadLetters() {
    return driver
        .createOutputTopic(
            Topic.DEAD_LETTER.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .stream()
        .map(letter -> new String(letter.headers().lastHeader("quantum.reason").value(), UTF_8))
        .toList();
  }

  /** Throws away what came out so far. */
  void drain() {
    states();
    snapshots();
    proposals();
    decisions();
    deadLetters();
  }

  @Override
  public void close() {
    driver.close();
    serdes.close();
  }
}
