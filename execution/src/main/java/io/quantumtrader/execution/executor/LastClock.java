package io.quantumtrader.execution.executor;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.time.ClockCheck;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.topic.MarketHeaders;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where the clock of a partition stood, by those of its last records that can be believed. */
final class LastClock {

  private final long wallMs;
  private long nowMs;
  private long epoch;
  private Optional<String> market = Optional.empty();
  private boolean known;

  /**
   * Creates it before any record.
   *
   * @param wallMs the wall time now, epoch ms
   */
  LastClock(long wallMs) {
    this.wallMs = wallMs;
  }

  /** Takes the next record, with what it says where that could be read. */
  void see(ConsumerRecord<byte[], byte[]> record, Optional<Clock> value) {
    if (value.isEmpty()
        || !ClockCheck.isPlausible(Math.max(0, record.timestamp()), wallMs)
        || value.get().getPartition() != record.partition()) {
      return;
    }
    long stepMs = value.get().getNowMs();
    long of = ClockEpoch.of(record.headers());
    if (ClockCheck.refuse(stepMs, of, wallMs, epoch).isEmpty()) {
      nowMs = Math.max(nowMs, stepMs);
      epoch = of;
      market = MarketHeaders.marketOf(record.headers());
      known = true;
    }
  }

  boolean isKnown() {
    return known;
  }

  long nowMs() {
    return nowMs;
  }

  long epoch() {
    return epoch;
  }

  /** Returns which market the last step is of; empty where it does not say. */
  Optional<String> market() {
    return market;
  }
}
