package io.quantumtrader.connectors.redis.expression;

/** The record lacks a field, or a list an item, that an expression names. */
public final class MissingFieldException extends EvaluationException {

  private static final long serialVersionUID = 1L;

  private final boolean placed;

  /** Creates it with what is missing; the expression is still to be named. */
  MissingFieldException(String message) {
    this(message, false);
  }

  private MissingFieldException(String message, boolean placed) {
    super(message);
    this.placed = placed;
  }

  /** Returns it with the expression, unless an inner one is named already. */
  MissingFieldException in(String expression) {
    return placed ? this : new MissingFieldException(getMessage() + " in " + expression, true);
  }

  /** Returns it with words in front that say for what it was needed. */
  public MissingFieldException before(String words) {
    return new MissingFieldException(words + getMessage(), placed);
  }
}
