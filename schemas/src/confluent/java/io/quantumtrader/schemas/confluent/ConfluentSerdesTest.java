package io.quantumtrader.schemas.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.serde.AvroDeserializer;
import io.quantumtrader.schemas.serde.AvroSerializer;
import io.quantumtrader.schemas.serde.ContractSchema;
import io.quantumtrader.schemas.serde.Subjects;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same bytes from Confluent's own serializers and from ours. Compiled and run under the Maven
 * profile {@code confluent} only. Both registries are in memory; ids are made equal by beginning
 * with empty ones.
 */
class ConfluentSerdesTest {

  private static final String TOPIC = "quantum.clock";

  private final Clock clock =
      Clock.newBuilder().setNowMs(1_763_546_400_000L).setStepMs(1_000).setPartition(3).build();

  private static Map<String, Object> settings(String scope) {
    return Map.of(
        "schema.registry.url",
        "mock://" + scope,
        "auto.register.schemas",
        true,
        "specific.avro.reader",
        true,
        "avro.remove.java.properties",
        true);
  }

  @AfterEach
  void forgetConfluentsRegistry() {
    MockSchemaRegistry.dropScope("interop");
  }

  @Test
  void shouldWriteTheBytesThatConfluentsSerializerWrites() {
    try (KafkaAvroSerializer theirs = new KafkaAvroSerializer();
        AvroSerializer<Clock> ours = new AvroSerializer<>()) {
      // given
      theirs.configure(settings("interop"), false);
      ours.configure(settings("interop"), false);

      // when, then
      assertThat(ours.serialize(TOPIC, clock)).isEqualTo(theirs.serialize(TOPIC, clock));
    }
  }

  @Test
  void shouldReadWhatConfluentsSerializerWritesAndBack() {
    try (KafkaAvroSerializer theirWriter = new KafkaAvroSerializer();
        KafkaAvroDeserializer theirReader = new KafkaAvroDeserializer();
        AvroSerializer<Clock> ourWriter = new AvroSerializer<>();
        AvroDeserializer<Clock> ourReader = new AvroDeserializer<>()) {
      // given
      theirWriter.configure(settings("interop"), false);
      theirReader.configure(settings("interop"), false);
      ourWriter.configure(settings("interop"), false);
      ourReader.configure(settings("interop"), false);

      // when
      byte[] theirs = theirWriter.serialize(TOPIC, clock);
      byte[] ours = ourWriter.serialize(TOPIC, clock);

      // then
      assertThat(ourReader.deserialize(TOPIC, theirs)).isEqualTo(clock);
      assertThat(theirReader.deserialize(TOPIC, ours)).isEqualTo(clock);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TopicNameStrategy", "RecordNameStrategy", "TopicRecordNameStrategy"})
  void shouldCallSubjectsAsConfluentsStrategiesDo(String strategy) throws Exception {
    // given
    String theirs = "io.confluent.kafka.serializers.subject." + strategy;
    Map<String, Object> settings =
        Map.of(
            "schema.registry.url",
            "mock://" + strategy,
            "auto.register.schemas",
            true,
            "value.subject.name.strategy",
            theirs);

    // when
    try (KafkaAvroSerializer serializer = new KafkaAvroSerializer();
        AvroSerializer<Clock> ours = new AvroSerializer<>()) {
      serializer.configure(settings, false);
      ours.configure(settings, false);
      byte[] unused = serializer.serialize(TOPIC, clock);
      byte[] alsoUnused = ours.serialize(TOPIC, clock);
    }

    // then
    assertThat(io.quantumtrader.schemas.testing.MockSchemaRegistry.named(strategy).subjects())
        .containsExactlyElementsOf(MockSchemaRegistry.getClientForScope(strategy).getAllSubjects());
  }

  @Test
  void shouldRegisterSchemasThatConfluentsParserTakes() {
    Subjects.all()
        .forEach(
            (subject, schema) -> {
              var parsed =
                  new io.confluent.kafka.schemaregistry.avro.AvroSchema(
                      ContractSchema.of(schema).toString());
              assertThat(parsed.rawSchema()).as(subject).isEqualTo(schema);
            });
  }
}
