package io.quantumtrader.connectors.redis.source;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A worker around the task: the offsets it commits outlive tasks, the topic is a list. */
public final class SourceHarness {

  private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
  private final List<SourceRecord> topic = new ArrayList<>();
  private final Map<String, String> settings;
  private Metrics metrics = new Metrics();
  private RedisSourceTask task;

  /** Creates a worker with a connector's settings. */
  public SourceHarness(Map<String, String> settings) {
    this.settings = settings;
  }

  /** Everything that Kafka has. */
  public List<SourceRecord> topic() {
    return topic;
  }

  /** Starts a task, which takes up the offsets of those before. */
  public SourceHarness start() {
    metrics.close();
    metrics = new Metrics();
    task = new RedisSourceTask(Clock.systemUTC());
    task.initialize(new Context());
    task.start(settings);
    return this;
  }

  /** Returns what the task counts of a stream, by name. */
  Map<String, Double> counts(String stream) {
    Map<String, Double> counts = new TreeMap<>();
    metrics
        .metrics()
        .forEach(
            (name, metric) -> {
              if (stream.equals(name.tags().get("stream"))) {
                counts.put(name.name(), (Double) metric.metricValue());
              }
            });
    return counts;
  }

  /** Returns what polls bring until one brings nothing, or after so many. */
  public List<SourceRecord> poll(int atMost) throws InterruptedException {
    List<SourceRecord> polled = new ArrayList<>();
    for (int i = 0; i < atMost; i++) {
      List<SourceRecord> records = task.poll();
      if (records == null) {
        break;
      }
      polled.addAll(records);
    }
    return polled;
  }

  /** Writes records and commits their offsets in one transaction; the task is not told. */
  public void write(Collection<SourceRecord> records) {
    for (SourceRecord record : records) {
      topic.add(record);
      Map<String, Object> offset = new HashMap<>(record.sourceOffset());
      offsets.put(record.sourcePartition(), offset);
    }
  }

  /** Tells the task that records are written. */
  public void confirm(Collection<SourceRecord> records) {
    records.forEach(record -> task.commitRecord(record, null));
  }

  /** Reads until nothing comes any more, all of it written and confirmed. */
  public SourceHarness drain() throws InterruptedException {
    int quiet = 0;
    for (int i = 0; i < 1000 && quiet < 3; i++) {
      List<SourceRecord> records = poll(1);
      write(records);
      confirm(records);
      quiet = records.isEmpty() ? quiet + 1 : 0;
    }
    if (quiet == 3) {
      return this;
    }
    throw new IllegalStateException("it never ends");
  }

  /** Leaves the task as a crash would: Redis is told nothing more. */
  void crash() {
    task = null;
  }

  /** Stops the task. */
  public void stop() {
    task.stop();
    task = null;
  }

  private final class Context implements SourceTaskContext {

    @Override
    public Map<String, String> configs() {
      return settings;
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return new OffsetStorageReader() {
        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
          return offsets.get(partition);
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(
            Collection<Map<String, T>> partitions) {
          throw new UnsupportedOperationException("not used");
        }
      };
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return new PluginMetricsImpl(metrics, Map.of("connector", "orders", "task", "0"));
    }
  }
}
