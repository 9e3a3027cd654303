package io.quantumtrader.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sink before a real cluster: every entry once, whatever becomes of its nodes. */
@Tag("real")
class RedisSinkClusterTest {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  /** Each record goes to one of ten streams, and to one that takes all. */
  private static final String COMMANDS =
      """
      {"command": "XADD", "key": "s:${value.s}", "fields": [{"name": "n", "value": "value.n"}]},
      {"command": "XADD", "key": "all", "fields": [{"name": "n", "value": "value.n"}]},
      {"command": "HSET", "key": "h:${value.s}", "fields": [{"name": "n", "value": "value.n"}]}
      """;

  private static final int STREAMS = 10;
  private static final int BATCH = 20;
  private static final int TRIES = 400;
  private static final int MOST_BATCHES = 2_000;

  @Test
  void shouldWriteEachRecordOnceInEverySlot() {
    // given
    try (SinkHarness sink = start(COMMANDS)) {
      sink.put(records(0, 60));
      sink.put(records(0, 60));
    }

    // when: another task begins further back
    try (SinkHarness sink = start(COMMANDS)) {
      sink.put(records(30, 100));

      // then
      assertWrittenOnce(100);
      assertThat(sink.reported()).isEmpty();
    }
  }

  @Test
  void shouldDeleteKeysOfSeveralSlotsInOrderWithTheWritesAround() {
    String commands =
        """
        {"command": "SET", "key": "a:${key}", "constant": "1"},
        {"command": "SET", "key": "b:${key}", "constant": "2"}
        """;
    Map<String, String> settings = SinkHarness.settings(CLUSTER.uri(), commands);
    try (SinkHarness sink = SinkHarness.start(settings)) {
      // when
      sink.put(
          Records.of(0, Map.of()),
          Records.tombstone(1, "k"),
          Records.of("t", 0, 2, "other", Map.of()));

      // then
      assertThat(CLUSTER.masterOf("p:a:k").exists("p:a:k")).isZero();
      assertThat(CLUSTER.masterOf("p:b:k").exists("p:b:k")).isZero();
      assertThat(CLUSTER.masterOf("p:a:other").get("p:a:other")).isEqualTo("1");
      assertThat(CLUSTER.masterOf("p:b:other").get("p:b:other")).isEqualTo("2");
    }
  }

  @Test
  void shouldReportWhatIsRefusedAndWriteTheRest() {
    // given
    CLUSTER.masterOf("p:s:1").set("p:s:1", "no stream");
    try (SinkHarness sink = start(COMMANDS)) {
      // when
      sink.put(records(0, 3));
      sink.put(Records.of(3, Map.of("s", 0)));

      // then
      assertThat(CLUSTER.stream("p:all")).containsExactly(0L, 1L, 2L);
      assertThat(sink.reported())
          .containsExactly(
              "t-0 offset 1: XADD p:s:1 refused: WRONGTYPE Operation against a key holding the"
                  + " wrong kind of value",
              "t-0 offset 3: for key \"s:${value.s}\": field 'n': missing field 'n' in value.n");
    }
  }

