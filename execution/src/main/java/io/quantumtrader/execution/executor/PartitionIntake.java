package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.executor.Outputs.DeadLetter;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads plans and clock records. What cannot be read, or lies where it does not belong, becomes a
 * dead letter.
 */
final class PartitionIntake {

  private final RecordCodec codec;
  private final PartitionCounts counts;

  PartitionIntake(RecordCodec codec, PartitionCounts counts) {
    this.codec = codec;
    this.counts = counts;
  }

  Optional<Clock> clock(ConsumerRecord<byte[], byte[]> record, Outputs out) {
    try {
      return Optional.of(codec.value(record, Clock.class));
    } catch (UnreadableRecordException unreadable) {
      out.add(new DeadLetter(record, name(unreadable), unreadable.getMessage()));
      return Optional.empty();
    }
  }

  Optional<ApplyPlan> plan(ConsumerRecord<byte[], byte[]> record, Outputs out) {
    ApplyPlan plan;
    try {
      plan = codec.value(record, ApplyPlan.class);
    } catch (UnreadableRecordException unreadable) {
      out.add(new DeadLetter(record, name(unreadable), unreadable.getMessage()));
      return Optional.empty();
    }
    String key = RecordCodec.key(record);
    if (Accounts.partitionOf(key, counts.account()) != record.partition()) {
      out.add(misplaced(record, ReasonCode.KEY_PARTITION_MISMATCH));
      return Optional.empty();
    }
    if (!key.equals(plan.getAccount())) {
      out.add(misplaced(record, ReasonCode.KEY_VALUE_MISMATCH));
      return Optional.empty();
    }
    return Optional.of(plan);
  }

  private static String name(UnreadableRecordException unreadable) {
    return unreadable.getCause() == null
        ? UnreadableRecordException.class.getName()
        : unreadable.getCause().getClass().getName();
  }

  private static DeadLetter misplaced(ConsumerRecord<byte[], byte[]> record, ReasonCode code) {
    return new DeadLetter(record, code.name(), code.meaning());
  }
}
