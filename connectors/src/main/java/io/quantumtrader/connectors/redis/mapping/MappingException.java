package io.quantumtrader.connectors.redis.mapping;

import org.apache.kafka.common.config.ConfigException;

/** A mapping cannot be read. The message says where in the mapping and what was expected. */
public final class MappingException extends ConfigException {

  /**
   * Creates it.
   *
   * @param path place in the mapping, for example {@code topics["t"].commands[0].key}
   * @param problem what is wrong there
   */
  public MappingException(String path, String problem) {
    super("mapping" + (path.isEmpty() ? "" : " at " + path) + ": " + problem);
  }
}
