package io.quantumtrader.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.registry.MemorySchemaRegistry;
import io.quantumtrader.schemas.registry.SchemaNotFoundException;
import io.quantumtrader.schemas.testing.MockSchemaRegistry;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdeTest {

  private static final String TOPIC = "quantum.trade.intent";

  private String url;
  private MemorySchemaRegistry registry;

  @BeforeEach
  void emptyRegistry() {
    String name = UUID.randomUUID().toString();
    url = "mock://" + name;
    registry = MockSchemaRegistry.named(name);
  }

  private Map<String, Object> config(String... more) {
    Map<String, Object> config = new java.util.HashMap<>();
    config.put("schema.registry.url", url);
    for (int i = 0; i < more.length; i += 2) {
      config.put(more[i], more[i + 1]);
    }
    return config;
  }

  private Serde<TradeIntent> intents() {
    return new RecordSerdes(config()).of(TradeIntent.class);
  }

  private static TradeIntent intent(String amount) {
    return TradeIntent.newBuilder()
        .setIntentId("1773499990000-0")
        .setSymbol("BTCUSDT")
        .setAction(IntentAction.BUY)
        .setSizing(Sizing.QUANTITY)
        .setAmount(new BigDecimal(amount).setScale(18))
        .setCreatedAtMs(1773499990000L)
        .build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.000000000000000001",
        "-0.000000000000000001",
        "0.008450704225352112",
        "71000",
        "12345678901234567890.123456789012345678",
        "99999999999999999999.999999999999999999",
        "-99999999999999999999.999999999999999999"
      })
  void shouldReadDecimalsExactlyAsWritten(String amount) {
    // given
    Serde<TradeIntent> serde = intents();
    TradeIntent written = intent(amount);

    // when
    byte[] bytes = serde.serializer().serialize(TOPIC, written);

    // then
    assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0000000000000000001", "100000000000000000000"})
  void shouldRefuseDecimalsThatDoNotFit(String amount) {
    // given
    Serde<TradeIntent> serde = intents();
    TradeIntent unfit = intent("1");
    TradeIntent changed = TradeIntent.newBuilder(unfit).setAmount(new BigDecimal(amount)).build();

    // when, then
    assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, changed))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("quantum.trade.intent")
        .hasMessageContaining("TradeIntent");
  }

  @Test
  void shouldWriteTheRegistrysWireFormat() {
    // given
    Serde<Clock> serde = new RecordSerdes(config()).of(Clock.class);
    Clock clock = Clock.newBuilder().setNowMs(1L).setStepMs(60_000L).setPartition(2).build();

    // when
    byte[] bytes = serde.serializer().serialize("quantum.clock", clock);

    // then
    int id = registry.latest("quantum.clock-value").id();
    assertThat(ByteBuffer.wrap(bytes).get()).isZero();
    assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(id);
    assertThat(registry.schemaById(id).toString()).doesNotContain("avro.java.string");
  }

  @Test
  void shouldKeepNullAsTombstone() {
    Serde<TradeIntent> serde = intents();
    assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
    assertThat(serde.deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
    assertThat(serde.deserializer().deserialize(TOPIC, new RecordHeaders(), (ByteBuffer) null))
        .isNull();
  }

  @Test
  void shouldReadFromTheMiddleOfABuffer() {
    // given
    Serde<TradeIntent> serde = intents();
    TradeIntent written = intent("1.5");
    byte[] bytes = serde.serializer().serialize(TOPIC, written);
    ByteBuffer heap = ByteBuffer.allocate(bytes.length + 20).position(7).put(bytes).flip();
    heap.position(7);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();

    // when, then
    for (ByteBuffer buffer : List.of(heap, heap.slice(), direct, heap.asReadOnlyBuffer())) {
      assertThat(serde.deserializer().deserialize(TOPIC, new RecordHeaders(), buffer))
          .isEqualTo(written);
    }
  }

  @Test
  void shouldWriteAndReadSeveralTypesByClassNameInOneClient() {
    // given
    AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    AvroDeserializer<SpecificRecord> deserializer = new AvroDeserializer<>();
    serializer.configure(config(), false);
    deserializer.configure(config(), false);
    Clock clock = Clock.newBuilder().setNowMs(1L).setStepMs(60_000L).setPartition(2).build();
    TradeIntent intent = intent("2");

    // when
    byte[] first = serializer.serialize("quantum.clock", clock);
    byte[] second = serializer.serialize(TOPIC, intent);
    byte[] third = serializer.serialize("quantum.clock", clock);

    // then
    assertThat(deserializer.deserialize("quantum.clock", first)).isEqualTo(clock);
    assertThat(deserializer.deserialize(TOPIC, second)).isEqualTo(intent);
    assertThat(third).isEqualTo(first);
  }

  @Test
  void shouldRefuseARecordOfAnotherType() {
    // given
    AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    serializer.configure(config(), false);
    byte[] clock =
        serializer.serialize(
            TOPIC, Clock.newBuilder().setNowMs(1L).setStepMs(60_000L).setPartition(2).build());
    AvroDeserializer<TradeIntent> deserializer = new AvroDeserializer<>();
    deserializer.configure(config("value.avro.class", TradeIntent.class.getName()), false);

    // when, then
    assertThatThrownBy(() -> deserializer.deserialize(TOPIC, clock))
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "reading a value of topic quantum.trade.intent (subject quantum.trade.intent-value,"
                + " schema id 1): found a io.quantumtrader.schemas.avro.Clock, expected a"
                + " io.quantumtrader.schemas.avro.TradeIntent");
  }

  @Test
  void shouldReadGenericallyWithStringsAndDecimals() {
    // given
    GenericAvroDeserializer deserializer = new GenericAvroDeserializer();
    deserializer.configure(config(), false);
    byte[] bytes = intents().serializer().serialize(TOPIC, intent("0.5"));

    // when
    GenericRecord read = deserializer.deserialize(TOPIC, bytes);

    // then
    assertThat(read.get("symbol")).isEqualTo("BTCUSDT");
    assertThat(read.get("amount")).isEqualTo(new BigDecimal("0.500000000000000000"));
    assertThat(read.get("action")).hasToString("BUY");
  }

  @Test
  void shouldSayWhyARecordCannotBeRead() {
    // given
    Serde<TradeIntent> serde = intents();
    byte[] good = serde.serializer().serialize(TOPIC, intent("1"));
    byte[] foreign = "{\"symbol\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] cut = java.util.Arrays.copyOf(good, good.length - 3);
    byte[] longer = java.util.Arrays.copyOf(good, good.length + 1);
    byte[] unknown = good.clone();
    unknown[4] = 99;
    byte[] hugeString = good.clone();
    java.util.Arrays.fill(hugeString, 5, 9, (byte) 0xff);
    hugeString[9] = 0x0e;

    // when, then
    assertUnreadable(serde, new byte[0], "5 bytes at least, this one has 0");
    assertUnreadable(serde, foreign, "the first byte is 123");
    assertUnreadable(serde, cut, "schema id 1");
    assertUnreadable(serde, longer, "bytes are left after the record");
    assertUnreadable(serde, hugeString, "schema id 1");
    assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, unknown))
        .isInstanceOf(SchemaNotFoundException.class)
        .hasMessageContaining("topic quantum.trade.intent")
        .hasMessageContaining("id 99");
    assertThat(serde.deserializer().deserialize(TOPIC, good)).isEqualTo(intent("1"));
  }

  private static void assertUnreadable(Serde<TradeIntent> serde, byte[] bytes, String reason) {
    assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("topic quantum.trade.intent")
        .hasMessageContaining(reason);
  }

  @Test
  void shouldNameTheRegistrationStepWhereASchemaIsNotRegistered() {
    // given
    Serde<TradeIntent> serde =
        new RecordSerdes(config("auto.register.schemas", "false")).of(TradeIntent.class);

    // when, then
    assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, intent("1")))
        .isInstanceOf(SchemaNotFoundException.class)
        .hasMessageContaining("subject quantum.trade.intent-value")
        .hasMessageContaining("run the registration step");
    registry.register(TOPIC + "-value", ContractSchema.of(TradeIntent.getClassSchema()));
    assertThat(serde.serializer().serialize(TOPIC, intent("1"))).isNotEmpty();
  }

  @Test
  void shouldTakeTheLatestVersionOnlyWhereItEncodesTheSame() {
    // given
    Serde<Clock> serde =
        new RecordSerdes(config("auto.register.schemas", "false", "use.latest.version", "true"))
            .of(Clock.class);
    Clock clock = Clock.newBuilder().setNowMs(1L).setStepMs(60_000L).setPartition(2).build();
    registry.register("other-value", ContractSchema.of(Policy.getClassSchema()));
    registry.register("same-value", ContractSchema.of(Clock.getClassSchema()));

    // when, then
    assertThat(serde.serializer().serialize("same", clock)[4]).isEqualTo((byte) 2);
    assertThatThrownBy(() -> serde.serializer().serialize("other", clock))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("version 1 (id 1) of subject other-value encodes differently");
  }

  @Test
  void shouldNameStoredTypesByTheirTypeInTopicsOfStreams() {
    // given
    AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    serializer.configure(config(), false);
    Risk stored =
        Risk.newBuilder()
            .setInitialStop(new BigDecimal("1").setScale(18))
            .setTarget(new BigDecimal("2").setScale(18))
            .setAtr(0.5)
            .setFactor(1.5)
            .setSource(RiskSource.INTENT)
            .build();

    // when
    serializer.serialize("quantum-streams-intents-changelog", intent("1"));
    serializer.serialize("quantum-streams-intents-repartition", intent("1"));
    serializer.serialize("quantum-streams-risk-changelog", stored);

    // then
    assertThat(registry.subjects())
        .containsExactly("quantum.trade.intent-value", "io.quantumtrader.schemas.avro.Risk")
        .isSubsetOf(Subjects.all().keySet());
  }

  @Test
  void shouldRefuseToBeAKeySerde() {
    assertThatThrownBy(() -> new AvroSerde<TradeIntent>().configure(config(), true))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("plain strings");
  }

  @Test
  void shouldServeSeveralThreadsAtOnce() throws InterruptedException {
    // given
    Serde<TradeIntent> serde = intents();
    ConcurrentLinkedQueue<Object> wrong = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();

    // when
    for (int t = 0; t < 4; t++) {
      TradeIntent mine = intent(t + ".25");
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 2_000; i++) {
                      byte[] bytes = serde.serializer().serialize(TOPIC, mine);
                      TradeIntent read = serde.deserializer().deserialize(TOPIC, bytes);
                      if (!read.equals(mine)) {
                        wrong.add(read);
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    // then
    assertThat(wrong).isEmpty();
  }
}
