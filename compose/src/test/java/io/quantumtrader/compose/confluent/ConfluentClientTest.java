package io.quantumtrader.compose.confluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quantumtrader.compose.testing.SharedStack;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.evolution.SampleData;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import io.quantumtrader.schemas.serde.AvroDeserializer;
import io.quantumtrader.schemas.serde.AvroSerializer;
import io.quantumtrader.schemas.serde.ContractSchema;
import io.quantumtrader.schemas.serde.SerdeConfig;
import io.quantumtrader.schemas.serde.Subjects;
import io.quantumtrader.schemas.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Confluent's own serializers and ours, at the same registry: the same bytes, both ways. */
@Tag("real")
final class ConfluentClientTest {

  private static final int RECORDS = 32;
  private static final String URL = SharedStack.get().schemaRegistryUrl();

  /** Every way in which Confluent's client comes to the id of a schema that is registered. */
  private static final List<Map<String, Object>> WAYS_TO_THE_ID =
      List.of(
          settings(),
          settings("normalize.schemas", true),
          settings("use.latest.version", true),
          settings("auto.register.schemas", true),
          settings("auto.register.schemas", true, "normalize.schemas", true));

  private static ConfluentClient confluent;
  private static SchemaRegistry registry;

  private final String topic = "confluent-" + UUID.randomUUID();
  private final String subject = topic + "-value";
  private final Clock clock =
      Clock.newBuilder().setNowMs(1_763_546_400_000L).setStepMs(1_000).setPartition(3).build();

  @BeforeAll
  static void registerTheCatalog() throws IOException {
    confluent = new ConfluentClient();
    registry = new SerdeConfig(Map.of("schema.registry.url", URL)).registry();
    Registration.register(registry, Subjects.all(), Compatibility.FULL_TRANSITIVE);
  }

  @AfterAll
  static void close() throws IOException {
    registry.close();
    confluent.close();
  }

  /** Returns settings for either client. */
  private static Map<String, Object> settings(Object... more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("schema.registry.url", URL);
    settings.put("avro.remove.java.properties", true);
    settings.put("auto.register.schemas", false);
    for (int i = 0; i < more.length; i += 2) {
      settings.put((String) more[i], more[i + 1]);
    }
    return settings;
  }

  private static AvroSerializer<SpecificRecord> ours(Map<String, Object> settings) {
    AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    serializer.configure(settings, false);
    return serializer;
  }

  private static AvroDeserializer<SpecificRecord> ourReader() {
    AvroDeserializer<SpecificRecord> deserializer = new AvroDeserializer<>();
    deserializer.configure(settings(), false);
    return deserializer;
  }

  static Stream<Topic> topicsWithASchema() {
    return Arrays.stream(Topic.values()).filter(each -> each.valueType().isPresent());
  }

