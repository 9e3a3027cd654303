package io.quantumtrader.app.policy;

/** Somebody else was quicker; nothing was written. */
final class PolicyRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PolicyRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
