package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

  private static final ApplyPlan PLAN = Plans.entry(1, "ETHUSDT", OrderSide.BUY, "2");
  private final RecordCodec codec = new RecordCodec(Map.of("schema.registry.url", "mock://codec"));

  private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
    return new ConsumerRecord<>(Topic.APPLY_PLAN.topicName(), 0, 7, null, value);
  }

  @Test
  void shouldReadWhatItWrote() throws UnreadableRecordException {
    // given
    byte[] bytes = codec.value(Topic.APPLY_PLAN, PLAN);

    // when
    ApplyPlan read = codec.value(record(bytes), ApplyPlan.class);

    // then
    assertThat(read.getQuantity()).isEqualByComparingTo(PLAN.getQuantity());
    assertThat(read.getPermit().getPlanId()).isEqualTo(PLAN.getPlanId());
    assertThat(RecordCodec.key(record(bytes))).isEmpty();
  }

  @Test
  void shouldSayWhereItCouldNotRead() {
    // given
    byte[] other = codec.value(Topic.CLOCK, new Clock(1L, 1L, 0));

    // when, then
    assertThatThrownBy(() -> codec.value(record(new byte[] {1, 2}), ApplyPlan.class))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("quantum.apply.plan-0 at 7");
    assertThatThrownBy(() -> codec.value(record(null), ApplyPlan.class))
        .isInstanceOf(UnreadableRecordException.class);
    assertThatThrownBy(() -> codec.value(record(other), ApplyPlan.class))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void shouldTellAnOutageFromABadRecord() {
    // given: nobody listens on port 1
    byte[] bytes = codec.value(Topic.APPLY_PLAN, PLAN);
    RecordCodec cutOff =
        new RecordCodec(Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", 0));

    // when, then
    assertThatThrownBy(() -> cutOff.value(record(bytes), ApplyPlan.class))
        .isInstanceOf(RegistryUnavailableException.class);
  }
}