  /** Every branch, symbol and limit that the schema has, as records of the generated class. */
  private static List<SpecificRecord> samples(Topic of) throws IOException {
    Schema schema = of.valueSchema().orElseThrow();
    List<SpecificRecord> records = new ArrayList<>();
    for (Object generic : new SampleData(schema, 7).next(RECORDS)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<>(schema).write(generic, encoder);
      encoder.flush();
      records.add(
          new SpecificDatumReader<SpecificRecord>(schema)
              .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null)));
    }
    return records;
  }

  @ParameterizedTest
  @MethodSource("topicsWithASchema")
  void shouldWriteTheBytesOfEveryTopicThatConfluentsClientWrites(Topic each) throws IOException {
    String name = each.topicName();
    List<SpecificRecord> records = samples(each);
    for (Map<String, Object> way : WAYS_TO_THE_ID) {
      try (Serializer<Object> theirs = confluent.serializer(way);
          AvroSerializer<SpecificRecord> ours = ours(settings())) {
        for (SpecificRecord record : records) {
          assertThat(ours.serialize(name, record))
              .as("%s", way)
              .isEqualTo(theirs.serialize(name, record));
        }
      }
    }
    assertThat(registry.versions(each.subject())).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("topicsWithASchema")
  void shouldReadEveryTopicAcrossTheClients(Topic each) throws IOException {
    String name = each.topicName();
    Class<?> type = each.valueType().orElseThrow();
    try (Serializer<Object> theirWriter = confluent.serializer(settings());
        Deserializer<Object> theirReader =
            confluent.deserializer(settings("specific.avro.reader", true));
        Deserializer<Object> theirGenericReader = confluent.deserializer(settings());
        AvroSerializer<SpecificRecord> ourWriter = ours(settings());
        AvroDeserializer<SpecificRecord> ourReader = ourReader()) {
      for (SpecificRecord record : samples(each)) {
        // when
        SpecificRecord theirs = ourReader.deserialize(name, theirWriter.serialize(name, record));
        byte[] bytes = ourWriter.serialize(name, record);
        Object ours = theirReader.deserialize(name, bytes);
        GenericRecord generic = (GenericRecord) theirGenericReader.deserialize(name, bytes);

        // then; lists of records with decimals cannot be compared by equals
        assertThat(theirs).isInstanceOf(type).hasToString(record.toString());
        assertThat(ours).isInstanceOf(type).hasToString(record.toString());
        assertThat(theirWriter.serialize(name, generic)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void shouldFindWhatConfluentsClientRegisteredOfItself() {
    try (Serializer<Object> theirs = confluent.serializer(settings("auto.register.schemas", true));
        AvroSerializer<SpecificRecord> ours = ours(settings());
        AvroDeserializer<SpecificRecord> ourReader = ourReader()) {
      // when
      byte[] registered = theirs.serialize(topic, clock);

      // then
      assertThat(registry.versions(subject)).containsExactly(1);
      assertThat(idIn(registered)).isEqualTo(registry.latest(subject).id());
      assertThat(ours.serialize(topic, clock)).isEqualTo(registered);
      assertThat(ourReader.deserialize(topic, registered)).isEqualTo(clock);
    }
  }

  @Test
  void shouldLetConfluentsClientFindWhatWeRegisteredOfOurselves() {
    try (Serializer<Object> theirs = confluent.serializer(settings());
        AvroSerializer<SpecificRecord> ours = ours(settings("auto.register.schemas", true))) {
      byte[] registered = ours.serialize(topic, clock);

      assertThat(theirs.serialize(topic, clock)).isEqualTo(registered);
      assertThat(registry.versions(subject)).containsExactly(1);
    }
  }

  @Test
  void shouldRefuseToWriteWhereNothingIsRegistered() {
    try (Serializer<Object> theirs = confluent.serializer(settings());
        AvroSerializer<SpecificRecord> ours = ours(settings())) {
      // when
      Throwable refused = catchThrowable(() -> theirs.serialize(topic, clock));
      Throwable ourRefusal = catchThrowable(() -> ours.serialize(topic, clock));

      // then
      assertThat(refused).isInstanceOf(SerializationException.class);
      assertThat(confluent.status(refused)).contains(404);
      assertThat(ourRefusal).hasMessageContaining(subject + " does not have the schema");
      assertThat(registry.subjects()).doesNotContain(subject);
    }
  }

  @Test
  void shouldWriteTheNewestVersionWhereToldTo() {
    // given a second version that encodes alike, with a default more
    Schema first = ContractSchema.of(clock.getSchema());
    int firstId = registry.register(subject, first);
    int secondId = registry.register(subject, withDefault(first));
    assertThat(secondId).isNotEqualTo(firstId);
    Map<String, Object> latest = settings("use.latest.version", true);
    try (Serializer<Object> theirs = confluent.serializer(latest);
        Serializer<Object> theirsOfItsOwn = confluent.serializer(settings());
        AvroSerializer<SpecificRecord> ours = ours(latest);
        AvroDeserializer<SpecificRecord> ourReader = ourReader()) {
      // when
      byte[] newest = theirs.serialize(topic, clock);

      // then
      assertThat(idIn(newest)).isEqualTo(secondId);
      assertThat(ours.serialize(topic, clock)).isEqualTo(newest);
      assertThat(ourReader.deserialize(topic, newest)).isEqualTo(clock);
      assertThat(idIn(theirsOfItsOwn.serialize(topic, clock))).isEqualTo(firstId);
    }
  }

  @Test
  void shouldTakeAnotherSpellingForTheSameSchemaWhereItIsNormalized() {
    // given
    Schema schema = ContractSchema.of(clock.getSchema());
    int id = registry.register(subject, schema);
    try (Serializer<Object> theirs =
        confluent.serializer(settings("auto.register.schemas", true, "normalize.schemas", true))) {
      // when
      byte[] value = theirs.serialize(topic, generic(saidBetter(schema)));

      // then
      assertThat(idIn(value)).isEqualTo(id);
      assertThat(registry.versions(subject)).containsExactly(1);
    }
  }

  @Test
  void shouldRefuseASchemaThatOlderReadersCannotRead() {
    try (Serializer<Object> theirs =
        confluent.serializer(settings("auto.register.schemas", true))) {
      // given
      byte[] unused = theirs.serialize(topic, clock);
      Schema incompatible =
          SchemaBuilder.record(clock.getSchema().getFullName())
              .fields()
              .requiredString("nowMs")
              .endRecord();
      GenericRecord value = new GenericData.Record(incompatible);
      value.put("nowMs", "soon");

      // when
      Throwable refused = catchThrowable(() -> theirs.serialize(topic, value));

      // then
      assertThat(refused).isInstanceOf(SerializationException.class);
      assertThat(confluent.status(refused)).contains(409);
      assertThat(registry.versions(subject)).containsExactly(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TopicNameStrategy, %1$s-value",
    "RecordNameStrategy, %2$s",
    "TopicRecordNameStrategy, %1$s-%2$s"
  })
  void shouldCallSubjectsAsConfluentsStrategiesDo(String strategy, String expected) {
    Map<String, Object> settings =
        settings(
            "value.subject.name.strategy", "io.confluent.kafka.serializers.subject." + strategy);
    Map<String, Object> registering = new HashMap<>(settings);
    registering.put("auto.register.schemas", true);
    try (Serializer<Object> theirs = confluent.serializer(registering);
        AvroSerializer<SpecificRecord> ours = ours(settings)) {
      // when only they register
      byte[] registered = theirs.serialize(topic, clock);

      // then it is found, and where it is expected
      assertThat(ours.serialize(topic, clock)).isEqualTo(registered);
      assertThat(registry.subjects())
          .contains(expected.formatted(topic, clock.getSchema().getFullName()));
    }
  }

  private static int idIn(byte[] value) {
    return ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
  }

  private static Schema saidBetter(Schema of) {
    Schema same = Schema.createRecord(of.getName(), "Said better.", of.getNamespace(), false);
    same.setFields(of.getFields().stream().map(each -> copy(each, each.defaultVal())).toList());
    assertThat(same.toString()).isNotEqualTo(of.toString());
    return same;
  }

  private static Schema withDefault(Schema of) {
    Schema more = Schema.createRecord(of.getName(), of.getDoc(), of.getNamespace(), false);
    more.setFields(
        of.getFields().stream()
            .map(each -> copy(each, each.name().equals("partition") ? 0 : each.defaultVal()))
            .toList());
    return more;
  }

  private static Schema.Field copy(Schema.Field field, Object defaultValue) {
    return new Schema.Field(field.name(), field.schema(), field.doc(), defaultValue);
  }

  private GenericRecord generic(Schema schema) {
    GenericRecord value = new GenericData.Record(schema);
    schema.getFields().forEach(field -> value.put(field.pos(), clock.get(field.pos())));
    return value;
  }
}
