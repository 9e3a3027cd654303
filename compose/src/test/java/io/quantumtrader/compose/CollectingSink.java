package io.quantumtrader.compose;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** A sink that keeps what it gets, by connector name, and fails on the value {@code poison}. */
public final class CollectingSink extends SinkConnector {
  private static final Map<String, Queue<String>> COLLECTED = new ConcurrentHashMap<>();
  private Map<String, String> settings = Map.of();

  static Collection<String> collected(String connector) {
    return COLLECTED.computeIfAbsent(connector, name -> new ConcurrentLinkedQueue<>());
  }

  @Override
  public void start(Map<String, String> given) {
    settings = Map.copyOf(given);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return CollectingTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return IntStream.range(0, maxTasks).mapToObj(task -> settings).toList();
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return new ConfigDef()
        .define("must.be.set", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "anything");
  }

  @Override
  public String version() {
    return "1";
  }

  /** The task of it. */
  public static final class CollectingTask extends SinkTask {
    private String connector = "";

    @Override
    public void start(Map<String, String> settings) {
      connector = settings.get("name");
    }

    @Override
    public void put(Collection<SinkRecord> records) {
      for (SinkRecord record : records) {
        if ("poison".equals(record.value())) {
          throw new ConnectException("poisoned at offset " + record.kafkaOffset());
        }
        collected(connector).add((String) record.value());
      }
    }

    @Override
    public void stop() {}

    @Override
    public String version() {
      return "1";
    }
  }
}
