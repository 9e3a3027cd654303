package io.quantumtrader.replay.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Lets the executor read plans whose permits are good for an hour more than they were granted. */
final class StalePermits implements Tampering {

  private static final long HOUR_MS = 3_600_000;

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

  private static ConsumerRecords<byte[], byte[]> longer(
      ConsumerRecords<byte[], byte[]> records, RecordSerdes serdes) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> all = new LinkedHashMap<>();
    for (TopicPartition of : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> changed = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> each : records.records(of)) {
        changed.add(of.topic().equals(Topic.APPLY_PLAN.topicName()) ? longer(each, serdes) : each);
      }
      all.put(of, changed);
    }
    return new ConsumerRecords<>(all, records.nextOffsets());
  }

  private static ConsumerRecord<byte[], byte[]> longer(
      ConsumerRecord<byte[], byte[]> record, RecordSerdes serdes) {
    ApplyPlan plan =
        serdes.of(ApplyPlan.class).deserializer().deserialize(record.topic(), record.value());
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
