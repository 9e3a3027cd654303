package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.IntentAtr;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.RiskBackfill;
import io.quantumtrader.schemas.avro.TradingState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

  /** Returns the record with another trading state. */
  Control withState(Control before, TradingState state) {
    return Control.newBuilder()
        .setAccount(key)
        .setTradingState(state)
        .setReason(reason)
        .setSetBy(setBy)
        .setAtMs(atMs)
        .setCloses(keptCloses(before))
        .setBackfills(keptBackfills(before))
        .build();
  }

  /**
   * Returns the record with one more order to close; the trading state stays as it was, with its
   * own reason.
   *
   * @param symbol instrument; empty closes all
   */
  Control withClose(Control before, String id, String symbol) {
    List<ManualClose> closes = keptCloses(before);
    closes.add(
        ManualClose.newBuilder()
            .setId(id)
            .setSymbol(symbol)
            .setReason(reason)
            .setSetBy(setBy)
            .setAtMs(atMs)
            .build());
    return Control.newBuilder(before).setCloses(closes).build();
  }

  /**
   * Returns the record with one more order to look up risk data again; the trading state stays as
   * it was, with its own reason.
   *
   * @param symbol instrument; empty for all
   * @param atrs what intents carried
   */
  Control withBackfill(Control before, String id, String symbol, List<IntentAtr> atrs) {
    List<RiskBackfill> backfills = keptBackfills(before);
    backfills.add(
        RiskBackfill.newBuilder()
            .setId(id)
            .setSymbol(symbol)
            .setAtrs(atrs)
            .setReason(reason)
            .setSetBy(setBy)
            .setAtMs(atMs)
            .build());
    return Control.newBuilder(before).setBackfills(backfills).build();
  }

  /**
   * Returns the substitute for a record that was never written, so that writing one changes no
   * trading state: REDUCING, as no record at all means; or ACTIVE for an account beside a record
   * for all, since the stricter of both holds.
   */
  Control absent(boolean recordForAll) {
    return Control.newBuilder()
        .setAccount(key)
        .setTradingState(recordForAll ? TradingState.ACTIVE : TradingState.REDUCING)
        .setReason("no state was set")
        .setSetBy(setBy)
        .setAtMs(atMs)
        .build();
  }

  private List<ManualClose> keptCloses(Control before) {
    List<ManualClose> kept = new ArrayList<>(before.getCloses());
    kept.removeIf(close -> close.getAtMs() < atMs - ORDERS_KEPT.toMillis());
    return kept;
  }

  private List<RiskBackfill> keptBackfills(Control before) {
    List<RiskBackfill> kept = new ArrayList<>(before.getBackfills());
    kept.removeIf(backfill -> backfill.getAtMs() < atMs - ORDERS_KEPT.toMillis());
    return kept;
  }
}
