package io.quantumtrader.connectors.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Writes records to Redis as a mapping says: hashes, strings, JSON, streams and sets, several
 * commands for one record, all of a record in one transaction, each record once.
 */
public final class RedisSinkConnector extends SinkConnector {

  private Map<String, String> settings = Map.of();

  @Override
  public String version() {
    return Version.of(RedisSinkConnector.class);
  }

  /**
   * Checks the settings and keeps them.
   *
   * @throws ConfigException if one is missing or wrong
   */
  @Override
  public void start(Map<String, String> properties) {
    new RedisSinkConfig(properties);
    settings = Map.copyOf(properties);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return RedisSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Map<String, String>> configs = new ArrayList<>(maxTasks);
    for (int i = 0; i < maxTasks; i++) {
      configs.add(settings);
    }
    return configs;
  }

  @Override
  public void stop() {
    // Nothing is held.
  }

  @Override
  public ConfigDef config() {
    return RedisSinkConfig.DEFINITION;
  }
}
