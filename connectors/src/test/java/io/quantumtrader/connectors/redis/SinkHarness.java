package io.quantumtrader.connectors.redis;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Runs a sink task as a Connect worker would, without one. */
public final class SinkHarness implements AutoCloseable {

  private final RedisSinkTask task;
  private final List<String> reported = new ArrayList<>();
  private long timeoutMs = -1;

  private SinkHarness(Map<String, String> settings, Clock clock, boolean tolerant) {
    task = new RedisSinkTask(clock);
    task.initialize(new Context(settings, tolerant ? new Reporter() : null));
    task.start(settings);
  }

  /** Starts a task that tolerates bad records. */
  public static SinkHarness start(Map<String, String> settings) {
    return new SinkHarness(settings, Clock.systemUTC(), true);
  }

  static SinkHarness start(Map<String, String> settings, Clock clock) {
    return new SinkHarness(settings, clock, true);
  }

  static SinkHarness startIntolerant(Map<String, String> settings) {
    return new SinkHarness(settings, Clock.systemUTC(), false);
  }

  /** Returns settings of a sink for topic t with these commands. */
  static Map<String, String> settings(String uri, String commands) {
    Map<String, String> settings = new HashMap<>();
    settings.put("name", "sink");
    settings.put("topics", Records.TOPIC);
    settings.put(RedisConnectionConfig.URI, uri);
    settings.put(RedisSinkConfig.KEY_PREFIX, "p:");
    settings.put(RetryConfig.BACKOFF, "1");
    settings.put(RetryConfig.BACKOFF_MAX, "8");
    settings.put(
        MappingConfig.MAPPING, "{\"topics\": {\"t\": {\"commands\": [" + commands + "]}}}");
    return settings;
  }

  /** Delivers records once. */
  public void put(SinkRecord... records) {
    task.put(List.of(records));
  }

  void put(List<SinkRecord> records) {
    task.put(records);
  }

  /** Delivers records again and again until the task takes them. */
  int putUntilTaken(List<SinkRecord> records, int most) {
    for (int tries = 1; ; tries++) {
      try {
        task.put(records);
        return tries;
      } catch (RetriableException passing) {
        if (tries == most) {
          throw passing;
        }
      }
    }
  }

  /** Returns the messages of bad records, in the order they were reported. */
  public List<String> reported() {
    return reported;
  }

  /** Returns the pause the task last asked for, -1 for none. */
  long timeoutMs() {
    return timeoutMs;
  }

  RedisSinkTask task() {
    return task;
  }

  @Override
  public void close() {
    task.stop();
  }

  private final class Reporter implements ErrantRecordReporter {
    @Override
    public Future<Void> report(SinkRecord record, Throwable error) {
      reported.add(error.getMessage());
      return CompletableFuture.completedFuture(null);
    }
  }

  private final class Context implements SinkTaskContext {

    private final Map<String, String> settings;
    private final ErrantRecordReporter reporter;

    Context(Map<String, String> settings, ErrantRecordReporter reporter) {
      this.settings = settings;
      this.reporter = reporter;
    }

    @Override
    public Map<String, String> configs() {
      return settings;
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
      throw new AssertionError("offsets never rewind on their own");
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
      throw new AssertionError("offsets never rewind on their own");
    }

    @Override
    public void timeout(long millis) {
      timeoutMs = millis;
    }

    @Override
    public Set<TopicPartition> assignment() {
      return Set.of();
    }

    @Override
    public void pause(TopicPartition... partitions) {}

    @Override
    public void resume(TopicPartition... partitions) {}

    @Override
    public void requestCommit() {}

    @Override
    public ErrantRecordReporter errantRecordReporter() {
      return reporter;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      throw new UnsupportedOperationException("no worker");
    }
  }
}
