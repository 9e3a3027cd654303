package io.quantumtrader.topology.codes;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.TableLetters;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology in the test driver with two accounts, {@code main} under the default policy
 * (version 7) and {@code main2} under one of its own (version 9), each with a wallet of 10000. It
 * is noon, BTCUSDT is warm from real candles, ETHUSDT has a state, both are on the top list, and
 * trading is on.
 */
final class Desk implements AutoCloseable {

  static final String MAIN2 = "main2";
  static final String ETH = "ETHUSDT";
  private static final int WARM_UP = 260;

  private final RecordSerdes serdes;
  private final TopologyTestDriver driver;
  private final Map<Topic, TestInputTopic<String, ?>> inputs = new EnumMap<>(Topic.class);
  private final List<ProducerRecord<byte[], byte[]>> tableLetters = new ArrayList<>();
  private long nowMs = NOON;

  /** Takes the dead letters of tables, which the driver does not see. */
  private final class LettersInMemory implements TableLetters {

    @Override
    public void bury(TopicPartition source, long offset, ProducerRecord<byte[], byte[]> letter) {
      tableLetters.add(letter);
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  Desk(Path directory, int accountPartitions) {
    serdes =
        new RecordSerdes(
            Map.of(
                "schema.registry.url",
                "mock://" + UUID.randomUUID(),
                "auto.register.schemas",
                true));
    // Not exactly once: the driver then loses the dead letters of records that cannot be read.
    StreamsSettings settings =
        new StreamsSettings(
            Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:0",
                StreamsConfig.STATE_DIR_CONFIG,
                directory.toString(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.AT_LEAST_ONCE,
                TableLetters.SETTING,
                new LettersInMemory()));
    driver =
        new TopologyTestDriver(
            QuantumTopology.build(
                serdes, new PartitionCounts(1, accountPartitions), settings.properties()),
            settings.properties(),
            Instant.ofEpochMilli(NOON));
  }

  /** Makes the world of an ordinary day. */
  Desk open() {
    control(Given.control(Accounts.ALL, TradingState.ACTIVE));
    policy(Given.policy());
    policyOfMain2(Given.policy());
    instrument(Given.instrument(BTC));
    instrument(Given.instrument(ETH));
    warm(BTC, "71000", WARM_UP);
    stateOfEth();
    universe(Given.top(BTC, ETH));
    clock(NOON);
    return this;
  }

  long nowMs() {
    return nowMs;
  }

  void control(Control control) {
    send(Topic.CONTROL, Control.class, control.getAccount(), control);
  }

  void policy(Policy.Builder policy) {
    send(Topic.POLICY, Policy.class, "default", policy.setVersion(7).build());
  }

  void policyOfMain2(Policy.Builder policy) {
    send(Topic.POLICY, Policy.class, MAIN2, policy.setName(MAIN2).setVersion(9).build());
  }

  void instrument(Instrument.Builder instrument) {
    send(Topic.INSTRUMENT, Instrument.class, instrument.getSymbol(), instrument.build());
  }

  void universe(Universe universe) {
    send(Topic.UNIVERSE, Universe.class, universe.getName(), universe);
  }

  /** Gives ETHUSDT a state of this moment, at 2500. */
  void stateOfEth() {
    state(Given.state(ETH).setLastPrice(dec("2500")).setAtr(30.0).setAsOfMs(nowMs));
  }

  void state(MarketState.Builder state) {
    send(Topic.MARKET_STATE, MarketState.class, state.getSymbol(), state.build());
  }

  void wallet(String account, String amount) {
    send(
        Topic.EXCHANGE_ACCOUNT,
        ExchangeAccount.class,
        account,
        Given.exchange(account, amount, nowMs));
  }

  /** Has the exchange say that it has a position which is not in the ledger. */
  void held(String account, String symbol, String quantity) {
    send(
        Topic.EXCHANGE_ACCOUNT,
        ExchangeAccount.class,
        account,
        Given.held(account, symbol, quantity, nowMs));
  }

  /** Deletes the row of a table. */
  void forget(Topic topic, Class<? extends SpecificRecord> type, String key) {
    send(topic, type, key, null);
  }

  /** Passes the clock, with wallets of 10000 that are fresh at it. */
  void clock(long toMs) {
    nowMs = toMs;
    wallet(MAIN, "10000");
    wallet(MAIN2, "10000");
    tick(toMs);
  }

  /** Passes the clock and nothing else. */
  void tick(long toMs) {
    nowMs = toMs;
    send(Topic.CLOCK, Clock.class, "0", Given.clock(toMs));
  }

  /** Passes the clock by a step of a feed that says which one it is. */
  void tick(long toMs, long epoch) {
    Headers headers = new RecordHeaders();
    headers.add(ClockEpoch.header(epoch));
    driver
        .createInputTopic(
            Topic.CLOCK.topicName(), new StringSerializer(), serdes.of(Clock.class).serializer())
        .pipeInput(new TestRecord<>("0", Given.clock(toMs), headers, toMs));
  }

  /** Brings a price between candles, at this time. */
  void mark(String symbol, long atMs, String price) {
    Candle mark = candleOf(symbol, atMs - 1, price).setIntervalMs(1).build();
    send(Topic.MARK, Candle.class, symbol, mark, atMs);
  }

  /** Closes candles of one minute up to now, calm around a price, the last one at it. */
  void warm(String symbol, String price, int count) {
    BigDecimal middle = new BigDecimal(price);
    for (int i = count; i >= 1; i--) {
      double wave = 1 + 0.0004 * Math.sin(i / 7.0) + 0.0002 * Math.cos(i * 1.7);
      BigDecimal close = i == 1 ? middle : middle.multiply(BigDecimal.valueOf(wave));
      Candle.Builder candle = candleOf(symbol, nowMs - i * MINUTE, close.toPlainString());
      // Wide enough for an ATR that a stop can be derived from.
      candle.setHigh(candle.getClose().multiply(dec("1.003")).setScale(18, RoundingMode.DOWN));
      candle(
          candle.setLow(candle.getClose().multiply(dec("0.997")).setScale(18, RoundingMode.DOWN)));
    }
  }

  /** Closes a candle of one minute in which the symbol traded at one price. */
  void candle(String symbol, long openMs, String price) {
    candle(candleOf(symbol, openMs, price));
  }

  void candle(Candle.Builder candle) {
    send(
        Topic.CANDLE,
        Candle.class,
        candle.getSymbol(),
        candle.build(),
        candle.getOpenTimeMs() + candle.getIntervalMs());
  }

  static Candle.Builder candleOf(String symbol, long openMs, String price) {
    BigDecimal at = new BigDecimal(price).setScale(18, RoundingMode.HALF_EVEN);
    return Candle.newBuilder()
        .setSymbol(symbol)
        .setOpenTimeMs(openMs)
        .setIntervalMs(MINUTE)
        .setOpen(at)
        .setHigh(at)
        .setLow(at)
        .setClose(at)
        .setVolume(dec("10"));
  }

  void intent(TradeIntent.Builder intent) {
    send(Topic.TRADE_INTENT, TradeIntent.class, intent.getAccount(), intent.build());
  }

  /** Sends an intent that must be granted, and returns its plan. */
  ApplyPlan plan(TradeIntent.Builder intent) {
    plans();
    intent(intent);
    List<ApplyPlan> plans = plans();
    if (plans.size() != 1) {
      throw new AssertionError(plans.size() + " plans: " + decisions());
    }
    return plans.get(0);
  }

  void proposal(HarvestProposal.Builder proposal) {
    String key = Accounts.key(proposal.getAccount(), proposal.getSymbol());
    send(Topic.HARVEST_PROPOSAL, HarvestProposal.class, key, proposal.build());
  }

  void result(ApplyResult.Builder result) {
    send(Topic.APPLY_RESULT, ApplyResult.class, result.getAccount(), result.build());
  }

  /** Books a fill of an account that answers no plan of ours. */
  void adopt(String account, String symbol, OrderSide side, String quantity, String price) {
    Fill fill = Given.fill(UUID.randomUUID().toString(), quantity, price);
    result(
        Given.result(symbol, side, fill)
            .setAccount(account)
            .setOrigin(io.quantumtrader.schemas.avro.ResultOrigin.ADOPTED));
  }

  /** Opens a long of 0.02 BTC in an account by an intent and its fill at 71000. */
  PositionLedger openLong(String account) {
    ApplyPlan plan =
        plan(
            Given.intent("open-" + account)
                .setAccount(account)
                .setSizing(io.quantumtrader.schemas.avro.Sizing.QUANTITY)
                .setAmount(dec("0.02"))
                .setStopLoss(dec("69580")));
    ledgers();
    result(Given.result(plan, Given.fill("fill-" + account, "0.02", "71000")));
    return ledgers().getLast();
  }

  List<Decision> decisions() {
    return values(Topic.DECISION, Decision.class);
  }

  List<ApplyPlan> plans() {
    return values(Topic.APPLY_PLAN, ApplyPlan.class);
  }

  List<Permit> permits() {
    return values(Topic.PERMIT, Permit.class);
  }

  List<PositionLedger> ledgers() {
    return values(Topic.POSITION_LEDGER, PositionLedger.class);
  }

  List<Universe> universes() {
    return values(Topic.UNIVERSE, Universe.class);
  }

  List<HarvestProposal> calibrated() {
    return values(Topic.HARVEST_CALIBRATED, HarvestProposal.class);
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    List<TestRecord<byte[], byte[]>> letters =
        new ArrayList<>(
            driver
                .createOutputTopic(
                    Topic.DEAD_LETTER.topicName(),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())
                .readRecordsToList());
    tableLetters.forEach(
        letter -> letters.add(new TestRecord<>(letter.key(), letter.value(), letter.headers())));
    tableLetters.clear();
    return letters;
  }

  /** Throws away what came out so far. */
  void drain() {
    decisions();
    plans();
    permits();
    ledgers();
    universes();
    calibrated();
    deadLetters();
  }

  private <V extends SpecificRecord> List<V> values(Topic topic, Class<V> type) {
    Deserializer<V> values = serdes.of(type).deserializer();
    return driver
        .createOutputTopic(topic.topicName(), new StringDeserializer(), values)
        .readValuesToList()
        .stream()
        .filter(Objects::nonNull)
        .toList();
  }

  <V extends SpecificRecord> void send(Topic topic, Class<V> type, String key, V value) {
    send(topic, type, key, value, nowMs);
  }

  private <V extends SpecificRecord> void send(
      Topic topic, Class<V> type, String key, V value, long timeMs) {
    @SuppressWarnings("unchecked")
    TestInputTopic<String, V> input =
        (TestInputTopic<String, V>)
            inputs.computeIfAbsent(
                topic,
                each ->
                    driver.createInputTopic(
                        each.topicName(), new StringSerializer(), serdes.of(type).serializer()));
    input.pipeInput(key, value, timeMs);
  }

  void sendBytes(Topic topic, byte[] key, byte[] value) {
    driver
        .createInputTopic(topic.topicName(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(key, value, nowMs);
  }

  @Override
  public void close() {
    driver.close();
    serdes.close();
  }
}
