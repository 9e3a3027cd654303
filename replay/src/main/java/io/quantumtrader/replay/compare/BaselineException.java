package io.quantumtrader.replay.compare;

/** A text is no baseline that can be compared with; the message says why in one line. */
public final class BaselineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BaselineException(String message) {
    super(message);
  }
}
