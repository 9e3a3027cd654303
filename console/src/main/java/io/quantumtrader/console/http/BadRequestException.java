package io.quantumtrader.console.http;

/** A request that cannot be answered, with what would have been right. */
final class BadRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  BadRequestException(String message) {
    this(400, message);
  }

  BadRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Returns the HTTP status. */
  int status() {
    return status;
  }
}
