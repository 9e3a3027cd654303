package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One bad record of each kind on each topic that the stages read, and then trading as before. */
@Tag("real")
final class PoisonOnBrokerTest {

  private static final String BTC = "BTCUSDT";
  private static final int HEADER = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** As large as a producer takes it, so that its dead letter would be larger. */
  private static final int MEGABYTE = 1_048_400;

  private static final List<Topic> STREAMS =
      List.of(
          Topic.TRADE_INTENT,
          Topic.APPLY_RESULT,
          Topic.CANDLE,
          Topic.EXCHANGE_ACCOUNT,
          Topic.POSITION_SNAPSHOT,
          Topic.HARVEST_PROPOSAL,
          Topic.CLOCK);
  private static final List<Topic> TABLES =
      List.of(Topic.POLICY, Topic.CONTROL, Topic.INSTRUMENT, Topic.UNIVERSE, Topic.MARKET_STATE);

  private RealPipeline pipeline;
  private KafkaProducer<byte[], byte[]> hostile;
  private World world;

  @BeforeEach
  void startTheStages() throws Exception {
    pipeline = RealPipeline.fresh().startStages();
    hostile =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", pipeline.stack().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    world = World.open(pipeline, List.of("main"), List.of(BTC));
    world.begin();
  }

  @AfterEach
  void stopTheStages() {
    hostile.close();
    pipeline.close();
  }

  @Test
  void shouldTradeAndObeyAfterOneBadRecordOfEachKindOnEachTopic() throws Exception {
    // when
    Stream.concat(STREAMS.stream(), TABLES.stream()).forEach(this::poison);
    wrongPartition();
    fortyDigits();
    hostile.flush();
    pipeline.settle();

    // then each is a dead letter with its reason, the large ones cut
    await().atMost(PATIENCE).untilAsserted(this::assertLetters);
    assertThat(decisions("NUMBER_INVALID")).hasSize(1);
    assertThat(decisions("CANDLE_INVALID")).hasSize(1);

    // and trading goes on: a plan, its fill, an operator's order and a trading state
    world.wallets(List.of("main"), world.nowMs());
    world.pass(1_000);
    world.enter("main", BTC);
    CommandRun flatten = pipeline.run(List.of("flatten", "--no-wait", "--reason", "poison"));
    assertThat(flatten.code()).as(flatten.err()).isZero();
    assertThat(flatten.err().lines().filter(line -> line.contains("skipped"))).hasSize(3);
    world.pass(1_000);
    assertThat(world.plans("main"))
        .extracting(ApplyPlan::getReduceOnly)
        .containsExactly(false, true);
    assertThat(
            pipeline
                .run(List.of("control", "state", "HALTED", "--reason", "x", "--no-wait"))
                .code())
        .isZero();
    pipeline.settle();
    world.intend("i-halted", "main", BTC, IntentAction.OPEN_LONG, world.nowMs());
    pipeline.settle();
    assertThat(world.decision("main", "i-halted").getCode()).isEqualTo("TRADING_HALTED");
    assertThat(pipeline.failedThreads()).isZero();
  }

