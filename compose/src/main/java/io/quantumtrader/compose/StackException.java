package io.quantumtrader.compose;

/** A part of the stack cannot be had; the message says which and why, for a person to read. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message for a person. */
  public StackException(String message) {
    super(message);
  }

  /** Creates the exception with a message for a person and what brought it about. */
  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
