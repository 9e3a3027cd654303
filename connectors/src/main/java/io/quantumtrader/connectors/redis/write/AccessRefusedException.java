package io.quantumtrader.connectors.redis.write;

import org.apache.kafka.connect.errors.ConnectException;

/**
 * Redis does not know the user or the password (NOAUTH, WRONGPASS): the setting is wrong, or the
 * secret is being changed and both sides do not agree for a moment.
 */
public final class AccessRefusedException extends ConnectException {

  private static final long serialVersionUID = 1L;

  AccessRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
