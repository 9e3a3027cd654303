package io.quantumtrader.connectors.redis;

import org.apache.kafka.connect.errors.RetriableException;

/**
 * Asks Connect to deliver again. Connect logs it with its stack trace, at every try: it has none,
 * and the failure behind it is logged where it is caught.
 */
final class WaitingException extends RetriableException {

  private static final long serialVersionUID = 1L;

  WaitingException(String message) {
    super(message);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
