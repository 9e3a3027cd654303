package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.time.ClockCheck;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The clock of the accounts as it lasts: the greatest step, the step before the last jump, and the
 * greatest epoch of a feed.
 *
 * <p>A step that lies ahead of the wall clock is not believed even where it lies in the store: an
 * older version wrote it, or this machine's own clock was wrong when it did. Then the step before
 * the jump holds, and where that is not to be believed either there is no clock, so that the next
 * step that can be believed becomes now though it is lower. So now stands ahead of the wall clock
 * no longer than the wall clock itself is wrong.
 */
final class AccountClock {

  static final String NOW = "now";
  static final String BEFORE = "before";
  static final String EPOCH = "epoch";

  private final StoredRows<Long> rows;
  private final LongSupplier wallMs;

  AccountClock(StoredRows<Long> rows, LongSupplier wallMs) {
    this.rows = rows;
    this.wallMs = wallMs;
  }

  /** Returns now, epoch ms; 0 where no step that can be believed is known. */
  long nowMs() {
    long now = believed(NOW);
    return now > 0 ? now : believed(BEFORE);
  }

  /** Returns the wall time, epoch ms. */
  long wallMs() {
    return wallMs.getAsLong();
  }

  /** Returns why a step is refused, or empty where it is believed. */
  Optional<ReasonCode> refuse(long stepMs, long epoch) {
    return ClockCheck.refuse(stepMs, epoch, wallMs.getAsLong(), believed(EPOCH));
  }

  /** Notes the epoch of a step that is believed. */
  void passEpoch(long epoch) {
    if (epoch > believed(EPOCH)) {
      rows.put(EPOCH, epoch);
    }
  }

  /** Sets now. */
  void pass(long nowMs) {
    long before = nowMs();
    if (before > 0 && nowMs - before > ClockCheck.TOLERANCE_MS) {
      rows.put(BEFORE, before);
    }
    rows.put(NOW, nowMs);
  }

  private long believed(String key) {
    return rows.find(key)
        .filter(value -> ClockCheck.isPlausible(value, wallMs.getAsLong()))
        .orElse(0L);
  }
}
