package io.quantumtrader.replay.stages;

/** A record could not be processed, and the error handlers did not take it for a dead letter. */
public final class TaskFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TaskFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