  @Test
  void shouldBuryABadRowOnceHoweverOftenTheTablesAreReadAnew() throws Exception {
    // given
    send(Topic.CONTROL, 0, "main", new byte[] {9});
    hostile.flush();
    await().atMost(PATIENCE).until(() -> letters(Topic.CONTROL).size() == 1);

    // when the tables are read from their beginning again, and another bad row comes
    pipeline.streams().close(Duration.ofSeconds(30));
    pipeline.startStages();
    pipeline.settle();
    send(Topic.CONTROL, 0, "main", new byte[] {8});
    hostile.flush();

    // then the letters are written in order, so that the first would have come again by now
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                letters(Topic.CONTROL).stream().anyMatch(letter -> letter.value()[0] == (byte) 8));
    assertThat(letters(Topic.CONTROL)).hasSize(2);
  }

  private void poison(Topic topic) {
    String key = keyOf(topic);
    int home = partition(topic, key);
    byte[] rubbish = new byte[MEGABYTE];
    new Random(1).nextBytes(rubbish);
    rubbish[0] = 7;
    send(topic, home, key, new byte[] {9, 1, 2});
    send(topic, home, key, ByteBuffer.allocate(20).putInt(1, 999_999).array());
    send(topic, home, key, rubbish);
    if (topic.cleanup() == Topic.Cleanup.DELETE) {
      // The broker itself refuses a record without a key on a compacted topic.
      send(topic, home, null, new byte[] {9});
    }
    if (!TABLES.contains(topic)) {
      send(topic, home, key, null);
    }
  }

  private void wrongPartition() {
    for (Topic topic : List.of(Topic.TRADE_INTENT, Topic.EXCHANGE_ACCOUNT)) {
      SpecificRecord value =
          topic == Topic.TRADE_INTENT
              ? Records.intent("i-lost", "main", BTC, IntentAction.OPEN_LONG, world.nowMs()).build()
              : Records.wallet("main", "1", world.nowMs());
      int other = (partition(topic, "main") + 1) % RealPipeline.COUNTS.account();
      // An intent would be moved to where it belongs, unless its key is another account's.
      String key = topic == Topic.TRADE_INTENT ? "alpha" : "main";
      send(topic, other, key, pipeline.serialize(topic, value));
    }
  }

  private void fortyDigits() throws IOException {
    long nowMs = world.nowMs();
    send(
        Topic.TRADE_INTENT,
        partition(Topic.TRADE_INTENT, "main"),
        "main",
        withFortyDigits(
            Topic.TRADE_INTENT,
            Records.intent("i-40", "main", BTC, IntentAction.OPEN_LONG, nowMs).build(),
            "amount"));
    Candle candle = candle(nowMs - Records.MINUTE);
    send(Topic.CANDLE, 0, "XUSDT", withFortyDigits(Topic.CANDLE, candle, "close"));
    send(
        Topic.EXCHANGE_ACCOUNT,
        partition(Topic.EXCHANGE_ACCOUNT, "main"),
        "main",
        withFortyDigits(Topic.EXCHANGE_ACCOUNT, Records.wallet("main", "10000", nowMs), "wallet"));
    send(
        Topic.INSTRUMENT,
        0,
        BTC,
        withFortyDigits(Topic.INSTRUMENT, Records.instrument(BTC, "0.001"), "tickSize"));
  }

  private static Candle candle(long openMs) {
    BigDecimal one = BigDecimal.ONE.setScale(18);
    return Candle.newBuilder()
        .setSymbol("XUSDT")
        .setOpenTimeMs(openMs)
        .setIntervalMs(Records.MINUTE)
        .setOpen(one)
        .setHigh(one)
        .setLow(one)
        .setClose(one)
        .setVolume(one)
        .build();
  }

  /** Writes the bytes that a sender does who does not check what its schema allows. */
  private byte[] withFortyDigits(Topic topic, SpecificRecord value, String field)
      throws IOException {
    byte[] bytes = pipeline.serialize(topic, value);
    Schema schema = value.getSchema();
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(schema, schema, new GenericData())
            .read(
                null,
                DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null));
    record.put(field, ByteBuffer.wrap(BigInteger.TEN.pow(40).toByteArray()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, HEADER);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema, new GenericData()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private void assertLetters() {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    Stream.concat(STREAMS.stream(), TABLES.stream())
        .forEach(
            topic ->
                wanted.put(
                    topic.topicName() + " VALUE_UNREADABLE",
                    topic.cleanup() == Topic.Cleanup.DELETE ? 4 : 3));
    wanted.put("quantum.trade.intent VALUE_MISSING", 1);
    wanted.put("quantum.apply.result VALUE_MISSING", 1);
    wanted.put("quantum.market.candle VALUE_MISSING", 1);
    wanted.put("quantum.clock VALUE_MISSING", 1);
    wanted.put("quantum.trade.intent KEY_VALUE_MISMATCH", 1);
    wanted.put("quantum.exchange.account KEY_PARTITION_MISMATCH", 1);
    wanted.put("quantum.exchange.account VALUE_OUT_OF_BOUNDS", 1);
    wanted.put("quantum.instrument VALUE_OUT_OF_BOUNDS", 1);
    Map<String, Integer> found = new LinkedHashMap<>();
    List<ConsumerRecord<byte[], byte[]>> letters = pipeline.read(Topic.DEAD_LETTER);
    letters.forEach(
        letter ->
            found.merge(
                header(letter, DeadLetter.TOPIC) + " " + header(letter, DeadLetter.REASON),
                1,
                Integer::sum));
    assertThat(found).containsExactlyInAnyOrderEntriesOf(wanted);
    assertThat(letters)
        .filteredOn(letter -> header(letter, DeadLetter.VALUE_SIZE).equals("" + MEGABYTE))
        .hasSize(STREAMS.size() + TABLES.size())
        .allSatisfy(letter -> assertThat(letter.value()).hasSize(DeadLetter.MAX_VALUE_BYTES));
  }

  private List<Decision> decisions(String code) {
    return pipeline.values(Topic.DECISION, Decision.class).stream()
        .filter(decision -> decision.getCode().equals(code))
        .toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> letters(Topic topic) {
    return pipeline.read(Topic.DEAD_LETTER).stream()
        .filter(letter -> header(letter, DeadLetter.TOPIC).equals(topic.topicName()))
        .toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private static String keyOf(Topic topic) {
    return switch (topic) {
      case CANDLE, INSTRUMENT, MARKET_STATE -> BTC;
      case POSITION_SNAPSHOT, HARVEST_PROPOSAL -> "main:" + BTC;
      case CLOCK -> "0";
      case POLICY -> "default";
      case CONTROL -> "*";
      case UNIVERSE -> "top10";
      default -> "main";
    };
  }

  private static int partition(Topic topic, String key) {
    boolean ofAccount = topic.group() == PartitionGroup.ACCOUNT && topic != Topic.CLOCK;
    return ofAccount
        ? Accounts.partitionOf(Accounts.accountOf(key), RealPipeline.COUNTS.account())
        : 0;
  }

  private void send(Topic topic, int partition, String key, byte[] value) {
    var unused =
        hostile.send(
            new ProducerRecord<>(
                topic.topicName(),
                partition,
                world.nowMs(),
                key == null ? null : key.getBytes(UTF_8),
                value));
  }
}
