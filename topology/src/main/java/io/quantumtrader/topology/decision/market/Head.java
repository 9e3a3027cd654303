package io.quantumtrader.topology.decision.market;

/**
 * What is kept of a symbol beside its ring of closes: enough to take the last candle back.
 *
 * @param before progress before the last candle
 * @param after progress after it
 * @param revision how often the last candle was replaced
 * @param dropped candles dropped since ever
 */
public record Head(Progress before, Progress after, int revision, long dropped) {

  /** Before the first candle. */
  public static final Head NONE = new Head(Progress.NONE, Progress.NONE, 0, 0);

  /** Returns this with one more candle dropped. */
  Head dropping() {
    return new Head(before, after, revision, dropped + 1);
  }
}
