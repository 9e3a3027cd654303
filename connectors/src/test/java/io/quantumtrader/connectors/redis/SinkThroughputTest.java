package io.quantumtrader.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Prints how many records a second the sink writes, beside the same commands for the same records
 * pipelined by hand, both in turn in one run on one Redis. No time decides it, so there is nothing
 * that it could fail by but the writes, which other tests hold; it is run by hand on a quiet
 * machine.
 */
@EnabledIfSystemProperty(
    named = "quantum.bench",
    matches = "true",
    disabledReason = "measures; run it with -Dquantum.bench=true")
@Tag("real")
class SinkThroughputTest {

  private static final int RECORDS = 40_000;
  private static final int ROUNDS = 7;
  private static final int WARM_UP = 2;
  private static final int KEYS = 200;
  private static final int[] DELIVERIES = {500, 2_000};

  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .field("symbol", Schema.STRING_SCHEMA)
          .field("side", Schema.STRING_SCHEMA)
          .field("quantity", Schema.FLOAT64_SCHEMA)
          .field("price", Schema.FLOAT64_SCHEMA)
          .field("sigma", Schema.FLOAT64_SCHEMA)
          .field("time", Schema.INT64_SCHEMA)
          .field("plan", Schema.STRING_SCHEMA)
          .field("open", Schema.BOOLEAN_SCHEMA)
          .build();

  private static final String FIELDS =
      """
      "fields": [
        {"name": "symbol", "value": "value.symbol"},
        {"name": "side", "value": "value.side"},
        {"name": "quantity", "value": "value.quantity"},
        {"name": "price", "value": "value.price"},
        {"name": "sigma", "value": "value.sigma"},
        {"name": "time", "value": "value.time"},
        {"name": "plan", "value": "value.plan"},
        {"name": "open", "value": "value.open"}]
      """;

  /** What is measured: the sink's commands and the same by hand. */
  private enum Load {
    HSET("{\"command\": \"HSET\", \"key\": \"h:${value.symbol}\", \"replace\": false, %s}") {
      @Override
      List<RedisFuture<?>> byHand(RedisAsyncCommands<String, String> redis, Struct value) {
        return List.of(redis.hset("p:h:" + value.getString("symbol"), fields(value)));
      }
    },
    REPLACE("{\"command\": \"HSET\", \"key\": \"h:${value.symbol}\", \"ttl\": 600, %s}") {
      @Override
      List<RedisFuture<?>> byHand(RedisAsyncCommands<String, String> redis, Struct value) {
        String key = "p:h:" + value.getString("symbol");
        return List.of(redis.del(key), redis.hset(key, fields(value)), redis.expire(key, 600));
      }

      @Override
      public String toString() {
        return "DEL, HSET, EXPIRE";
      }
    },
    XADD("{\"command\": \"XADD\", \"key\": \"s\", \"maxlen\": 10000, %s}") {
      @Override
      List<RedisFuture<?>> byHand(RedisAsyncCommands<String, String> redis, Struct value) {
        return List.of(
            redis.xadd("p:s", new XAddArgs().maxlen(10_000).approximateTrimming(), fields(value)));
      }
    };

    private final String command;

    Load(String command) {
      this.command = command;
    }

    abstract List<RedisFuture<?>> byHand(RedisAsyncCommands<String, String> redis, Struct value);
  }

  @Test
  void shouldWriteWhatItIsMeasuredBy() throws IOException {
    try (RedisServers servers = new RedisServers()) {
      int port = RedisServers.freePort();
      servers.start(port, "appendonly no");
      RedisCommands<String, String> redis = servers.connect(port, "");
      String uri = "redis://127.0.0.1:" + port;
      StringBuilder table =
          new StringBuilder(
              """
              | commands | records in a delivery | sink, records/s | by hand | ratio |
              |---|---|---|---|---|
              """);
      for (Load load : Load.values()) {
        for (int delivery : DELIVERIES) {
          table.append(row(uri, load, delivery)).append('\n');
          assertThat(redis.get("p:connect:offset:" + name(load, delivery) + ":t:0"))
              .isEqualTo(Long.toString((ROUNDS + WARM_UP) * (long) RECORDS));
        }
      }
      System.out.println(table);
    }
  }

