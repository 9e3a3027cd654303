package io.quantumtrader.market;

/** Another feed has taken over: this one must not write the clock any more, nor be started anew. */
public final class FeedFencedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FeedFencedException(long own, long other) {
    super(
        "another feed has taken over the clock: its epoch is %d, that of this feed %d; there is one"
                .formatted(other, own)
            + " clock, so this feed ends");
  }
}
