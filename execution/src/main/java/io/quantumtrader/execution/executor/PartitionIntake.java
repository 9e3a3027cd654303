package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.executor.Outputs.DeadLetter;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.time.ClockCheck;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads plans, approvals and clock records. What cannot be read, or lies where it does not belong,
 * becomes a dead letter.
 */
final class PartitionIntake {

  private final RecordCodec codec;
  private final PartitionCounts counts;
  private final LongSupplier wallMs;

  PartitionIntake(RecordCodec codec, PartitionCounts counts, LongSupplier wallMs) {
    this.codec = codec;
    this.counts = counts;
    this.wallMs = wallMs;
  }

  /** Returns a step of the clock that can be believed, and has the desk note whose it is. */
  Optional<Clock> clock(
      ConsumerRecord<byte[], byte[]> record, PartitionExecutor desk, Outputs out) {
    desk.doubt(wallMs.getAsLong());
    Optional<Clock> step = value(record, Clock.class, out);
    if (step.isEmpty()) {
      return step;
    }
    long stepMs = step.get().getNowMs();
    long epoch = ClockEpoch.of(record.headers());
    Optional<ReasonCode> refused =
        step.get().getPartition() == record.partition()
            ? ClockCheck.refuse(stepMs, epoch, wallMs.getAsLong(), desk.epoch())
                .or(() -> refuseRecordTime(record))
            : Optional.of(ReasonCode.KEY_VALUE_MISMATCH);
    if (refused.isPresent()) {
      out.add(misplaced(record, refused.get()));
      return Optional.empty();
    }
    desk.passEpoch(epoch);
    desk.passMarket(MarketHeaders.marketOf(record.headers()));
    return step;
  }

  /** The stages refuse the same ones, so that both go by one clock. */
  private Optional<ReasonCode> refuseRecordTime(ConsumerRecord<byte[], byte[]> record) {
    return record.timestamp() == ConsumerRecord.NO_TIMESTAMP
            || ClockCheck.isPlausible(record.timestamp(), wallMs.getAsLong())
        ? Optional.empty()
        : Optional.of(ReasonCode.TIME_INVALID);
  }

  /** Returns a plan, if it lies where it belongs. */
  Optional<ApplyPlan> plan(ConsumerRecord<byte[], byte[]> record, Outputs out) {
    return ofAccount(record, ApplyPlan.class, ApplyPlan::getAccount, out);
  }

  /** Returns what a person said of a plan, if it lies where it belongs. */
  Optional<Approval> approval(ConsumerRecord<byte[], byte[]> record, Outputs out) {
    return ofAccount(record, Approval.class, Approval::getAccount, out);
  }

  private <T extends SpecificRecord> Optional<T> ofAccount(
      ConsumerRecord<byte[], byte[]> record,
      Class<T> type,
      Function<T, String> account,
      Outputs out) {
    Optional<T> value = value(record, type, out);
    if (value.isEmpty()) {
      return value;
    }
    String key = RecordCodec.key(record);
    if (Accounts.partitionOf(key, counts.account()) != record.partition()) {
      out.add(misplaced(record, ReasonCode.KEY_PARTITION_MISMATCH));
      return Optional.empty();
    }
    if (!key.equals(account.apply(value.get()))) {
      out.add(misplaced(record, ReasonCode.KEY_VALUE_MISMATCH));
      return Optional.empty();
    }
    return value;
  }

  private <T extends SpecificRecord> Optional<T> value(
      ConsumerRecord<byte[], byte[]> record, Class<T> type, Outputs out) {
    try {
      return Optional.of(codec.value(record, type));
    } catch (UnreadableRecordException unreadable) {
      out.add(new DeadLetter(record, name(unreadable), unreadable.getMessage()));
      return Optional.empty();
    }
  }

  /** Notes what a person said of a plan that does not wait for anybody. */
  static void unclaimed(ConsumerRecord<byte[], byte[]> record, Outputs out) {
    out.add(misplaced(record, ReasonCode.APPROVAL_UNCLAIMED));
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
