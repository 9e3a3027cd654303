package io.quantumtrader.bench.measure;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.quantumtrader.connectors.redis.RedisSinkTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** The two that write the same commands for the same records to one Redis. */
final class SinkWriters {

  private SinkWriters() {}

  /** Takes deliveries of records. */
  interface Writer extends Consumer<List<SinkRecord>>, AutoCloseable {
    @Override
    void close();
  }

  /** Returns the sink's task, as a Connect worker would run it. */
  static Writer task(Map<String, String> settings) {
    RedisSinkTask task = new RedisSinkTask();
    task.initialize(new Context(settings));
    task.start(settings);
    return new Writer() {
      @Override
      public void accept(List<SinkRecord> records) {
        task.put(records);
      }

      @Override
      public void close() {
        task.stop();
      }
    };
  }

  /**
   * Returns a writer that is written by hand: flushed once for each delivery, without mapping and
   * without remembering how far it is.
   *
   * @param stream whether entries are added to a stream, else hashes are set
   */
  static Writer byHand(String redisUri, String prefix, boolean stream) {
    RedisClient client = RedisClient.create(redisUri);
    StatefulRedisConnection<String, String> connection = client.connect();
    connection.setAutoFlushCommands(false);
    return new Writer() {
      @Override
      public void accept(List<SinkRecord> records) {
        List<RedisFuture<?>> replies = new ArrayList<>(records.size());
        for (SinkRecord record : records) {
          replies.add(write(connection.async(), (Struct) record.value()));
        }
        connection.flushCommands();
        if (!LettuceFutures.awaitAll(30, TimeUnit.SECONDS, replies.toArray(RedisFuture[]::new))) {
          throw new IllegalStateException("Redis does not answer");
        }
      }

      private RedisFuture<?> write(RedisAsyncCommands<String, String> redis, Struct value) {
        return stream
            ? redis.xadd(
                prefix + "s", new XAddArgs().maxlen(10_000).approximateTrimming(), fields(value))
            : redis.hset(prefix + "h:" + value.getString("symbol"), fields(value));
      }

      @Override
      public void close() {
        connection.close();
        client.shutdown(0, 2, TimeUnit.SECONDS);
      }
    };
  }

  private static Map<String, String> fields(Struct value) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Field field : value.schema().fields()) {
      fields.put(field.name(), value.get(field).toString());
    }
    return fields;
  }

  /** A worker that reports nothing and rewinds nothing. */
  private record Context(Map<String, String> configs) implements SinkTaskContext {

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
      throw new UnsupportedOperationException("rewind");
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
      throw new UnsupportedOperationException("rewind");
    }

    @Override
    public void timeout(long millis) {
      throw new IllegalStateException("Redis cannot be reached");
    }

    @Override
    public Set<TopicPartition> assignment() {
      return Set.of();
    }

    @Override
    public void pause(TopicPartition... partitions) {
      throw new UnsupportedOperationException("pause");
    }

    @Override
    public void resume(TopicPartition... partitions) {
      throw new UnsupportedOperationException("resume");
    }

    @Override
    public void requestCommit() {
      throw new UnsupportedOperationException("commit");
    }

    @Override
    public ErrantRecordReporter errantRecordReporter() {
      return Context::refuse;
    }

    private static Future<Void> refuse(SinkRecord record, Throwable why) {
      throw new ConnectException("a record was refused", why);
    }

    @Override
    public PluginMetrics pluginMetrics() {
      throw new UnsupportedOperationException("no worker");
    }
  }
}
