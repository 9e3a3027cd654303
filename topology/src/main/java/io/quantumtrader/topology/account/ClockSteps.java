package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.time.PlausibleTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.Record;

/** Which steps of the clock are taken: any other is a dead letter, and moves nothing. */
final class ClockSteps {

  private ClockSteps() {}

  /**
   * Returns the partition that a step is for.
   *
   * @throws DecisionFailedException where it is none, or for another partition than it lies in
   */
  static int checkKey(Record<String, Clock> record, KeyCheck keys) {
    if (record.value() == null) {
      throw new DecisionFailedException(ReasonCode.VALUE_MISSING, "a clock without a value");
    }
    int partition = keys.partition();
    if (!Integer.toString(partition).equals(record.key())) {
      throw new DecisionFailedException(
          ReasonCode.KEY_PARTITION_MISMATCH,
          "clock of partition " + record.key() + " in partition " + partition);
    }
    if (record.value().getPartition() != partition) {
      throw KeyCheck.mismatch(record.key(), "partition " + record.value().getPartition());
    }
    if (record.value().getNowMs() < 0) {
      throw new DecisionFailedException(
          ReasonCode.TIME_INVALID, "a clock before 1970: " + record.value().getNowMs());
    }
    return partition;
  }

  /** Returns why a step cannot be believed, or empty where it can. */
  static Optional<DecisionFailedException> refuse(
      Record<String, Clock> record, AccountClock clock) {
    long stepMs = record.value().getNowMs();
    long epoch = ClockEpoch.of(record.headers());
    OptionalLong rejectedMs = PlausibleTime.rejected(record.headers());
    return clock
        .refuse(stepMs, epoch)
        .or(() -> rejectedMs.isPresent() ? Optional.of(ReasonCode.TIME_INVALID) : Optional.empty())
        .map(
            why ->
                new DecisionFailedException(
                    why,
                    "step %d of epoch %d, record time %d, while the wall clock says %d"
                        .formatted(
                            stepMs, epoch, rejectedMs.orElse(record.timestamp()), clock.wallMs())));
  }
}