  private static String row(String redis, Load load, int delivery) {
    double[] sink = new double[ROUNDS];
    double[] hand = new double[ROUNDS];
    try (SinkHarness task = SinkHarness.start(settings(redis, load, delivery));
        Hand own = new Hand(redis)) {
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        List<SinkRecord> records = records((long) (round + WARM_UP) * RECORDS);
        double sinkRate = rate(() -> deliver(records, delivery, task::put));
        double handRate = rate(() -> deliver(records, delivery, part -> own.put(load, part)));
        if (round >= 0) {
          sink[round] = sinkRate;
          hand[round] = handRate;
        }
      }
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f | %.2f |",
        load,
        delivery,
        median(sink),
        median(hand),
        median(sink) / median(hand));
  }

  /** The same commands through the same client library, flushed once for each delivery. */
  private static final class Hand implements AutoCloseable {

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    Hand(String redis) {
      client = RedisClient.create(redis);
      client.setOptions(ClientOptions.builder().autoReconnect(false).build());
      connection = client.connect();
      connection.setAutoFlushCommands(false);
    }

    void put(Load load, List<SinkRecord> records) {
      List<RedisFuture<?>> replies = new ArrayList<>(records.size());
      for (SinkRecord record : records) {
        replies.addAll(load.byHand(connection.async(), (Struct) record.value()));
      }
      connection.flushCommands();
      LettuceFutures.awaitAll(30, TimeUnit.SECONDS, replies.toArray(RedisFuture[]::new));
    }

    @Override
    public void close() {
      connection.close();
      client.shutdown();
    }
  }

  private static Map<String, String> fields(Struct value) {
    Map<String, String> fields = new LinkedHashMap<>(16);
    fields.put("symbol", value.getString("symbol"));
    fields.put("side", value.getString("side"));
    fields.put("quantity", Double.toString(value.getFloat64("quantity")));
    fields.put("price", Double.toString(value.getFloat64("price")));
    fields.put("sigma", Double.toString(value.getFloat64("sigma")));
    fields.put("time", Long.toString(value.getInt64("time")));
    fields.put("plan", value.getString("plan"));
    fields.put("open", Boolean.toString(value.getBoolean("open")));
    return fields;
  }

  private static void deliver(
      List<SinkRecord> records, int size, java.util.function.Consumer<List<SinkRecord>> put) {
    for (int from = 0; from < records.size(); from += size) {
      put.accept(records.subList(from, Math.min(records.size(), from + size)));
    }
  }

  private static double rate(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return RECORDS * 1e9 / (System.nanoTime() - start);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static List<SinkRecord> records(long firstOffset) {
    List<SinkRecord> records = new ArrayList<>(RECORDS);
    for (int i = 0; i < RECORDS; i++) {
      Struct value =
          new Struct(SCHEMA)
              .put("symbol", "COIN" + i % KEYS + "USDT")
              .put("side", i % 2 == 0 ? "BUY" : "SELL")
              .put("quantity", i * 0.001)
              .put("price", 40_000 + i * 0.25)
              .put("sigma", 0.01 + i * 1e-7)
              .put("time", Records.TIME_MS + i)
              .put("plan", "a1b2c3d4e5f6" + i)
              .put("open", i % 3 == 0);
      records.add(Records.of(Records.TOPIC, 0, firstOffset + i, "k", value));
    }
    return records;
  }

  private static String name(Load load, int delivery) {
    return "throughput-" + load.name() + "-" + delivery;
  }

  private static Map<String, String> settings(String redis, Load load, int delivery) {
    Map<String, String> settings = SinkHarness.settings(redis, "");
    settings.put("name", name(load, delivery));
    settings.put(
        MappingConfig.MAPPING,
        "{\"topics\": {\"t\": {\"tombstone\": \"ignore\", \"commands\": ["
            + String.format(Locale.ROOT, load.command, FIELDS)
            + "]}}}");
    return settings;
  }
}
