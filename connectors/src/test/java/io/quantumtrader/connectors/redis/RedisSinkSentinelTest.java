package io.quantumtrader.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sink before a master that a sentinel replaces by its replica. */
@Tag("real")
class RedisSinkSentinelTest {

  private static final String COMMANDS =
      """
      {"command": "XADD", "key": "s", "fields": [{"name": "n", "value": "value.n"}]},
      {"command": "HSET", "key": "h", "fields": [{"name": "n", "value": "value.n"}]}
      """;

  private static final String PASSWORD = "master-word";
  private static final String SENTINEL_PASSWORD = "sentinel-word";
  private static final int BATCH = 10;
  private static final int TRIES = 200;

  private static RedisServers servers;
  private static RedisClient client;
  private static StatefulRedisSentinelConnection<String, String> sentinel;
  private static int firstPort;
  private static int secondPort;
  private static int sentinelPort;

  @BeforeAll
  static void start() throws IOException {
    servers = new RedisServers();
    firstPort = RedisServers.freePort();
    secondPort = RedisServers.freePort();
    sentinelPort = RedisServers.freePort();
    servers.start(firstPort, "requirepass " + PASSWORD, "masterauth " + PASSWORD);
    servers.start(
        secondPort,
        "requirepass " + PASSWORD,
        "masterauth " + PASSWORD,
        "replicaof 127.0.0.1 " + firstPort);
    servers.startSentinel(
        sentinelPort,
        "sentinel monitor main 127.0.0.1 " + firstPort + " 1",
        "sentinel auth-pass main " + PASSWORD,
        "sentinel down-after-milliseconds main 500",
        "sentinel failover-timeout main 2000",
        "requirepass " + SENTINEL_PASSWORD);
    client = RedisClient.create();
    RedisURI uri =
        RedisURI.Builder.redis("127.0.0.1", sentinelPort)
            .withPassword(SENTINEL_PASSWORD.toCharArray())
            .build();
    sentinel = client.connectSentinel(uri);
  }

  @BeforeEach
  void empty() throws InterruptedException {
    RedisServers.await("there is a replica in step", () -> replicasInStep() == 1);
    master().flushall();
  }

  @AfterEach
  void heal() {
    master().configSet("min-replicas-to-write", "0");
  }

  @AfterAll
  static void stop() throws IOException {
    sentinel.close();
    client.shutdown(0, 0, TimeUnit.SECONDS);
    servers.close();
  }

  @Test
  void shouldWriteOnceThroughFailovers() throws Exception {
    // given: what counts as written is on the replica, too
    Map<String, String> settings = settings();
    settings.put(RedisSinkConfig.WAIT_REPLICAS, "1");
    settings.put(RedisSinkConfig.WAIT_TIMEOUT, "100");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      deliver(sink, 0, 100);

      // when: the sentinel is told to change places
      int before = masterPort();
      RedisServers.await("the sentinel knows the replica", () -> replicasKnown() > 0);
      sentinel.sync().failover("main");
      deliver(sink, 100, 600);
      RedisServers.await("places have changed", () -> masterPort() != before);
      deliver(sink, 600, 700);
    }
    assertWrittenOnce(700);

