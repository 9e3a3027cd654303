package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.IntentAtr;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.ReduceOrder;
import io.quantumtrader.schemas.avro.RiskBackfill;
import io.quantumtrader.schemas.avro.StopOrder;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * An operator's change to the control record of an account, or of all. A record replaces the one
 * before it whole, so what is not changed is taken over.
 *
 * @param key account, or * for all
 * @param reason why
 * @param setBy who
 * @param atMs when, wall time, epoch milliseconds
 */
record ControlChange(String key, String reason, String setBy, long atMs) {

  /** How long an order is carried along: every account has taken it up long before. */
  static final Duration ORDERS_KEPT = Duration.ofHours(24);

  /** Returns the record with another trading state; what is ordered and locked stays. */
  Control withState(Control before, TradingState state) {
    return kept(before)
        .setTradingState(state)
        .setReason(reason)
        .setSetBy(setBy)
        .setAtMs(atMs)
        .build();
  }

  /**
   * Returns the record with one more order to close; the trading state stays as it was, with its
   * own reason.
   *
   * @param symbol instrument; empty closes all
   */
  Control withClose(Control before, String id, String symbol) {
    List<ManualClose> closes = new ArrayList<>(kept(before).getCloses());
    closes.add(
        ManualClose.newBuilder()
            .setId(id)
            .setSymbol(symbol)
            .setReason(reason)
            .setSetBy(setBy)
            .setAtMs(atMs)
            .build());
    return kept(before).setCloses(closes).build();
  }

  /**
   * Returns the record with one more order to look up risk data again; the trading state stays as
   * it was, with its own reason.
   *
   * @param symbol instrument; empty for all
   * @param atrs what intents carried
   */
  Control withBackfill(Control before, String id, String symbol, List<IntentAtr> atrs) {
    List<RiskBackfill> backfills = new ArrayList<>(kept(before).getBackfills());
    backfills.add(
        RiskBackfill.newBuilder()
            .setId(id)
            .setSymbol(symbol)
            .setAtrs(atrs)
            .setReason(reason)
            .setSetBy(setBy)
            .setAtMs(atMs)
            .build());
    return kept(before).setBackfills(backfills).build();
  }

  /** Returns the record with one more order to reduce the exposure to a share of equity. */
  Control withReduce(Control before, String id, double toExposure) {
    List<ReduceOrder> reduces = new ArrayList<>(kept(before).getReduces());
    reduces.add(
        ReduceOrder.newBuilder()
            .setId(id)
            .setToExposure(toExposure)
            .setReason(reason)
            .setSetBy(setBy)
            .setAtMs(atMs)
            .build());
    return kept(before).setReduces(reduces).build();
  }

  /** Returns the record with one more order to tighten a stop, to a price in quote currency. */
  Control withStop(Control before, String id, String symbol, BigDecimal price) {
    List<StopOrder> stops = new ArrayList<>(kept(before).getStops());
    stops.add(
        StopOrder.newBuilder()
            .setId(id)
            .setSymbol(symbol)
            .setPrice(price)
            .setReason(reason)
            .setSetBy(setBy)
            .setAtMs(atMs)
            .build());
    return kept(before).setStops(stops).build();
  }

  /**
   * Returns the record with a lock, and without those that have lapsed. It takes the place of what
   * the same symbol was locked for before, as far as it says the same.
   *
   * @param untilMs when it lapses on the clock, epoch milliseconds; null: not by itself
   * @param clockMs the pipeline's clock, epoch milliseconds
   */
  Control withLock(Control before, String id, LockScope scope, Long untilMs, long clockMs) {
    List<SymbolLock> locks = new ArrayList<>(scope.takenOff(holding(before, clockMs)));
    locks.add(
        SymbolLock.newBuilder()
            .setId(id)
            .setSymbol(scope.symbol())
            .setEntries(scope.entries())
            .setExits(scope.exits())
            .setUntilMs(untilMs)
            .setReason(reason)
            .setSetBy(setBy)
            .setAtMs(atMs)
            .build());
    return kept(before).setLocks(locks).build();
  }

  /** Returns the record without what a symbol is locked for, and without what has lapsed. */
  Control withoutLock(Control before, LockScope scope, long clockMs) {
    return kept(before).setLocks(scope.takenOff(holding(before, clockMs))).build();
  }

  /** Returns the locks that hold at a time of the pipeline's clock. */
  static List<SymbolLock> holding(Control control, long clockMs) {
    return kept(
        control.getLocks(), lock -> lock.getUntilMs() == null || lock.getUntilMs() > clockMs);
  }

  /**
   * Returns the substitute for a record that was never written, so that writing one changes no
   * trading state: REDUCING, as no record at all means; or ACTIVE for an account beside a record
   * for all, since the stricter of both holds, and for what is ordered of all, which nobody asks
   * for a state.
   */
  Control absent(boolean recordForAll) {
    return Control.newBuilder()
        .setAccount(key)
        .setTradingState(
            recordForAll || key.equals(Accounts.ALL_ORDERS)
                ? TradingState.ACTIVE
                : TradingState.REDUCING)
        .setReason("no state was set")
        .setSetBy(setBy)
        .setAtMs(atMs)
        .build();
  }

  /**
   * Returns the record without orders of a day ago. Locks stay: they end on the pipeline's clock,
   * which may show any other time than this.
   */
  private Control.Builder kept(Control before) {
    long sinceMs = atMs - ORDERS_KEPT.toMillis();
    return Control.newBuilder(before)
        .setAccount(key)
        .setCloses(kept(before.getCloses(), close -> close.getAtMs() >= sinceMs))
        .setBackfills(kept(before.getBackfills(), backfill -> backfill.getAtMs() >= sinceMs))
        .setReduces(kept(before.getReduces(), reduce -> reduce.getAtMs() >= sinceMs))
        .setStops(kept(before.getStops(), stop -> stop.getAtMs() >= sinceMs));
  }

  private static <T> List<T> kept(List<T> all, Predicate<T> counts) {
    return all.stream().filter(counts).toList();
  }
}
