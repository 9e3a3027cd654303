package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.Range;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Records that keep coming while a worker is killed, and what they have to leave in Redis: for each
 * key a hash, a stream with an entry for each record, a key that lives until a given moment and one
 * that has lapsed before it is written.
 */
final class FaultTraffic implements AutoCloseable {

  static final String MAPPING =
      """
      {"topics": {"%s": {"commands": [
        {"command": "HSET", "key": "h:${key}", "ttl": 7200, "fields": [
          {"name": "n", "value": "value.n", "format": "int"},
          {"name": "odd", "value": "value.odd", "format": "int", "optional": true}]},
        {"command": "XADD", "key": "s:${key}", "fields": [
          {"name": "n", "value": "value.n", "format": "int"}]},
        {"command": "SET", "key": "t:${key}", "value": "value.n", "format": "int",
          "ttl": {"at": "value.expiresAtMs"}},
        {"command": "SET", "key": "lapsed:${key}", "value": "value.n", "format": "int",
          "ttl": {"at": "value.lapsedAtMs"}}
      ]}}}
      """;

  private static final String PREFIX = "f:";
  private static final int KEYS = 7;
  private static final int PARTITIONS = 2;
  private static final int AT_ONCE = 10;
  private static final long PAUSE_MS = 20;
  private static final long MOST = 200_000;
  private static final long LIFE_MS = 3_600_000;
  private static final long READINGS = 50;

  /** A time to live is reckoned when a record is mapped, and begins when it is written. */
  private static final long WRITTEN_WITHIN_MS = 60_000;

  private final String topic;
  private final String connector;
  private final Admin admin;
  private final KafkaProducer<String, String> producer;
  private final long begunMs = System.currentTimeMillis();
  private final Thread thread = new Thread(this::send, "fault-traffic");
  private volatile boolean stopped;
  private final AtomicLong sent = new AtomicLong();

  private FaultTraffic(String servers, String topic, String connector) {
    this.topic = topic;
    this.connector = connector;
    this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", servers,
                "linger.ms", "5",
                // A fresh topic's broker may take the second batch and refuse the first.
                "max.in.flight.requests.per.connection", "1"),
            new StringSerializer(),
            new StringSerializer());
  }

  /** Makes the topic and begins to send, about five hundred records a second. */
  static FaultTraffic start(String servers, String topic, String connector)
      throws ExecutionException, InterruptedException {
    FaultTraffic traffic = new FaultTraffic(servers, topic, connector);
    NewTopic fresh = new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty());
    traffic.admin.createTopics(List.of(fresh)).all().get();
    traffic.thread.start();
    return traffic;
  }

  /** Settings of the sink for these records, in small transactions. */
  Map<String, String> sink(String redisUri) {
    return Map.ofEntries(
        Map.entry("connector.class", "io.quantumtrader.connectors.redis.RedisSinkConnector"),
        Map.entry("topics", topic),
        Map.entry("tasks.max", "1"),
        Map.entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
        Map.entry("value.converter.schemas.enable", "false"),
        Map.entry("redis.uri", redisUri),
        Map.entry("key.prefix", PREFIX),
        Map.entry("mapping", MAPPING.formatted(topic)),
        Map.entry("transaction.records", "7"),
        Map.entry("retry.backoff.ms", "10"),
        Map.entry("retry.backoff.max.ms", "100"),
        Map.entry("consumer.override.max.poll.records", "50"),
        // A worker that comes back is the same member, so that nobody waits for the dead one.
        Map.entry("consumer.override.group.instance.id", connector));
  }

  private void send() {
    while (!stopped && sent.get() < MOST) {
      for (int i = 0; i < AT_ONCE; i++) {
        var unused = producer.send(record(sent.getAndIncrement()));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      } catch (InterruptedException end) {
        return;
      }
    }
  }

  private ProducerRecord<String, String> record(long number) {
    long n = number / KEYS;
    String value =
        "{\"n\": %d, \"odd\": %s, \"expiresAtMs\": %d, \"lapsedAtMs\": %d}"
            .formatted(n, odd(n), expiresAtMs(n), begunMs - 1_000);
    return new ProducerRecord<>(topic, "k" + number % KEYS, value);
  }

  private static String odd(long n) {
    return n % 2 == 1 ? Long.toString(n) : "null";
  }

  private long expiresAtMs(long n) {
    return begunMs + LIFE_MS + n * 10;
  }

  /** How many records have been sent so far. */
  long sent() {
    return sent.get();
  }

  /** Ends the sending; all that was sent is in the topic when this returns. */
  void stop() {
    stopped = true;
    CompletableFuture.runAsync(this::awaitEnd).orTimeout(30, TimeUnit.SECONDS).join();
    producer.flush();
  }

  private void awaitEnd() {
    try {
      thread.join();
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** How many records are in Redis, as the fences say that move in the same transactions. */
  static long written(RedisCommands<String, String> redis) {
    List<String> fences = redis.keys(PREFIX + "connect:offset:*");
    return fences.stream().mapToLong(fence -> Long.parseLong(redis.get(fence))).sum();
  }

  /** How many records the worker's consumer group has committed. */
  long committed() throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets("connect-" + connector)
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  /** Asserts that each record has left what it should, once and in order. */
  void assertWrittenOnce(RedisCommands<String, String> redis) {
    for (int k = 0; k < KEYS; k++) {
      long count = (sent() - k + KEYS - 1) / KEYS;
      long last = count - 1;
      assertThat(stream(redis, PREFIX + "s:k" + k))
          .as("the stream of k" + k)
          .isEqualTo(LongStream.range(0, count).boxed().toList());
      assertThat(redis.hgetall(PREFIX + "h:k" + k))
          .isEqualTo(
              last % 2 == 1
                  ? Map.of("n", Long.toString(last), "odd", Long.toString(last))
                  : Map.of("n", Long.toString(last)));
      assertThat(redis.ttl(PREFIX + "h:k" + k)).isBetween(1L, 7200L);
      assertThat(redis.get(PREFIX + "t:k" + k)).isEqualTo(Long.toString(last));
      // The record before would end it ten milliseconds earlier; a write only ever comes later.
      assertThat(endsAtMs(redis, PREFIX + "t:k" + k))
          .as("the moment at which t:k" + k + " ends")
          .isBetween(expiresAtMs(last) - 1, expiresAtMs(last) + WRITTEN_WITHIN_MS);
      assertThat(redis.exists(PREFIX + "lapsed:k" + k)).isZero();
    }
  }

  /** Returns when a key ends: of several readings the one that lay least between two clocks. */
  private static long endsAtMs(RedisCommands<String, String> redis, String key) {
    return LongStream.range(0, READINGS)
        .map(
            reading -> {
              long left = redis.pttl(key);
              return left + System.currentTimeMillis();
            })
        .min()
        .orElseThrow();
  }

  private static List<Long> stream(RedisCommands<String, String> redis, String key) {
    return redis.xrange(key, Range.unbounded()).stream()
        .map(entry -> Long.valueOf(entry.getBody().get("n")))
        .toList();
  }

  @Override
  public void close() {
    stop();
    producer.close();
    var unused = admin.deleteTopics(List.of(topic));
    admin.close();
  }
}
