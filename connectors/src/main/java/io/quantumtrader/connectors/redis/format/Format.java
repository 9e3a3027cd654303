package io.quantumtrader.connectors.redis.format;

import org.apache.kafka.connect.errors.DataException;

/** Spells a value. */
@FunctionalInterface
public interface Format {

  /**
   * Returns the spelling of a value.
   *
   * @param value anything but null
   * @throws DataException if this format has no spelling for a value of this type
   */
  Rendered render(Object value);
}
