package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.compose.testing.SharedStack;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.registry.SchemaNotFoundException;
import io.quantumtrader.schemas.registry.SchemaNotFoundException.Missing;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import io.quantumtrader.schemas.registry.SchemaRejectedException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.serde.Subjects;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.serialization.Serde;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The registration step and the serdes against the real broker and the real registry. */
@Tag("real")
final class RegistrationOnStackTest {

  private final Stack stack = SharedStack.get();
  private final Map<String, Object> clients =
      Map.of(
          "bootstrap.servers",
          stack.bootstrapServers(),
          "schema.registry.url",
          stack.schemaRegistryUrl());

  private Registration.Summary register() {
    TopicSettings settings =
        new TopicSettings(PartitionCounts.DEFAULT, (short) 1, Map.of("retention.ms", "-1"));
    return new Registration(clients, settings, Duration.ofSeconds(60)).run(1L);
  }

  @Test
  void shouldPrepareAnInstallationThatSerdesCanUse() {
    // given
    Registration.Summary first = register();

    // when
    Registration.Summary second = register();

    // then
    assertThat(first.schemaIds().keySet()).isEqualTo(Subjects.all().keySet());
    assertThat(second.schemaIds()).isEqualTo(first.schemaIds());
    assertThat(second.created()).isEmpty();
    assertThat(second.drift()).isEmpty();
    assertThat(second.versionsAdded()).isEmpty();
    assertThat(second.policyWritten()).isFalse();
    try (RecordSerdes serdes = new RecordSerdes(clients)) {
      Serde<Clock> serde = serdes.of(Clock.class);
      Clock clock = Clock.newBuilder().setNowMs(1).setStepMs(2).setPartition(0).build();
      for (String topic : new String[] {"quantum.clock", "quantum-streams-x-changelog"}) {
        byte[] bytes = serde.serializer().serialize(topic, clock);
        assertThat(serde.deserializer().deserialize(topic, bytes)).isEqualTo(clock);
      }
      assertThat(serdes.registry().compatibility(Topic.CLOCK.subject()))
          .contains(Compatibility.FULL_TRANSITIVE);
    }
  }

  @Test
  void shouldTellTheRegistrysRefusalsApart() {
    // given
    register();
    Schema other = SchemaBuilder.record("Other").fields().requiredInt("a").endRecord();
    Schema clash =
        SchemaBuilder.record("Clock")
            .namespace("io.quantumtrader.schemas.avro")
            .fields()
            .requiredInt("a")
            .endRecord();
    String subject = Topic.CLOCK.subject();
    try (RecordSerdes serdes = new RecordSerdes(clients)) {
      SchemaRegistry registry = serdes.registry();

      // when, then
      assertMissing(() -> registry.schemaById(999_999), Missing.SCHEMA);
      assertMissing(() -> registry.latest("no-such-value"), Missing.SUBJECT);
      assertMissing(() -> registry.version(subject, 99), Missing.VERSION);
      assertMissing(() -> registry.idOf(subject, other), Missing.SCHEMA);
      assertMissing(() -> registry.idOf("no-such-value", other), Missing.SUBJECT);
      assertThatThrownBy(() -> registry.register(subject, clash))
          .isInstanceOf(SchemaRejectedException.class)
          .hasMessageContaining("in subject quantum.clock-value")
          .hasMessageContaining("409");
      assertThat(registry.versions(subject)).containsExactly(1);
      assertThat(registry.latest(subject).schema()).isEqualTo(Subjects.all().get(subject));
    }
  }

  private static void assertMissing(ThrowingCallable call, Missing what) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SchemaNotFoundException.class,
            thrown -> assertThat(thrown.missing()).as(thrown.getMessage()).isEqualTo(what));
  }
}
