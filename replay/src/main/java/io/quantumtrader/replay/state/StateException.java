package io.quantumtrader.replay.state;

/** A saved state that cannot be used; the message says why and is meant for people. */
public final class StateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates one. */
  public StateException(String message) {
    super(message);
  }

  StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
