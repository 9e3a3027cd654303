package io.quantumtrader.topology.incidents;

import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.decision.market.Marks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology in the test driver, whose every output is kept as it was written: key, value,
 * time and headers, byte for byte. Any account may hold any symbol.
 */
final class World implements AutoCloseable {

  private static final int WARM_UP = 260;

  private final RecordSerdes serdes;
  private final TopologyTestDriver driver;
  private final Map<Topic, List<TestRecord<byte[], byte[]>>> written = new EnumMap<>(Topic.class);
  private long nowMs = NOON;
  private int fills;

  World(Path directory) {
    serdes =
        new RecordSerdes(
            Map.of(
                "schema.registry.url",
                "mock://" + UUID.randomUUID(),
                "auto.register.schemas",
                true));
    StreamsSettings settings =
        new StreamsSettings(
            Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:0",
                StreamsConfig.STATE_DIR_CONFIG,
                directory.resolve(UUID.randomUUID().toString()).toString(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.AT_LEAST_ONCE));
    driver =
        new TopologyTestDriver(
            QuantumTopology.build(serdes, new PartitionCounts(1, 1), settings.properties()),
            settings.properties(),
            Instant.ofEpochMilli(NOON));
    send(Topic.CONTROL, Accounts.ALL, Given.control(Accounts.ALL, TradingState.ACTIVE));
  }

  /** Sets the default policy, which names the symbols that may be opened. */
  World policy(Policy.Builder policy) {
    send(Topic.POLICY, "default", policy.build());
    return this;
  }

  World wallet(String account) {
    send(Topic.EXCHANGE_ACCOUNT, account, Given.exchange(account, "10000", nowMs));
    return this;
  }

  /** Gives a symbol its filters and closed candles up to noon, calm around a price. */
  World warm(String symbol, String price, boolean marks) {
    Instrument instrument = Given.instrument(symbol).build();
    send(Topic.INSTRUMENT, symbol, instrument);
    BigDecimal middle = new BigDecimal(price);
    for (int i = WARM_UP; i >= 1; i--) {
      BigDecimal wave =
          BigDecimal.valueOf(1 + 0.0004 * Math.sin(i / 7.0) + 0.0002 * Math.cos(i * 1.7));
      candle(symbol, NOON - i * MINUTE, i == 1 ? middle : middle.multiply(wave), marks);
    }
    return this;
  }

  /** Closes a candle of the last minute at one price, and writes it as a mark before if asked. */
  void candle(String symbol, String price, boolean marks) {
    candle(symbol, nowMs - MINUTE, new BigDecimal(price), marks);
  }

  private void candle(String symbol, long openMs, BigDecimal price, boolean marks) {
    BigDecimal at = price.setScale(18, RoundingMode.HALF_EVEN);
    Candle candle = new Candle(symbol, openMs, MINUTE, at, at, at, at, dec("10"));
    if (marks) {
      mark(candle, Marks.standIn());
    }
    send(Topic.CANDLE, symbol, candle, openMs + MINUTE, new RecordHeaders());
  }

  void mark(Candle mark, Headers headers) {
    long atMs = mark.getOpenTimeMs() + mark.getIntervalMs();
    send(Topic.MARK, mark.getSymbol(), mark, atMs, headers);
  }

  /** Passes the clock, and with it what the exchange says of the accounts' wallets. */
  void clock(long byMs, String... accounts) {
    nowMs += byMs;
    send(Topic.CLOCK, "0", Given.clock(nowMs));
    for (String account : accounts) {
      wallet(account);
    }
  }

  long nowMs() {
    return nowMs;
  }

  void intent(TradeIntent.Builder intent) {
    TradeIntent made = intent.setCreatedAtMs(nowMs).build();
    send(Topic.TRADE_INTENT, made.getAccount(), made);
  }

  /** Fills a plan whole. */
  void fill(ApplyPlan plan, String price) {
    String id = "fill-" + ++fills;
    ApplyResult result =
        Given.result(plan, Given.fill(id, plan.getQuantity().toPlainString(), price))
            .setResultId(id)
            .setOrigin(ResultOrigin.PLAN)
            .setTrigger(plan.getTrigger())
            .setRung(plan.getRung())
            .setAtMs(nowMs)
            .build();
    send(Topic.APPLY_RESULT, plan.getAccount(), result);
  }

  /** Books a fill that no plan asked for. */
  void adopt(String account, String symbol, String quantity, String price) {
    ApplyResult result =
        Given.result(symbol, OrderSide.BUY, Given.fill("fill-" + ++fills, quantity, price))
            .setAccount(account)
            .setOrigin(ResultOrigin.ADOPTED)
            .setAtMs(nowMs)
            .build();
    send(Topic.APPLY_RESULT, account, result);
  }

  void control(Control control) {
    send(Topic.CONTROL, control.getAccount(), control);
  }

  /** Returns the values of a topic that came out since they were last asked for. */
  <V extends SpecificRecord> List<V> take(Topic topic, Class<V> type) {
    List<TestRecord<byte[], byte[]>> records = written.remove(topic);
    return records == null
        ? List.of()
        : records.stream()
            .map(TestRecord::value)
            .filter(Objects::nonNull)
            .map(value -> serdes.of(type).deserializer().deserialize(topic.topicName(), value))
            .toList();
  }

  /** Returns the only plan since they were last asked for. */
  ApplyPlan onlyPlan() {
    List<ApplyPlan> plans = take(Topic.APPLY_PLAN, ApplyPlan.class);
    if (plans.size() != 1) {
      throw new AssertionError(plans.size() + " plans: " + plans);
    }
    return plans.getFirst();
  }

  /** Returns the reasons of dead letters since they were last asked for. */
  List<String> deadLetterReasons() {
    List<TestRecord<byte[], byte[]>> records = written.remove(Topic.DEAD_LETTER);
    return records == null
        ? List.of()
        : records.stream()
            .map(record -> new String(record.headers().lastHeader("quantum.reason").value(), UTF_8))
            .toList();
  }

  /** Forgets what came out. */
  void drain() {
    written.clear();
  }

  /** Returns everything that came out and was not taken, one line a record. */
  List<String> everything() {
    List<String> lines = new ArrayList<>();
    written.forEach(
        (topic, records) ->
            records.forEach(
                record ->
                    lines.add(
                        "%s %s %s %d %s"
                            .formatted(
                                topic.topicName(),
                                hex(record.key()),
                                hex(record.value()),
                                record.timestamp(),
                                record.headers()))));
    return lines;
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
  }

  private <V extends SpecificRecord> void send(Topic topic, String key, V value) {
    send(topic, key, value, nowMs, new RecordHeaders());
  }

  @SuppressWarnings("unchecked") // the serde is made for the value's own class
  private <V extends SpecificRecord> void send(
      Topic topic, String key, V value, long timeMs, Headers headers) {
    driver
        .createInputTopic(
            topic.topicName(),
            new StringSerializer(),
            serdes.of((Class<V>) value.getClass()).serializer())
        .pipeInput(new TestRecord<>(key, value, headers, timeMs));
    read();
  }

  private void read() {
    for (Topic topic : Topic.values()) {
      var output =
          driver.createOutputTopic(
              topic.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
      if (!output.isEmpty()) {
        written
            .computeIfAbsent(topic, same -> new ArrayList<>())
            .addAll(output.readRecordsToList());
      }
    }
  }

  @Override
  public void close() {
    driver.close();
    serdes.close();
  }
}