    // when: then the master dies while a sink writes on
    Map<String, String> hasty = settings();
    try (SinkHarness sink = SinkHarness.start(hasty)) {
      deliver(sink, 0, 800);
      RedisServers.await("the replica is in step", () -> replicasInStep() == 1);
      int dead = masterPort();
      servers.kill(dead);
      deliver(sink, 800, 900);
      assertThat(masterPort()).isNotEqualTo(dead);

      // then
      assertWrittenOnce(900);
      servers.start(
          dead,
          "requirepass " + PASSWORD,
          "masterauth " + PASSWORD,
          "replicaof 127.0.0.1 " + masterPort());
    }
  }

  /** A sink that gets no answer of the sentinel in time says so, and is asked again by Connect. */
  private static boolean misses(SinkHarness sink, String what) {
    Throwable thrown = catchThrowable(() -> sink.put(records(0, BATCH)));
    assertThat(thrown).isInstanceOf(RetriableException.class);
    return thrown.getMessage().contains(what);
  }

  @Test
  void shouldWaitForReplicasThatAreNotThere() throws Exception {
    // given
    Map<String, String> settings = settings();
    settings.put(RedisSinkConfig.WAIT_REPLICAS, "2");
    settings.put(RedisSinkConfig.WAIT_TIMEOUT, "50");
    try (SinkHarness demanding = SinkHarness.start(settings)) {
      // then: also when the records are there already, on a new connection
      for (int i = 0; i < 3; i++) {
        RedisServers.await("the sink misses a replica", () -> misses(demanding, "1 of 2 replicas"));
      }
    }

    // when
    settings.put(RedisSinkConfig.WAIT_REPLICAS, "1");
    settings.put(RedisSinkConfig.WAIT_TIMEOUT, "5000");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      sink.put(records(0, 2 * BATCH));
    }

    // then
    assertWrittenOnce(2 * BATCH);
  }

  @Test
  void shouldTryAgainWhileTheMasterLacksReplicas() {
    try (SinkHarness sink = SinkHarness.start(settings())) {
      // given
      master().configSet("min-replicas-to-write", "5");

      // when
      assertThatThrownBy(() -> sink.put(records(0, BATCH)))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("NOREPLICAS");
      master().configSet("min-replicas-to-write", "0");
      sink.put(records(0, BATCH));

      // then
      assertWrittenOnce(BATCH);
    }
  }

  @Test
  void shouldSayThatAReplicaTakesNoWrites() {
    Map<String, String> settings = settings();
    int replica = masterPort() == firstPort ? secondPort : firstPort;
    settings.put(RedisConnectionConfig.URI, "redis://127.0.0.1:" + replica);
    try (SinkHarness sink = SinkHarness.start(settings)) {
      assertThatThrownBy(() -> sink.put(records(0, BATCH)))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("READONLY");
    }
  }

  @Test
  void shouldEndTheTaskWhereTheSentinelDoesNotLetItIn() {
    Map<String, String> settings = settings();
    settings.put(RedisConnectionConfig.SENTINEL_PASSWORD, "wrong-word");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      assertThatThrownBy(() -> sink.put(records(0, 1)))
          .isInstanceOf(ConnectException.class)
          .isNotInstanceOf(RetriableException.class)
          .hasMessageContaining("WRONGPASS")
          .hasMessageNotContaining("wrong-word");
    }
  }

  private static RedisCommands<String, String> master() {
    return servers.connect(masterPort(), PASSWORD);
  }

  private static int masterPort() {
    return ((java.net.InetSocketAddress) sentinel.sync().getMasterAddrByName("main")).getPort();
  }

  private static int replicasKnown() {
    return sentinel.sync().replicas("main").size();
  }

  private static long replicasInStep() {
    return master().info("replication").lines().filter(l -> l.contains("state=online")).count();
  }

  private static void deliver(SinkHarness sink, int from, int to) throws InterruptedException {
    for (int i = from; i < to; i += BATCH) {
      deliver(sink, records(i, i + BATCH));
    }
  }

  private static void deliver(SinkHarness sink, List<SinkRecord> records)
      throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        sink.put(records);
        return;
      } catch (RetriableException passing) {
        if (tries == TRIES) {
          throw passing;
        }
        Thread.sleep(sink.timeoutMs());
      }
    }
  }

  private static void assertWrittenOnce(int count) {
    assertThat(
            master().xrange("p:s", Range.unbounded()).stream()
                .map(entry -> Long.valueOf(entry.getBody().get("n"))))
        .containsExactlyElementsOf(LongStream.range(0, count).boxed().toList());
    assertThat(master().hget("p:h", "n")).isEqualTo(Integer.toString(count - 1));
  }

  private static List<SinkRecord> records(int from, int to) {
    List<SinkRecord> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      records.add(Records.of(i, Collections.singletonMap("n", i)));
    }
    return records;
  }

  private static Map<String, String> settings() {
    String uri = "redis-sentinel://127.0.0.1:1,127.0.0.1:" + sentinelPort + "#main";
    Map<String, String> settings = SinkHarness.settings(uri, COMMANDS);
    settings.put(RedisConnectionConfig.PASSWORD, PASSWORD);
    settings.put(RedisConnectionConfig.SENTINEL_PASSWORD, SENTINEL_PASSWORD);
    settings.put(RetryConfig.BACKOFF_MAX, "50");
    return settings;
  }
}
