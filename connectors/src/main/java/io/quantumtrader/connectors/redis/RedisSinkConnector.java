package io.quantumtrader.connectors.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Writes records to Redis as a mapping says: hashes, strings, JSON, streams, sets, lists and
 * messages, several commands for one record, all of a record in one transaction, each record once.
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

  /** Checks each setting by itself, and if nothing is wrong then whether they go together. */
  @Override
  public Config validate(Map<String, String> properties) {
    Config checked = super.validate(properties);
    boolean sound = checked.configValues().stream().allMatch(v -> v.errorMessages().isEmpty());
    if (sound) {
      try {
        new RedisSinkConfig(properties);
      } catch (ConfigException wrong) {
        blame(checked, wrong.getMessage());
      }
    }
    return checked;
  }

  /** Messages about several settings begin with the name of the one to mend. */
  private static void blame(Config checked, String problem) {
    String setting = problem.substring(0, Math.max(0, problem.indexOf(':')));
    for (ConfigValue value : checked.configValues()) {
      if (value.name().equals(setting)) {
        value.addErrorMessage(problem);
      }
    }
  }

  @Override
  public Class<? extends Task> taskClass() {
    return RedisSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Map<String, String>> configs = new ArrayList<>(maxTasks);
    for (int i = 0; i < maxTasks; i++) {
      Map<String, String> task = new HashMap<>(settings);
      task.put(RedisSinkConfig.TASK, Integer.toString(i));
      configs.add(task);
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
