package io.quantumtrader.binance;

import io.quantumtrader.binance.Reply.Limit;
import io.quantumtrader.binance.Reply.Limited;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What may still be asked, as the exchange counts it: the weight of all requests from this address,
 * and the orders of each account. Whoever asks from the same address shares one. Safe for use by
 * several threads; it reads no clock.
 *
 * <p>Exits come first. Within the last tenth of a limit, and while the exchange has said 429, only
 * they go on, four a second: a close that waits costs more than a ban that may come of it. While
 * the address is banned (418) nothing is asked, because nothing is answered and the ban grows.
 */
public final class RateBudget {

  /** What a request is for. */
  public enum Urgency {
    /** Opens or enlarges a position: waits first. */
    ENTRY,
    /** Looks: waits with the entries. */
    READ,
    /** Closes or protects a position: goes on as long as the exchange lets it. */
    EXIT
  }

  private static final long EXIT_EVERY_MS = 250;
  private static final long TEN_SECONDS_MS = 10_000;
  private static final long MINUTE_MS = 60_000;

  private static final class Counter {
    private final long periodMs;
    private final int limit;
    private long period = -1;
    private int used;

    Counter(long periodMs, int limit) {
      this.periodMs = periodMs;
      this.limit = limit;
    }

    void learn(int count, long nowMs) {
      period = nowMs / periodMs;
      used = count;
    }

    /** Returns when there is room again, or 0 where there is now. */
    long freeAtMs(long nowMs, int wanted, int share) {
      boolean current = nowMs / periodMs == period;
      boolean full = current && (used + wanted) * 10L > limit * (long) share;
      return full ? (period + 1) * periodMs : 0;
    }

    int left(long nowMs) {
      return nowMs / periodMs == period ? Math.max(0, limit - used) : limit;
    }
  }

  private final int ordersPerTenSeconds;
  private final int ordersPerMinute;
  private final Counter weight;
  private final Map<String, Counter> tens = new HashMap<>();
  private final Map<String, Counter> minutes = new HashMap<>();
  private final Map<String, Long> orderHolds = new HashMap<>();
  private long heldUntilMs;
  private long bannedUntilMs;
  private long exitedAtMs = Long.MIN_VALUE / 2;

  /**
   * Makes one.
   *
   * @param weightPerMinute above 0
   * @param ordersPerTenSeconds of one account, above 0
   * @param ordersPerMinute of one account, above 0
   */
  public RateBudget(int weightPerMinute, int ordersPerTenSeconds, int ordersPerMinute) {
    this.weight = new Counter(MINUTE_MS, weightPerMinute);
    this.ordersPerTenSeconds = ordersPerTenSeconds;
    this.ordersPerMinute = ordersPerMinute;
  }

  /** Returns one with the limits that the exchange documents. */
  public static RateBudget documented() {
    return new RateBudget(2_400, 300, 1_200);
  }

  /**
   * Returns why a request must not be sent now, or empty where it may.
   *
   * @param account whose orders it counts to
   * @param weighs what it weighs, 0 or more
   * @param order whether it counts as an order
   * @param nowMs wall time, epoch milliseconds UTC
   */
  public synchronized Optional<Limited> refuse(
      String account, int weighs, boolean order, Urgency urgency, long nowMs) {
    if (nowMs < bannedUntilMs) {
      return limited(Limit.BAN, bannedUntilMs, "the exchange has banned this address");
    }
    boolean exit = urgency == Urgency.EXIT;
    long weightFreeMs = Math.max(heldUntilMs, weight.freeAtMs(nowMs, weighs, exit ? 10 : 9));
    long ordersFreeMs = order ? ordersFreeMs(account, exit, nowMs) : 0;
    if (nowMs >= weightFreeMs && nowMs >= ordersFreeMs) {
      return Optional.empty();
    }
    if (exit && nowMs - exitedAtMs >= EXIT_EVERY_MS) {
      exitedAtMs = nowMs;
      return Optional.empty();
    }
    return nowMs < weightFreeMs
        ? limited(Limit.WEIGHT, weightFreeMs, "the weight of this minute is used up")
        : limited(Limit.ORDERS, ordersFreeMs, "the orders of " + account + " are used up");
  }

  private long ordersFreeMs(String account, boolean exit, long nowMs) {
    int share = exit ? 10 : 9;
    long held = orderHolds.getOrDefault(account, 0L);
    return Math.max(
        held,
        Math.max(
            tens(account).freeAtMs(nowMs, 1, share), minutes(account).freeAtMs(nowMs, 1, share)));
  }

  private static Optional<Limited> limited(Limit limit, long untilMs, String message) {
    return Optional.of(new Limited(limit, untilMs, message));
  }

  /** Learns the weight that was used in this minute, from an answer's header. */
  public synchronized void usedWeight(int used, long nowMs) {
    weight.learn(used, nowMs);
  }

  /** Learns the orders of an account in these ten seconds, from an answer's header. */
  public synchronized void ordersInTenSeconds(String account, int used, long nowMs) {
    tens(account).learn(used, nowMs);
  }

  /** Learns the orders of an account in this minute, from an answer's header. */
  public synchronized void ordersInMinute(String account, int used, long nowMs) {
    minutes(account).learn(used, nowMs);
  }

  /** Holds requests back because the exchange has said so. */
  public synchronized void hold(String account, Limited limited) {
    switch (limited.limit()) {
      case BAN -> bannedUntilMs = Math.max(bannedUntilMs, limited.untilMs());
      case WEIGHT -> heldUntilMs = Math.max(heldUntilMs, limited.untilMs());
      case ORDERS -> orderHolds.merge(account, limited.untilMs(), Math::max);
    }
  }

  /** Returns the weight that is left in this minute, 0 or more. */
  public synchronized int weightLeft(long nowMs) {
    return weight.left(nowMs);
  }

  private Counter tens(String account) {
    return tens.computeIfAbsent(account, a -> new Counter(TEN_SECONDS_MS, ordersPerTenSeconds));
  }

  private Counter minutes(String account) {
    return minutes.computeIfAbsent(account, a -> new Counter(MINUTE_MS, ordersPerMinute));
  }
}
