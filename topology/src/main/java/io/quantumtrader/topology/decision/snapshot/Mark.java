package io.quantumtrader.topology.decision.snapshot;

import java.math.BigDecimal;

/**
 * A price to value at.
 *
 * @param price quote currency, above 0
 * @param atMs its time, epoch ms
 * @param source where it comes from
 */
public record Mark(BigDecimal price, long atMs, Source source) {

  /** Where a price comes from. */
  public enum Source {
    /** The close of a candle. */
    CANDLE,
    /** A price between candles. */
    MARK
  }

  /** The close of a candle. */
  public Mark(BigDecimal price, long atMs) {
    this(price, atMs, Source.CANDLE);
  }
}
