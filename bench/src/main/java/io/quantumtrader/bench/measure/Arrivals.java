package io.quantumtrader.bench.measure;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.quantumtrader.bench.run.BenchStack;
import io.quantumtrader.bench.run.CpuMeter;
import io.quantumtrader.bench.run.Offsets;
import io.quantumtrader.bench.run.Waiting;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * When plans are to be seen: by a reader of what is committed, and as the permit's key in Redis,
 * which Redis itself announces when it is set.
 */
final class Arrivals implements AutoCloseable {

  private static final String PERMITS = "__keyspace@0__:*permit:p33:*";

  private final BenchStack stack;
  private final Map<String, String> plans = new ConcurrentHashMap<>();
  private final Map<String, Long> read = new ConcurrentHashMap<>();
  private final Map<String, Long> written = new ConcurrentHashMap<>();
  private final RedisClient redis;
  private final StatefulRedisPubSubConnection<String, String> announced;
  private final Thread reader;
  private volatile boolean closing;
  private volatile RuntimeException failure;

  /** Begins to watch; what already exists is skipped. */
  Arrivals(BenchStack stack) {
    this.stack = stack;
    redis = RedisClient.create(stack.redisUri());
    try (var commands = redis.connect()) {
      String unused = commands.sync().configSet("notify-keyspace-events", "K$");
    }
    announced = redis.connectPubSub();
    announced.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String pattern, String channel, String event) {
            long now = System.nanoTime();
            written.putIfAbsent(channel.substring(channel.lastIndexOf(':') + 1), now);
          }
        });
    announced.sync().psubscribe(PERMITS);
    KafkaConsumer<byte[], byte[]> consumer = Offsets.consumer(stack);
    consumer.assign(Offsets.partitions(stack, name -> name.equals(Topic.APPLY_PLAN.topicName())));
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
    reader =
        Thread.ofPlatform().daemon().name(CpuMeter.OWN + "-reader").start(() -> read(consumer));
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    try (consumer;
        Deserializer<ApplyPlan> decoder = stack.serdes().of(ApplyPlan.class).deserializer()) {
      while (!closing) {
        var records = consumer.poll(Duration.ofMillis(50));
        long now = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> record : records) {
          ApplyPlan plan = decoder.deserialize(record.topic(), record.value());
          read.putIfAbsent(plan.getIntentId(), now);
          plans.putIfAbsent(plan.getIntentId(), plan.getPlanId());
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Waits until the plan of each of so many intents was seen at both places. */
  void await(int intents, Duration atMost) {
    try {
      Waiting.until(
          intents + " plans in Kafka and Redis",
          atMost,
          () -> {
            if (failure != null) {
              throw new IllegalStateException("the reader failed: " + failure, failure);
            }
            return read.size() >= intents && written.size() >= intents;
          });
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          e.getMessage() + "; there were " + read.size() + " and " + written.size(), e);
    }
  }

  /** Returns when the plan of an intent was read, on the monotonic clock. */
  long readNanos(String intentId) {
    return known(read.get(intentId), intentId);
  }

  /** Returns when the key of an intent's plan was set, on the monotonic clock. */
  long writtenNanos(String intentId) {
    return known(written.get(plans.getOrDefault(intentId, "")), intentId);
  }

  private static long known(Long nanos, String intentId) {
    if (nanos == null) {
      throw new IllegalStateException("no plan came of intent " + intentId);
    }
    return nanos;
  }

  /** Forgets what was seen. */
  void clear() {
    read.clear();
    written.clear();
    plans.clear();
  }

  @Override
  public void close() {
    closing = true;
    try {
      reader.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    announced.close();
    redis.shutdown(0, 2, java.util.concurrent.TimeUnit.SECONDS);
  }
}
