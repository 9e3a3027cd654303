package io.quantumtrader.console.order;

import io.quantumtrader.console.Means;

/** What an operator orders. */
public record Order(
    @Means("what is to be done") Kind kind,
    @Means("for which account; * for all") String account,
    @Means("in which instrument; empty where the kind needs none") String symbol,
    @Means("why; never blank, it is recorded") String reason) {

  /** What can be ordered. */
  public enum Kind {
    /** Nothing but stops, targets, manual closes and the liquidation guard. */
    HALT(false),
    /** Closes only. */
    REDUCE_ONLY(false),
    /** Everything again. */
    RESUME(false),
    /** Close the position in a symbol. */
    CLOSE(true),
    /** Close everything. */
    FLATTEN(false);

    private final boolean needsSymbol;

    Kind(boolean needsSymbol) {
      this.needsSymbol = needsSymbol;
    }

    /** Returns whether it is about one instrument. */
    public boolean needsSymbol() {
      return needsSymbol;
    }
  }
}
