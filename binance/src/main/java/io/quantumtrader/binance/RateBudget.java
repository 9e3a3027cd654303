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
 * they go on, four a second, one after the other: a close that waits costs more than a ban that may
 * come of it. While the address is banned (418) nothing is asked, because nothing is answered and
 * the ban grows.
 */
public final class RateBudget {

  /** What a request is for. */
  public enum Urgency {
    /** Opens or enlarges a position: waits first. */
    ENTRY,
    /** Looks: waits with the entries. */
    READ,
    /**
     * Closes or protects a position, or tells whether that is needed: goes on as long as the
     * exchange lets it.
     */
    EXIT
  }

  /**
   * Whether a request may be sent.
   *
   * @param inMs in how many milliseconds it may leave, 0 to {@value #LONGEST_TURN_MS}
   * @param refused why it must not be sent; empty where it may
   */
  public record Leave(long inMs, Optional<Limited> refused) {

    private static Leave in(long ms) {
      return new Leave(ms, Optional.empty());
    }

    private static Leave refused(Limit limit, long untilMs, String message) {
      return new Leave(0, Optional.of(new Limited(limit, untilMs, message)));
    }
  }

  /** How long an exit may have to wait for its turn, milliseconds. */
  static final long LONGEST_TURN_MS = 2_000;

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
  private long nextExitMs;

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
   * Returns whether a request may be sent now, or when. An exit that has to wait for its turn has
   * it by this, so it must be sent then.
   *
   * @param account whose orders it counts to
   * @param weighs what it weighs, 0 or more
   * @param order whether it counts as an order
   * @param nowMs wall time, epoch milliseconds UTC
   */
  public synchronized Leave leave(
      String account, int weighs, boolean order, Urgency urgency, long nowMs) {
    Optional<Limited> ban = ban(nowMs);
    if (ban.isPresent()) {
      return new Leave(0, ban);
    }
    boolean exit = urgency == Urgency.EXIT;
    long weightFreeMs = Math.max(heldUntilMs, weight.freeAtMs(nowMs, weighs, exit ? 10 : 9));
    long ordersFreeMs = order ? ordersFreeMs(account, exit, nowMs) : 0;
    if (nowMs >= weightFreeMs && nowMs >= ordersFreeMs) {
      return Leave.in(0);
    }
    long turnMs = turnMs(nowMs);
    if (exit && turnMs - nowMs <= LONGEST_TURN_MS) {
      nextExitMs = turnMs + EXIT_EVERY_MS;
      return Leave.in(turnMs - nowMs);
    }
    return nowMs < weightFreeMs
        ? Leave.refused(Limit.WEIGHT, weightFreeMs, "the weight of this minute is used up")
        : Leave.refused(Limit.ORDERS, ordersFreeMs, "the orders of " + account + " are used up");
  }

  /** Returns when the next exit may leave; no turn lies further ahead than one that was given. */
  private long turnMs(long nowMs) {
    boolean setBack = nextExitMs - nowMs > LONGEST_TURN_MS + EXIT_EVERY_MS;
    return setBack ? nowMs : Math.max(nowMs, nextExitMs);
  }

  /**
   * Returns the ban of this address, or empty where there is none.
   *
   * @param nowMs wall time, epoch milliseconds UTC
   */
  public synchronized Optional<Limited> ban(long nowMs) {
    return nowMs < bannedUntilMs
        ? Optional.of(new Limited(Limit.BAN, bannedUntilMs, "the exchange has banned this address"))
        : Optional.empty();
  }

  private long ordersFreeMs(String account, boolean exit, long nowMs) {
    int share = exit ? 10 : 9;
    long held = orderHolds.getOrDefault(account, 0L);
    return Math.max(
        held,
        Math.max(
            tens(account).freeAtMs(nowMs, 1, share), minutes(account).freeAtMs(nowMs, 1, share)));
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
