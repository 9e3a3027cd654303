package io.quantumtrader.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.replay.run.MemoryScheme;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.serde.SerdeConfig;
import io.quantumtrader.schemas.serde.Subjects;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TopicValuesTest {

  private final String registry = MemoryScheme.begin("topic-values");
  private final RecordSerdes serdes = new RecordSerdes(Map.of(SerdeConfig.REGISTRY_URL, registry));
  private final TopicValues values = new TopicValues(serdes);

  @AfterEach
  void end() {
    serdes.close();
    MemoryScheme.end(registry);
  }

  @Test
  void shouldCountWhatCannotBeReadAndGoOn() {
    Registration.register(serdes.registry(), Subjects.all(), Compatibility.FULL_TRANSITIVE);
    Clock clock = Clock.newBuilder().setPartition(0).setNowMs(1).setStepMs(60_000).build();
    byte[] bytes = serdes.of(Clock.class).serializer().serialize(Topic.CLOCK.topicName(), clock);

    assertThat(values.read(Topic.CLOCK, new byte[] {1, 2, 3})).isEmpty();
    assertThat(values.read(Topic.CLOCK, new byte[] {0, 0, 0, 0, 99, 1})).isEmpty();
    assertThat(values.read(Topic.CLOCK, new byte[0])).isEmpty();
    assertThat(values.read(Topic.CLOCK, bytes)).contains(clock);
    assertThat(values.unreadable()).isEqualTo(3);
  }

  @Test
  void shouldNotCountWhatHasNothingToRead() {
    assertThat(values.read(Topic.CLOCK, null)).isEmpty();
    assertThat(values.read(Topic.DEAD_LETTER, new byte[] {1, 2, 3})).isEmpty();
    assertThat(values.unreadable()).isZero();
  }
}
