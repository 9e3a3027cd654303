package io.quantumtrader.connectors.redis.source;

/** An entry that cannot become a record: it goes to the dead-letter topic with the reason. */
public final class UnreadableEntryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * Creates it.
   *
   * @param reason why, a code for programs
   * @param message why, one line for people
   */
  public UnreadableEntryException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns the code. */
  public String reason() {
    return reason;
  }
}
