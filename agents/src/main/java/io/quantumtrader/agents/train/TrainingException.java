package io.quantumtrader.agents.train;

/** A model could not be trained. Its message is one line. */
public final class TrainingException extends Exception {

  private static final long serialVersionUID = 1;

  /** Creates one. */
  public TrainingException(String message) {
    this(message, null);
  }

  /** Creates one with what it follows from. */
  public TrainingException(String message, Throwable cause) {
    super(message.strip().replaceAll("\\s+", " "), cause);
  }
}
