package io.quantumtrader.app.cli;

/** A command cannot do what was asked; the message is one line that says what to do about it. */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * Creates the failure.
   *
   * @param exitCode exit code of the process, 1 or more
   * @param message one line for people
   * @param cause what went wrong, or null
   */
  public CommandFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Creates a failure with exit code 1. */
  public CommandFailure(String message, Throwable cause) {
    this(1, message, cause);
  }

  /** Creates a failure with exit code 1 and no cause. */
  public CommandFailure(String message) {
    this(1, message, null);
  }

  /** Returns the exit code of the process, 1 or more. */
  public int exitCode() {
    return exitCode;
  }
}
