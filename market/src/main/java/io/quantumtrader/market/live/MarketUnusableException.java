package io.quantumtrader.market.live;

/** A market cannot be fed as configured; the message is one line that says what to do about it. */
public final class MarketUnusableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what to do. */
  public MarketUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