  @Test
  void shouldEndTheTaskWhereAPermissionIsMissingAndKeepTheRecord() {
    // given
    for (RedisCommands<String, String> node : CLUSTER.nodes()) {
      node.aclSetuser(
          "poor",
          AclSetuserArgs.Builder.on()
              .addPassword("poor-word")
              .allKeys()
              .allCommands()
              .removeCommand(CommandType.XADD));
    }
    Map<String, String> settings = settings(COMMANDS);
    settings.put(RedisConnectionConfig.USERNAME, "poor");
    settings.put(RedisConnectionConfig.PASSWORD, "poor-word");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      // then
      assertThatThrownBy(() -> sink.put(records(0, 1)))
          .isInstanceOf(ConnectException.class)
          .isNotInstanceOf(RetriableException.class)
          .hasMessageContaining("check redis.username");
      assertThat(sink.reported())
          .singleElement()
          .asString()
          .contains("offset 0: XADD p:s:0 refused");
    }
  }

  @Test
  void shouldKeepOneSlotWhereThePrefixHasAHashTag() {
    Map<String, String> settings = settings(COMMANDS);
    settings.put(RedisSinkConfig.KEY_PREFIX, "{p}:");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      sink.put(records(0, 30));
      sink.put(records(0, 30));

      assertThat(CLUSTER.stream("{p}:all")).isEqualTo(numbers(30));
      assertThat(
              CLUSTER
                  .masterOf("{p}")
                  .get("{p}:connect:offset:sink:t:0:{" + SlotTags.of(SlotHash.getSlot("p")) + "}"))
          .as("the tag of the prefix comes first")
          .isEqualTo("30");
    }
  }

  @Test
  void shouldWriteOnceWhereverConnectionsAreCut() throws Exception {
    // given: somebody cuts connections all the time
    AtomicBoolean done = new AtomicBoolean();
    Random random = new Random(5);
    try (SinkHarness sink = start(COMMANDS);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> cutting =
          threads.submit(
              () -> {
                while (!done.get()) {
                  RedisCommands<String, String> node = CLUSTER.nodes().get(random.nextInt(3));
                  node.clientKill(KillArgs.Builder.typeNormal().skipme());
                  Thread.sleep(random.nextInt(8));
                }
                return null;
              });

      // when
      int deliveries = deliver(sink, 0, 1_000);
      done.set(true);
      cutting.get();

      // then
      assertThat(deliveries).as("some batches were cut").isGreaterThan(1_000 / BATCH);
      assertWrittenOnce(1_000);
    }
  }

  @Test
  void shouldFollowASlotThatMoves() throws InterruptedException {
    // given: the slot of one stream is on its way, its keys one by one
    String key = "p:s:3";
    int slot = SlotHash.getSlot(key);
    try (SinkHarness sink = start(COMMANDS)) {
      sink.put(records(0, 50));
      RedisCommands<String, String> from = CLUSTER.masterOf(key);
      RedisCommands<String, String> to = CLUSTER.masterOf(other(from));
      to.clusterSetSlotImporting(slot, from.clusterMyId());
      from.clusterSetSlotMigrating(slot, to.clusterMyId());
      migrate(from, to, key);

      // when: what is half there cannot be written yet
      assertThatThrownBy(() -> sink.put(records(50, 60)))
          .isInstanceOf(RetriableException.class)
          .hasMessageMatching(".*refuses: (ASK|TRYAGAIN|MOVED).*");
      for (String rest : from.clusterGetKeysInSlot(slot, 100)) {
        migrate(from, to, rest);
      }
      for (RedisCommands<String, String> node : CLUSTER.nodes()) {
        if (RealCluster.isMaster(node)) {
          node.clusterSetSlotNode(slot, to.clusterMyId());
        }
      }
      sink.putUntilTaken(records(50, 60), TRIES);
      sink.put(records(60, 100));

      // then
      assertThat(CLUSTER.masterOf(key)).isSameAs(to);
      assertWrittenOnce(100);
    }
  }

  @Test
  void shouldWriteOnceThroughAFailover() throws InterruptedException {
    // given: the replica takes its master's place in the middle
    Map<String, String> settings = settings(COMMANDS);
    settings.put(RetryConfig.BACKOFF_MAX, "50");
    RedisCommands<String, String> replica = CLUSTER.replica();
    boolean wasMaster = RealCluster.isMaster(replica);
    RedisCommands<String, String> promoted = wasMaster ? CLUSTER.nodes().getFirst() : replica;
    RedisServers.await(
        "it is in step", () -> promoted.info("replication").contains("link_status:up"));
    try (SinkHarness sink = SinkHarness.start(settings)) {
      deliver(sink, 0, 200);

      // when: it is written on until places have changed; a busy machine may need a second try
      int written = 200;
      for (int i = 0; i < MOST_BATCHES && !RealCluster.isMaster(promoted); i++) {
        if (i % 200 == 0) {
          promoted.clusterFailover(false);
        }
        deliver(sink, written, written + BATCH);
        written += BATCH;
        pause(10);
      }
      assertThat(RealCluster.isMaster(promoted)).isTrue();
      deliver(sink, written, written + 100);

      // then
      assertWrittenOnce(written + 100);
    }
  }

  @Test
  void shouldWriteOnceWhenTwoTasksRaceForOnePartition() throws Exception {
    try (SinkHarness first = start(COMMANDS);
        SinkHarness second = start(COMMANDS);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> done =
          threads.invokeAll(List.of(delivering(first), delivering(second)));
      for (Future<Integer> task : done) {
        assertThat(task.get()).isPositive();
      }

      assertWrittenOnce(200);
    }
  }

  private static String other(RedisCommands<String, String> node) {
    return java.util.stream.IntStream.range(0, 1_000)
        .mapToObj(i -> "k" + i)
        .filter(key -> CLUSTER.masterOf(key) != node)
        .findFirst()
        .orElseThrow();
  }

  private static void migrate(
      RedisCommands<String, String> from, RedisCommands<String, String> to, String key) {
    from.migrate("127.0.0.1", CLUSTER.port(to), 0, 5_000, MigrateArgs.Builder.key(key));
  }

  private static Callable<Integer> delivering(SinkHarness sink) {
    return () -> deliver(sink, 0, 200);
  }

  private static int deliver(SinkHarness sink, int from, int to) {
    int deliveries = 0;
    for (int i = from; i < to; i += BATCH) {
      deliveries += putPatiently(sink, records(i, i + BATCH));
    }
    return deliveries;
  }

  /** A worker would wait between its tries as it is told to. */
  private static int putPatiently(SinkHarness sink, List<SinkRecord> records) {
    for (int tries = 1; ; tries++) {
      try {
        sink.put(records);
        return tries;
      } catch (RetriableException passing) {
        if (tries == TRIES) {
          throw passing;
        }
        pause(sink.timeoutMs());
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void assertWrittenOnce(int count) {
    assertThat(CLUSTER.stream("p:all")).isEqualTo(numbers(count));
    for (int s = 0; s < STREAMS; s++) {
      long stream = s;
      assertThat(CLUSTER.stream("p:s:" + s))
          .isEqualTo(numbers(count).stream().filter(n -> n % STREAMS == stream).toList());
      assertThat(CLUSTER.masterOf("p:h:" + s).hget("p:h:" + s, "n"))
          .isEqualTo(Long.toString(count - STREAMS + stream));
    }
  }

  private static List<Long> numbers(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private static List<SinkRecord> records(int from, int to) {
    List<SinkRecord> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      records.add(Records.of(i, Map.of("n", i, "s", i % STREAMS)));
    }
    return records;
  }

  private static SinkHarness start(String commands) {
    return SinkHarness.start(settings(commands));
  }

  private static Map<String, String> settings(String commands) {
    Map<String, String> settings = SinkHarness.settings(CLUSTER.uri(), commands);
    settings.put(RedisSinkConfig.TRANSACTION_RECORDS, "15");
    settings.compute(
        MappingConfig.MAPPING,
        (name, json) -> json.replace("{\"commands\"", "{\"tombstone\": \"ignore\", \"commands\""));
    return settings;
  }
}
