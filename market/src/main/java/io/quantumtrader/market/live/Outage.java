package io.quantumtrader.market.live;

import io.quantumtrader.binance.MarketDataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times in which something does not answer: one line at the start, one at the end, and between two
 * attempts 1, 2, 4 s and so on to half a minute, or as long as the exchange says.
 */
final class Outage {

  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final int MOST_DOUBLINGS = 5;
  private static final long LONGEST_PAUSE_MS = 30_000;

  private final String what;
  private int failures;
  private long sinceMs;
  private long notBeforeMs;

  /** Names what may be out, for people. */
  Outage(String what) {
    this.what = what;
  }

  /** Returns whether it is not to be asked yet. */
  boolean holds(long nowMs) {
    return nowMs < notBeforeMs;
  }

  boolean isOn() {
    return failures > 0;
  }

  /** Takes a failure. */
  void failed(long nowMs, MarketDataException failure) {
    if (failures == 0) {
      sinceMs = nowMs;
      LOG.warn("{} out: {}", what, failure.getMessage());
    }
    long pauseMs = Math.min(LONGEST_PAUSE_MS, 1_000L << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    notBeforeMs = nowMs + Math.max(pauseMs, failure.retryAfter().map(d -> d.toMillis()).orElse(0L));
  }

  /** Learns that there was an answer. */
  void answered(long nowMs) {
    if (failures > 0) {
      LOG.warn("{} back after {} s", what, (nowMs - sinceMs + 500) / 1000);
    }
    failures = 0;
    notBeforeMs = 0;
  }
}
