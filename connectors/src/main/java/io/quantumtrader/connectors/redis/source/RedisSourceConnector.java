package io.quantumtrader.connectors.redis.source;

import io.quantumtrader.connectors.redis.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Reads Redis streams by a consumer group, and watches keys that others may change. Entries are
 * acknowledged after Kafka has them; each task reads streams of its own, so that their order stays.
 */
public final class RedisSourceConnector extends SourceConnector {

  private Map<String, String> settings = Map.of();

  @Override
  public String version() {
    return Version.of(RedisSourceConnector.class);
  }

  /**
   * Checks the settings and keeps them.
   *
   * @throws ConfigException if one is missing or wrong
   */
  @Override
  public void start(Map<String, String> properties) {
    RedisSourceConfig unused = new RedisSourceConfig(properties);
    settings = Map.copyOf(properties);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return RedisSourceTask.class;
  }

  /** Shares the streams and groups of keys out, one after the other. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    SourceMapping mapping = new RedisSourceConfig(settings).mapping();
    int parts = mapping.streams().size() + mapping.keys().size();
    int tasks = Math.min(maxTasks, parts);
    List<Map<String, String>> configs = new ArrayList<>(tasks);
    for (int task = 0; task < tasks; task++) {
      StringJoiner own = new StringJoiner(",");
      for (int part = task; part < parts; part += tasks) {
        own.add(Integer.toString(part));
      }
      Map<String, String> config = new HashMap<>(settings);
      config.put(RedisSourceConfig.TASK_PARTS, own.toString());
      configs.add(config);
    }
    return configs;
  }

  @Override
  public void stop() {
    // Nothing is held.
  }

  @Override
  public ConfigDef config() {
    return RedisSourceConfig.DEFINITION;
  }

  /**
   * Supported: the source offsets hold what was sent, and such a worker commits together with the
   * records; entries that Redis gives out again are compared with it.
   */
  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> properties) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  /** Offsets may be removed or set: they say which entries were sent, nothing else. */
  @Override
  public boolean alterOffsets(
      Map<String, String> properties, Map<Map<String, ?>, Map<String, ?>> offsets) {
    return true;
  }
}
