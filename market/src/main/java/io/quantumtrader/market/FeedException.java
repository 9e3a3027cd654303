package io.quantumtrader.market;

/** The feed could not write; the message names the topic and the cause. */
public final class FeedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FeedException(String message, Throwable cause) {
    super(message, cause);
  }
}
