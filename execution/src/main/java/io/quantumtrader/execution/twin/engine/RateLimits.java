package io.quantumtrader.execution.twin.engine;

import java.util.HashMap;
import java.util.Map;

/** Counts what clients ask, in windows of the clock as the exchange does. Thread-safe. */
public final class RateLimits {
  private static final long MINUTE_MS = 60_000;
  private static final long TEN_SECONDS_MS = 10_000;

  private final TwinLimits limits;
  private final Map<String, Window> windows = new HashMap<>();
  private final Map<String, Long> bannedUntilMs = new HashMap<>();

  /** A count within one window. */
  private record Window(long number, int count) {}

  /**
   * What a request may do.
   *
   * @param httpStatus 200, 429 or 418
   * @param weight used in this minute
   * @param retryAfterS seconds until it may be asked again; 0 where it may now
   */
  public record Verdict(int httpStatus, int weight, long retryAfterS) {
    /** Returns whether it may. */
    public boolean isAllowed() {
      return httpStatus == 200;
    }
  }

  /** Orders counted for an account, in ten seconds and in a minute. */
  public record OrderCounts(int tenSeconds, int minute) {}

  /** Creates them. */
  public RateLimits(TwinLimits limits) {
    this.limits = limits;
  }

  /** Returns the limits. */
  public TwinLimits limits() {
    return limits;
  }

  /** Counts a request of an address and decides over it. */
  public synchronized Verdict request(String address, int weight, long nowMs) {
    long banned = bannedUntilMs.getOrDefault(address, 0L);
    if (nowMs < banned) {
      return new Verdict(418, count("w" + address, MINUTE_MS, nowMs), seconds(banned - nowMs));
    }
    int used = add("w" + address, MINUTE_MS, weight, nowMs);
    if (used <= limits.weightPerMinute()) {
      return new Verdict(200, used, 0);
    }
    int past = add("p" + address, MINUTE_MS, 1, nowMs);
    if (past > limits.requestsPastLimit()) {
      bannedUntilMs.put(address, nowMs + limits.banMs());
      return new Verdict(418, used, seconds(limits.banMs()));
    }
    return new Verdict(429, used, seconds(MINUTE_MS - Math.floorMod(nowMs, MINUTE_MS)));
  }

  /** Bans an address. */
  public synchronized void ban(String address, long untilMs) {
    bannedUntilMs.put(address, untilMs);
  }

  /** Counts an order of an account. */
  public synchronized OrderCounts order(String account, long nowMs) {
    int seconds = add("s" + account, TEN_SECONDS_MS, 1, nowMs);
    return new OrderCounts(seconds, add("o" + account, MINUTE_MS, 1, nowMs));
  }

  /** Returns seconds until an account may order again; 0 where it may now. */
  public synchronized long orderWaitS(String account, long nowMs) {
    if (count("o" + account, MINUTE_MS, nowMs) >= limits.ordersPerMinute()) {
      return seconds(MINUTE_MS - Math.floorMod(nowMs, MINUTE_MS));
    }
    if (count("s" + account, TEN_SECONDS_MS, nowMs) >= limits.ordersPer10s()) {
      return seconds(TEN_SECONDS_MS - Math.floorMod(nowMs, TEN_SECONDS_MS));
    }
    return 0;
  }

  private int add(String name, long lengthMs, int by, long nowMs) {
    int next = count(name, lengthMs, nowMs) + by;
    windows.put(name, new Window(Math.floorDiv(nowMs, lengthMs), next));
    return next;
  }

  private int count(String name, long lengthMs, long nowMs) {
    Window held = windows.get(name);
    return held == null || held.number() != Math.floorDiv(nowMs, lengthMs) ? 0 : held.count();
  }

  private static long seconds(long ms) {
    return Math.max(1, Math.ceilDiv(ms, 1000L));
  }
}
