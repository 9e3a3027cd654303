package io.quantumtrader.topology;

import io.quantumtrader.schemas.reason.ReasonCode;

/**
 * A record about which nothing can be decided: it goes to the dead letters, and the stage goes on
 * with the next. Thrown by nothing but checking and deciding, which write nothing; an error while
 * writing fails the task instead, so that its transaction rolls back.
 */
public final class DecisionFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ReasonCode code;

  /** Creates the exception for a record that is refused as it is. */
  public DecisionFailedException(ReasonCode code, String message) {
    super(message);
    this.code = code;
  }

  /** Creates the exception for a decision that failed in a way nobody expected. */
  public DecisionFailedException(RuntimeException cause) {
    super(cause.toString(), cause);
    this.code = ReasonCode.DECISION_FAILED;
  }

  /** Returns the reason that the dead letter carries. */
  public ReasonCode code() {
    return code;
  }
}
