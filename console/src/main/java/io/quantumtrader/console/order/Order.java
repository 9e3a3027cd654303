package io.quantumtrader.console.order;

import io.quantumtrader.console.Means;

/** What an operator orders. */
public record Order(
    @Means("what is to be done") Kind kind,
    @Means("for which account; * for all") String account,
    @Means("in which instrument; empty where the kind needs none") String symbol,
    @Means("the share of exposure to reduce to, or the price of the stop; empty for other kinds")
        String value,
    @Means("why; never blank, it is recorded") String reason) {

  /** What can be ordered. */
  public enum Kind {
    /** Nothing but stops, targets, manual closes and the liquidation guard. */
    HALT(false, Value.NONE),
    /** Closes only. */
    REDUCE_ONLY(false, Value.NONE),
    /** Everything again. */
    RESUME(false, Value.NONE),
    /** Close the position in a symbol. */
    CLOSE(true, Value.NONE),
    /** Close everything. */
    FLATTEN(false, Value.NONE),
    /** Close worst R first until the exposure is at most a share of equity. */
    REDUCE(false, Value.SHARE),
    /** Tighten the stop of the position in a symbol. */
    STOP(true, Value.PRICE),
    /** Take a symbol out of entries. */
    LOCK_ENTRIES(true, Value.NONE),
    /** Take a symbol out of harvesting. */
    LOCK_EXITS(true, Value.NONE),
    /** Take every lock of a symbol off. */
    UNLOCK(true, Value.NONE);

    private final boolean needsSymbol;
    private final Value value;

    Kind(boolean needsSymbol, Value value) {
      this.needsSymbol = needsSymbol;
      this.value = value;
    }

    /** Returns whether it is about one instrument. */
    public boolean needsSymbol() {
      return needsSymbol;
    }

    /** Returns what its value is. */
    public Value value() {
      return value;
    }
  }

  /** What the value of an order is. */
  public enum Value {
    /** It has none. */
    NONE,
    /** A share of equity, 0 to 1. */
    SHARE,
    /** A price above 0, quote currency. */
    PRICE
  }
}
