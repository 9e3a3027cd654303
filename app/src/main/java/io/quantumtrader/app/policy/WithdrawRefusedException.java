package io.quantumtrader.app.policy;

/** A scheduled change cannot be withdrawn: there is none of that name, or it does not wait. */
final class WithdrawRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean known;

  WithdrawRefusedException(String message, boolean known) {
    super(message);
    this.known = known;
  }

  /** Returns whether there is such a change, and it has ended. */
  boolean isKnown() {
    return known;
  }
}
