package io.quantumtrader.topology.poison;

import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.serde.RecordSerdes;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology in the test driver, two accounts that trade in two symbols, an exchange that
 * answers, and all of it as bytes. The driver knows partition 0 alone; of two, both accounts live
 * there, and "main" does not.
 */
final class PoisonWorld implements AutoCloseable {

  static final List<String> ACCOUNTS = List.of("main2", "desk");
  static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
  private static final Map<String, String> PRICES = Map.of("BTCUSDT", "71000", "ETHUSDT", "3500");
  private static final int WARM_UP = 260;

  /** What came out since it was last asked for. */
  record Came(
      List<Decision> decisions, List<TestRecord<byte[], byte[]>> letters, int plans, int others) {}

  private final Random random;
  private final RecordSerdes serdes =
      new RecordSerdes(
          Map.of(
              "schema.registry.url", "mock://" + UUID.randomUUID(), "auto.register.schemas", true));
  private final Map<Class<?>, Serde<? extends SpecificRecord>> byType = new HashMap<>();
  private final KeptLetters kept = new KeptLetters();
  private final TopologyTestDriver driver;
  private final Map<Topic, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Topic.class);
  private final Map<Topic, TestOutputTopic<byte[], byte[]>> outputs = new EnumMap<>(Topic.class);
  private final Map<String, TestOutputTopic<byte[], byte[]>> internal = new HashMap<>();
  private final List<ApplyPlan> plans = new ArrayList<>();
  private final List<PositionLedger> rows = new ArrayList<>();
  private long nowMs = NOON;
  private int ids;

  PoisonWorld(Path directory, Random random) {
    this.random = random;
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
                kept));
    driver =
        new TopologyTestDriver(
            QuantumTopology.build(serdes, new PartitionCounts(2, 2), settings.properties()),
            settings.properties(),
            Instant.ofEpochMilli(NOON));
    ByteArrayDeserializer raw = new ByteArrayDeserializer();
    for (Topic topic :
        List.of(
            Topic.DECISION,
            Topic.DEAD_LETTER,
            Topic.APPLY_PLAN,
            Topic.POSITION_LEDGER,
            Topic.PERMIT,
            Topic.PORTFOLIO_STATE,
            Topic.HARVEST_CALIBRATED,
            Topic.MARKET_STATE,
            Topic.POSITION_SNAPSHOT,
            Topic.HARVEST_PROPOSAL,
            Topic.UNIVERSE)) {
      outputs.put(topic, driver.createOutputTopic(topic.topicName(), raw, raw));
    }
    begin();
  }

  private void begin() {
    tables();
    for (int i = WARM_UP; i >= 1; i--) {
      for (String symbol : SYMBOLS) {
        send(Topic.CANDLE, symbol, candle(symbol, NOON - i * MINUTE, i), NOON - (i - 1) * MINUTE);
      }
    }
    minute();
    take();
  }

  long nowMs() {
    return nowMs;
  }

  /** Says again what must hold for anybody to trade. */
  void tables() {
    for (String key : List.of(Accounts.ALL, "main2", "desk")) {
      send(Topic.CONTROL, key, Given.control(key, TradingState.ACTIVE), nowMs);
    }
    send(Topic.POLICY, "default", policy("default"), nowMs);
    send(Topic.POLICY, "desk", policy("desk"), nowMs);
    for (String symbol : SYMBOLS) {
      send(Topic.INSTRUMENT, symbol, Given.instrument(symbol).build(), nowMs);
    }
  }

  private static SpecificRecord policy(String name) {
    return Given.policy()
        .setName(name)
        .setAllowedSymbols(SYMBOLS)
        .setEntriesPerHour(3600)
        .setEntriesPerFiveMinutes(300)
        .setMaxConsecutiveLosses(1000)
        .setMaxDailyLoss(0.9)
        .setMaxDrawdown(0.9)
        .setChurnMs(0)
        .build();
  }

  /** A minute passes: clock, wallets, candles, and the exchange answers some plans. */
  void minute() {
    nowMs += MINUTE;
    send(Topic.CLOCK, "0", Given.clock(nowMs), nowMs);
    for (String account : ACCOUNTS) {
      send(Topic.EXCHANGE_ACCOUNT, account, Given.exchange(account, "10000", nowMs), nowMs);
    }
    for (String symbol : SYMBOLS) {
      send(Topic.CANDLE, symbol, candle(symbol, nowMs - MINUTE, random.nextInt(1000)), nowMs);
    }
    for (ApplyPlan plan : List.copyOf(plans)) {
      if (random.nextInt(3) > 0) {
        plans.remove(plan);
        send(Topic.APPLY_RESULT, plan.getAccount(), answer(plan), nowMs);
      }
    }
    for (String account : ACCOUNTS) {
      send(Topic.TRADE_INTENT, account, intent(account), nowMs);
    }
  }

  /** Returns a sound record of a topic, and its key, as it could come now. */
  Map.Entry<String, SpecificRecord> sound(Topic topic) {
    String account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
    PositionLedger row = Given.longBtc().setAccount(account).build();
    if (!rows.isEmpty()) {
      PositionLedger known = rows.get(random.nextInt(rows.size()));
      // Poison may have opened one that is worth more than a snapshot can say.
      row = known.getQuantity().precision() < 30 ? known : row;
    }
    String position = Accounts.key(row.getAccount(), row.getSymbol());
    return switch (topic) {
      case TRADE_INTENT -> Map.entry(account, intent(account));
      case APPLY_RESULT -> {
        SpecificRecord result = plans.isEmpty() ? stray(account, symbol) : answer(plans.get(0));
        yield Map.entry(plans.isEmpty() ? account : plans.get(0).getAccount(), result);
      }
      case CANDLE -> Map.entry(symbol, candle(symbol, nowMs - MINUTE, random.nextInt(1000)));
      case MARK -> Map.entry(symbol, mark(symbol));
      case CLOCK -> Map.entry("0", Given.clock(nowMs + random.nextInt(5)));
      case EXCHANGE_ACCOUNT -> Map.entry(account, Given.exchange(account, "10000", nowMs));
      case POSITION_SNAPSHOT -> Map.entry(position, Given.snapshot(row, "71000", nowMs));
      case HARVEST_PROPOSAL ->
          Map.entry(
              position,
              Given.proposal()
                  .setAccount(row.getAccount())
                  .setSymbol(row.getSymbol())
                  .setPositionId(row.getPositionId())
                  .setAsOfMs(nowMs)
                  .build());
      case POLICY -> Map.entry("desk", policy("desk"));
      case CONTROL -> Map.entry(account, Given.control(account, TradingState.ACTIVE));
      case INSTRUMENT -> Map.entry(symbol, Given.instrument(symbol).build());
      case UNIVERSE -> Map.entry("top10", Given.top("BTCUSDT", "ETHUSDT"));
      case MARKET_STATE -> Map.entry(symbol, state(symbol));
      default -> throw new IllegalArgumentException("no input: " + topic);
    };
  }

  private MarketState state(String symbol) {
    return Given.state(symbol).setAsOfMs(nowMs).setLastPrice(dec(PRICES.get(symbol))).build();
  }

  private SpecificRecord intent(String account) {
    String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
    IntentAction[] actions = {
      IntentAction.BUY, IntentAction.SELL, IntentAction.CLOSE, IntentAction.BUY
    };
    return Given.intent("i-" + ++ids)
        .setAccount(account)
        .setSymbol(symbol)
        .setAction(actions[random.nextInt(actions.length)])
        .setPrice(dec(PRICES.get(symbol)))
        .setCreatedAtMs(nowMs)
        .build();
  }

  private SpecificRecord answer(ApplyPlan plan) {
    if (plan.getAction() == PlanAction.UPDATE_SL) {
      return Given.result(plan, null)
          .setResultId("r-" + ++ids)
          .setOutcome(ResultOutcome.PROTECTED)
          .setStopPrice(plan.getStopPrice())
          .setAtMs(nowMs)
          .build();
    }
    String price = PRICES.getOrDefault(plan.getSymbol(), "71000");
    Fill fill = Given.fill("f-" + ++ids, plan.getQuantity().toPlainString(), price, "0.1");
    return Given.result(plan, fill)
        .setResultId("r-" + ids)
        .setOrigin(ResultOrigin.PLAN)
        .setTrigger(plan.getTrigger())
        .setRung(plan.getRung())
        .setAtMs(nowMs)
        .build();
  }

  private SpecificRecord stray(String account, String symbol) {
    Fill fill = Given.fill("f-" + ++ids, "0.01", PRICES.get(symbol), "0.1");
    var side =
        random.nextBoolean()
            ? io.quantumtrader.schemas.avro.OrderSide.BUY
            : io.quantumtrader.schemas.avro.OrderSide.SELL;
    return Given.result(symbol, side, fill)
        .setAccount(account)
        .setResultId("r-" + ids)
        .setOrigin(ResultOrigin.ADOPTED)
        .setAtMs(nowMs)
        .build();
  }

  private static Candle candle(String symbol, long openMs, int phase) {
    BigDecimal close =
        new BigDecimal(PRICES.get(symbol))
            .multiply(BigDecimal.valueOf(1 + 0.003 * Math.sin(phase / 7.0)))
            .setScale(18, RoundingMode.HALF_EVEN);
    return Candle.newBuilder()
        .setSymbol(symbol)
        .setOpenTimeMs(openMs)
        .setIntervalMs(MINUTE)
        .setOpen(close)
        .setHigh(close)
        .setLow(close)
        .setClose(close)
        .setVolume(dec("10"))
        .build();
  }

  private Candle mark(String symbol) {
    return Candle.newBuilder(candle(symbol, nowMs - 1, random.nextInt(1000)))
        .setIntervalMs(1)
        .build();
  }

  byte[] bytes(Topic topic, SpecificRecord value) {
    return this.<SpecificRecord>serde(value.getClass())
        .serializer()
        .serialize(topic.topicName(), value);
  }

  /** A new one would look up every schema anew, for each record. */
  @SuppressWarnings("unchecked") // each is made for its key
  private <V extends SpecificRecord> Serde<V> serde(Class<?> type) {
    return (Serde<V>)
        byType.computeIfAbsent(type, made -> serdes.of((Class<? extends SpecificRecord>) made));
  }

  private void send(Topic topic, String key, SpecificRecord value, long timeMs) {
    send(topic, key.getBytes(UTF_8), bytes(topic, value), timeMs);
  }

  void send(Topic topic, byte[] key, byte[] value, long timeMs) {
    inputs
        .computeIfAbsent(
            topic,
            made ->
                driver.createInputTopic(
                    made.topicName(), new ByteArraySerializer(), new ByteArraySerializer()))
        .pipeInput(new TestRecord<>(key, value, null, timeMs));
  }

  /** Returns how many rows of tables became dead letters so far. */
  int tableLetters() {
    return kept.count();
  }

  /**
   * Reads what went to changelogs and between sub-topologies, which has to fit into a record, too.
   */
  void checkSizes() {
    for (String topic : driver.producedTopicNames()) {
      if (Topic.named(topic).isEmpty()) {
        internal
            .computeIfAbsent(
                topic,
                made ->
                    driver.createOutputTopic(
                        made, new ByteArrayDeserializer(), new ByteArrayDeserializer()))
            .readRecordsToList()
            .forEach(record -> RequestSize.check(topic, record));
      }
    }
  }

  private List<TestRecord<byte[], byte[]>> out(Topic topic) {
    List<TestRecord<byte[], byte[]>> records = outputs.get(topic).readRecordsToList();
    records.forEach(record -> RequestSize.check(topic.topicName(), record));
    return records;
  }

  /** Returns what came out since it was last asked for. */
  Came take() {
    List<Decision> decisions = new ArrayList<>();
    for (TestRecord<byte[], byte[]> each : out(Topic.DECISION)) {
      decisions.add(read(Topic.DECISION, Decision.class, each));
    }
    int planned = 0;
    for (TestRecord<byte[], byte[]> each : out(Topic.APPLY_PLAN)) {
      plans.add(read(Topic.APPLY_PLAN, ApplyPlan.class, each));
      planned++;
    }
    for (TestRecord<byte[], byte[]> each : out(Topic.POSITION_LEDGER)) {
      PositionLedger row = read(Topic.POSITION_LEDGER, PositionLedger.class, each);
      rows.removeIf(
          known ->
              known.getAccount().equals(row.getAccount())
                  && known.getSymbol().equals(row.getSymbol()));
      rows.add(row);
    }
    int others = 0;
    for (Topic topic :
        List.of(
            Topic.PERMIT,
            Topic.PORTFOLIO_STATE,
            Topic.HARVEST_CALIBRATED,
            Topic.MARKET_STATE,
            Topic.POSITION_SNAPSHOT,
            Topic.HARVEST_PROPOSAL,
            Topic.UNIVERSE)) {
      others += out(topic).size();
    }
    return new Came(decisions, out(Topic.DEAD_LETTER), planned, others);
  }

  private <V extends SpecificRecord> V read(
      Topic topic, Class<V> type, TestRecord<byte[], byte[]> record) {
    return this.<V>serde(type).deserializer().deserialize(topic.topicName(), record.value());
  }

  @Override
  public void close() {
    driver.close();
    serdes.close();
  }
}
