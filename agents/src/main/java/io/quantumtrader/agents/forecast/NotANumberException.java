package io.quantumtrader.agents.forecast;

/** Something that had to be a number is NaN or infinite. */
public final class NotANumberException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /** Creates one that says which numbers there were instead. */
  public NotANumberException(String message) {
    super(message);
  }
}
