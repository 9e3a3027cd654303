package io.quantumtrader.market;

/**
 * Another feed has taken over: this one must not write the clock any more, and must not be
 * restarted.
 */
public final class FeedFencedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FeedFencedException(long own, long other) {
    super(
        ("another feed has taken over the clock: its epoch is %d, this feed's is %d; there is only"
                + " one clock, so this feed stops")
            .formatted(other, own));
  }
}
