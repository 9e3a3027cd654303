package io.quantumtrader.app.cli;

import io.quantumtrader.connectors.redis.RedisConnectionConfig;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Where a command's Redis is, and how to get in. */
public final class RedisAccess {

  private static final ConfigDef DEFINITION = RedisConnectionConfig.define(new ConfigDef());

  private RedisAccess() {}

  /**
   * Returns an endpoint.
   *
   * @param uri redis://host:port/database, without password
   * @param config holds user, password and certificates, where there are any
   * @throws ConfigException if the address is none or holds a password, or if settings do not go
   *     together; no password is in the message
   */
  public static RedisEndpoint at(String uri, ClientConfig config) {
    Map<String, String> settings = new HashMap<>(config.redis());
    settings.put(RedisConnectionConfig.URI, uri);
    return RedisConnectionConfig.endpoint(new AbstractConfig(DEFINITION, settings, false));
  }
}
