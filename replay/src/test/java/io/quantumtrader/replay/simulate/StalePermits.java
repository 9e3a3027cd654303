package io.quantumtrader.replay.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Lets the executor read plans whose permits are good for an hour more than they were granted. */
final class StalePermits implements Tampering {

  private static final long HOUR_MS = 3_600_000;

  private final Predicate<ApplyPlan> of;

  private StalePermits(Predicate<ApplyPlan> of) {
    this.of = of;
  }

  /** Permits of all plans. */
  static StalePermits ofAll() {
    return new StalePermits(plan -> true);
  }

  /** Permits of plans that move a stop. */
  static StalePermits ofStopMoves() {
    return new StalePermits(plan -> plan.getAction() == PlanAction.UPDATE_SL);
  }

  @Override
  @SuppressWarnings("unchecked") // a proxy of the interface that it stands in for
  public Consumer<byte[], byte[]> plans(Consumer<byte[], byte[]> read, RecordSerdes serdes) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            StalePermits.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(read, arguments);
                return method.getName().equals("poll")
                    ? longer((ConsumerRecords<byte[], byte[]>) answer, serdes)
                    : answer;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private ConsumerRecords<byte[], byte[]> longer(
      ConsumerRecords<byte[], byte[]> records, RecordSerdes serdes) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> all = new LinkedHashMap<>();
    for (TopicPartition at : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> changed = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> each : records.records(at)) {
        changed.add(at.topic().equals(Topic.APPLY_PLAN.topicName()) ? longer(each, serdes) : each);
      }
      all.put(at, changed);
    }
    return new ConsumerRecords<>(all, records.nextOffsets());
  }

  private ConsumerRecord<byte[], byte[]> longer(
      ConsumerRecord<byte[], byte[]> record, RecordSerdes serdes) {
    ApplyPlan plan =
        serdes.of(ApplyPlan.class).deserializer().deserialize(record.topic(), record.value());
    if (!of.test(plan)) {
      return record;
    }
    Permit permit = plan.getPermit();
    ApplyPlan changed =
        ApplyPlan.newBuilder(plan)
            .setPermit(
                Permit.newBuilder(permit).setExpiresAtMs(permit.getExpiresAtMs() + HOUR_MS).build())
            .build();
    byte[] value = serdes.of(ApplyPlan.class).serializer().serialize(record.topic(), changed);
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.timestampType(),
        record.serializedKeySize(),
        value.length,
        plan.getAccount().getBytes(UTF_8),
        value,
        record.headers(),
        record.leaderEpoch());
  }
}
