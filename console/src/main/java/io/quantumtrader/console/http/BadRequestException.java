package io.quantumtrader.console.http;

import java.util.Optional;

/** A request that cannot be answered, with what would have been right. */
final class BadRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String allowed;

  BadRequestException(String message) {
    this(400, message);
  }

  BadRequestException(int status, String message) {
    this(status, message, null);
  }

  private BadRequestException(int status, String message, String allowed) {
    super(message);
    this.status = status;
    this.allowed = allowed;
  }

  /** Returns one about a method that is not served. */
  static BadRequestException method(String wanted) {
    return new BadRequestException(405, wanted + " only", wanted);
  }

  /** Returns the method that would have been right, where it is that. */
  Optional<String> allowed() {
    return Optional.ofNullable(allowed);
  }

  /** Returns the HTTP status. */
  int status() {
    return status;
  }
}
