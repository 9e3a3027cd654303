package io.quantumtrader.replay.record;

/** A recording that cannot be used; the message says why and is meant for people. */
public final class RecordingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates one. */
  public RecordingException(String message) {
    super(message);
  }

  /** Creates it with what went wrong, for people, and with its cause. */
  public RecordingException(String message, Throwable cause) {
    super(message, cause);
  }
}
