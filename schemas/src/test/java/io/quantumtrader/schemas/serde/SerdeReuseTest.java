package io.quantumtrader.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.registry.MemorySchemaRegistry;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import io.quantumtrader.schemas.testing.MockSchemaRegistry;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** Serialization is hot: what can be kept is kept. */
class SerdeReuseTest {

  private static final String TOPIC = "quantum.clock";
  private static final int RECORDS = 20_000;

  /** Less than one new buffer, and far less than a new encoder, decoder or datum reader. */
  private static final long BYTES_PER_RECORD = 500;

  private static Clock clock(int i) {
    return Clock.newBuilder().setNowMs(i).setStepMs(60_000).setPartition(i % 3).build();
  }

  @Test
  void shouldAllocateLittleMoreThanWhatItReturns() {
    // given
    Serde<Clock> serde =
        new RecordSerdes(Map.of("schema.registry.url", "mock://" + UUID.randomUUID()))
            .of(Clock.class);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Clock value = clock(1);
    byte[] bytes = serde.serializer().serialize(TOPIC, value);
    serde.deserializer().deserialize(TOPIC, bytes);

    // when
    long start = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < RECORDS; i++) {
      serde.serializer().serialize(TOPIC, value);
    }
    long written = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < RECORDS; i++) {
      serde.deserializer().deserialize(TOPIC, bytes);
    }
    long read = threads.getCurrentThreadAllocatedBytes();

    // then
    assertThat((written - start) / RECORDS).isLessThan(BYTES_PER_RECORD);
    assertThat((read - written) / RECORDS).isLessThan(BYTES_PER_RECORD);
  }

  @Test
  void shouldAskTheRegistryOncePerTopicAndTypeAndOncePerId() {
    // given
    Map<String, Integer> calls = new TreeMap<>();
    MemorySchemaRegistry mock = MockSchemaRegistry.named(UUID.randomUUID().toString());
    SchemaRegistry counting =
        (SchemaRegistry)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SchemaRegistry.class},
                (proxy, method, arguments) -> {
                  calls.merge(method.getName(), 1, Integer::sum);
                  return method.invoke(mock, arguments);
                });
    SerdeConfig config = new SerdeConfig(Map.of("schema.registry.url", "mock://unused"));
    AvroSerde<Clock> serde = new AvroSerde<>(counting, config, Clock.class);

    // when
    for (int i = 0; i < 10; i++) {
      for (String topic : List.of(TOPIC, "quantum.clock.copy")) {
        byte[] bytes = serde.serializer().serialize(topic, clock(i));
        serde.deserializer().deserialize(topic, bytes);
      }
    }

    // then
    assertThat(calls).isEqualTo(Map.of("register", 2, "schemaById", 1));
  }
}
