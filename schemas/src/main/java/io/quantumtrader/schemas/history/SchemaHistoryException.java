package io.quantumtrader.schemas.history;

/** A directory of frozen schemas is not as it should be; the message is one line for people. */
public final class SchemaHistoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SchemaHistoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
