package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.time.WallClock;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.GlobalTables;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.errors.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
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
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The account sub-topology in the test driver: one partition, registry in memory. Not exactly once,
 * since the driver then loses the dead letters of records that cannot be read: it clears its
 * producer between their sending and its first commit.
 */
final class AccountDriver implements AutoCloseable {

  /** Where the clock that leaves it for the universe can be seen. */
  private static final String PASSED = "passed-clock";

  /** Where what the exchange says of positions leaves it for their symbols. */
  private static final String VIEWS = "exchange-views";

  private final RecordSerdes serdes;
  private final StreamsSettings settings;
  private final Topology topology;
  private final TopologyTestDriver driver;

  AccountDriver(Path stateDirectory) {
    this(stateDirectory, WallClock.SYSTEM);
  }

  /** With a wall clock of the test's own. */
  AccountDriver(Path stateDirectory, LongSupplier wallMs) {
    serdes =
        new RecordSerdes(
            Map.of(
                "schema.registry.url",
                "mock://" + UUID.randomUUID(),
                "auto.register.schemas",
                true));
    settings =
        new StreamsSettings(
            Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:0",
                StreamsConfig.STATE_DIR_CONFIG,
                stateDirectory.toString(),
                WallClock.SETTING,
                wallMs,
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.AT_LEAST_ONCE));
    StreamsBuilder builder = new StreamsBuilder();
    GlobalTables.add(builder, serdes, settings.globalTables());
    AccountTopology account = new AccountTopology(serdes, new PartitionCounts(1, 1));
    AccountTopology.Outputs outputs = account.begin(builder);
    outputs
        .exchange()
        .to(
            VIEWS,
            Produced.with(Serdes.String(), serdes.of(ExchangeView.class))
                .withName(Names.EXCHANGE_BY_SYMBOL_REPARTITION));
    outputs
        .clock()
        .to(
            PASSED,
            Produced.with(Serdes.String(), serdes.of(Clock.class))
                .withName(Names.UNIVERSE_CLOCK_REPARTITION));
    topology = builder.build(settings.properties());
    account.complete(topology);
    driver = new TopologyTestDriver(topology, settings.properties(), Instant.ofEpochMilli(NOON));
  }

  /** Everything an entry in BTCUSDT needs, at noon, with 10000 in the wallet. */
  AccountDriver open() {
    control(Given.control(Accounts.ALL, TradingState.ACTIVE));
    policy(Given.policy().build());
    instrument(Given.instrument(BTC).build());
    universe(Given.top(BTC));
    state(Given.state(BTC).build());
    exchange(Given.exchange(MAIN, "10000", NOON));
    clock(NOON);
    drain();
    return this;
  }

  StreamsSettings settings() {
    return settings;
  }

  Topology topology() {
    return topology;
  }

  TopologyTestDriver testDriver() {
    return driver;
  }

  void control(Control value) {
    send(Topic.CONTROL, Control.class, value.getAccount(), value, NOON);
  }

  void policy(Policy value) {
    send(Topic.POLICY, Policy.class, value.getName(), value, NOON);
  }

  void instrument(Instrument value) {
    send(Topic.INSTRUMENT, Instrument.class, value.getSymbol(), value, NOON);
  }

  void universe(Universe value) {
    send(Topic.UNIVERSE, Universe.class, value.getName(), value, NOON);
  }

  void state(MarketState value) {
    send(Topic.MARKET_STATE, MarketState.class, value.getSymbol(), value, value.getAsOfMs());
  }

  void exchange(ExchangeAccount value) {
    send(
        Topic.EXCHANGE_ACCOUNT,
        ExchangeAccount.class,
        value.getAccount(),
        value,
        value.getAsOfMs());
  }

  void snapshot(PositionSnapshot value) {
    String key = Accounts.key(value.getAccount(), value.getSymbol());
    send(Topic.POSITION_SNAPSHOT, PositionSnapshot.class, key, value, value.getAsOfMs());
  }

  void proposal(HarvestProposal value) {
    String key = Accounts.key(value.getAccount(), value.getSymbol());
    send(Topic.HARVEST_PROPOSAL, HarvestProposal.class, key, value, value.getAsOfMs());
  }

  List<HarvestProposal> calibrated() {
    return values(Topic.HARVEST_CALIBRATED, HarvestProposal.class);
  }

  void clock(long nowMs) {
    send(Topic.CLOCK, Clock.class, "0", Given.clock(nowMs), nowMs);
  }

  /** Puts a row into a store, as an older version may have left it; what was read is read anew. */
  <V> void plant(String store, String key, V row) {
    driver.<String, V>getKeyValueStore(store).put(key, row);
    ((AccountState) driver.getStateStore(Names.ACCOUNT_STATE)).readAnew();
  }

  /** Sends a step of the clock that a feed has signed. */
  void clock(long nowMs, long epoch) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(ClockEpoch.header(epoch));
    driver
        .createInputTopic(
            Topic.CLOCK.topicName(), new StringSerializer(), serdes.of(Clock.class).serializer())
        .pipeInput(new TestRecord<>("0", Given.clock(nowMs), headers, Instant.ofEpochMilli(nowMs)));
  }

  /** Returns the steps that left for the universe, since this was asked last. */
  List<Long> passed() {
    return driver
        .createOutputTopic(PASSED, new StringDeserializer(), serdes.of(Clock.class).deserializer())
        .readValuesToList()
        .stream()
        .map(Clock::getNowMs)
        .toList();
  }

  /** Sends an intent whose record was written then. */
  void intent(TradeIntent.Builder value, long recordMs) {
    send(Topic.TRADE_INTENT, TradeIntent.class, value.getAccount(), value.build(), recordMs);
  }

  /** Returns the reasons of the dead letters since this was asked last. */
  List<String> reasons() {
    return deadLetters().stream()
        .map(letter -> letter.headers().lastHeader(DeadLetters.REASON).value())
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }

  void intent(TradeIntent.Builder value) {
    send(
        Topic.TRADE_INTENT,
        TradeIntent.class,
        value.getAccount(),
        value.build(),
        Math.max(0, value.getCreatedAtMs()));
  }

  void result(ApplyResult.Builder value) {
    send(Topic.APPLY_RESULT, ApplyResult.class, value.getAccount(), value.build(), NOON);
  }

  <V extends SpecificRecord> void send(
      Topic topic, Class<V> type, String key, V value, long timeMs) {
    driver
        .createInputTopic(topic.topicName(), new StringSerializer(), serdes.of(type).serializer())
        .pipeInput(key, value, timeMs);
  }

  void sendBytes(Topic topic, TestRecord<byte[], byte[]> record) {
    driver
        .createInputTopic(topic.topicName(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(record);
  }

  /** Sends an intent and returns the one decision that it ended in. */
  Decision decide(TradeIntent.Builder value) {
    intent(value);
    List<Decision> decisions = decisions();
    if (decisions.size() != 1) {
      throw new AssertionError("an intent must end in one decision: " + decisions);
    }
    return decisions.get(0);
  }

  /** Sends an intent that must be granted and returns its plan. */
  ApplyPlan plan(TradeIntent.Builder value) {
    intent(value);
    List<Decision> decisions = decisions();
    List<ApplyPlan> plans = plans();
    if (plans.size() != 1) {
      throw new AssertionError("no plan came of it: " + decisions);
    }
    return plans.get(0);
  }

  List<Decision> decisions() {
    return values(Topic.DECISION, Decision.class);
  }

  List<ApplyPlan> plans() {
    return values(Topic.APPLY_PLAN, ApplyPlan.class);
  }

  List<PositionLedger> ledgers() {
    return values(Topic.POSITION_LEDGER, PositionLedger.class);
  }

  List<PortfolioState> portfolios() {
    return values(Topic.PORTFOLIO_STATE, PortfolioState.class);
  }

  <V extends SpecificRecord> List<V> values(Topic topic, Class<V> type) {
    return records(topic, type).stream().map(TestRecord::value).toList();
  }

  <V extends SpecificRecord> List<TestRecord<String, V>> records(Topic topic, Class<V> type) {
    return driver
        .createOutputTopic(
            topic.topicName(), new StringDeserializer(), serdes.of(type).deserializer())
        .readRecordsToList();
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return driver
        .createOutputTopic(
            Topic.DEAD_LETTER.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /** Throws away what came out so far. */
  void drain() {
    decisions();
    plans();
    values(Topic.PERMIT, Permit.class);
    ledgers();
    portfolios();
    calibrated();
    passed();
    deadLetters();
  }

  @Override
  public void close() {
    driver.close();
    serdes.close();
  }
}
