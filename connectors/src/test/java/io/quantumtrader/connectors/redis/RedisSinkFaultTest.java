package io.quantumtrader.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.Range;
import io.quantumtrader.schemas.testing.CuttingProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What breaks on the way must leave every stream entry exactly once, in order. */
@Tag("real")
class RedisSinkFaultTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private static final String MAPPING =
      """
      {"topics": {"t": {"tombstone": "ignore", "commands": [
        {"command": "HSET", "key": "h", "fields": [{"name": "n", "value": "value.n"}]},
        {"command": "XADD", "key": "s", "fields": [{"name": "n", "value": "value.n"}]}]}}}
      """;

  private static final int RECORDS = 60;
  private static final int BATCH = 10;

  @Test
  void shouldWriteOnceWhereverTheConnectionIsCut() throws IOException {
    Random random = new Random(11);
    try (CuttingProxy proxy = new CuttingProxy(REDIS.port())) {
      for (int round = 0; round < 40; round++) {
        // given
        REDIS.commands().flushall();
        proxy.heal();
        try (SinkHarness sink = SinkHarness.start(settings("redis://" + proxy.address()))) {
          sink.put(records(0, BATCH));

          // when: somewhere in the requests or the replies of the next batches
          boolean requests = round % 2 == 0;
          if (requests) {
            proxy.cutRequestsAfter(random.nextInt(6_000));
          } else {
            proxy.cutRepliesAfter(random.nextInt(1_500));
          }
          deliverAll(sink, proxy);
        }

        // then
        assertWrittenOnce();
      }
    }
  }

  @Test
  void shouldWriteOnceWhenTheWorkerDiesBetweenWriteAndCommit() throws IOException {
    // given: Redis has done the transaction, but nobody heard of it
    try (CuttingProxy proxy = new CuttingProxy(REDIS.port())) {
      try (SinkHarness sink = SinkHarness.start(settings("redis://" + proxy.address()))) {
        sink.put(records(0, 1));
        proxy.cutRepliesAfter(0);
        assertThatThrownBy(() -> sink.put(records(1, BATCH)))
            .isInstanceOf(RetriableException.class);
      }

      // when: a new worker is given the same records, from the last commit on
      try (SinkHarness sink = SinkHarness.start(settings(REDIS.uri()))) {
        sink.put(records(0, RECORDS));
      }
    }

    // then
    assertWrittenOnce();
  }

  @Test
  void shouldGoOnWhenRedisComesBack() throws IOException {
    try (SinkHarness sink = SinkHarness.start(settings(REDIS.uri()))) {
      // given
      sink.put(records(0, BATCH));
      REDIS.stop();

      // when
      List<SinkRecord> waiting = records(0, RECORDS);
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> sink.put(waiting))
            .isInstanceOf(RetriableException.class)
            .hasMessageContaining("127.0.0.1:" + REDIS.port());
      }
      assertThat(sink.timeoutMs()).as("pauses double up to the longest").isEqualTo(8);
      REDIS.start();
      sink.put(waiting);

      // then
      assertWrittenOnce();
    }
  }

  @Test
  void shouldWriteOnceWhenTwoTasksRaceForOnePartition() throws Exception {
    try (SinkHarness first = SinkHarness.start(settings(REDIS.uri()));
        SinkHarness second = SinkHarness.start(settings(REDIS.uri()));
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      // when
      List<Future<Integer>> done = threads.invokeAll(List.of(singly(first), singly(second)));
      for (Future<Integer> task : done) {
        assertThat(task.get()).isEqualTo(RECORDS);
      }

      // then
      assertWrittenOnce();
    }
  }

  private static Callable<Integer> singly(SinkHarness sink) {
    return () -> {
      for (int i = 0; i < RECORDS; i++) {
        sink.putUntilTaken(records(i, i + 1), 100);
      }
      return RECORDS;
    };
  }

  private static void deliverAll(SinkHarness sink, CuttingProxy proxy) {
    for (int from = BATCH; from < RECORDS; from += BATCH) {
      try {
        sink.put(records(from, from + BATCH));
      } catch (RetriableException cut) {
        proxy.heal();
        sink.put(records(from, from + BATCH));
      }
    }
  }

  private static void assertWrittenOnce() {
    assertThat(stream()).isEqualTo(LongStream.range(0, RECORDS).boxed().toList());
    assertThat(REDIS.commands().hget("p:h", "n")).isEqualTo(Integer.toString(RECORDS - 1));
    assertThat(REDIS.commands().get("p:connect:offset:sink:t:0"))
        .isEqualTo(Integer.toString(RECORDS));
  }

  private static Map<String, String> settings(String uri) {
    Map<String, String> settings = SinkHarness.settings(uri, "");
    settings.put(MappingConfig.MAPPING, MAPPING);
    settings.put(RedisSinkConfig.TRANSACTION_RECORDS, "4");
    return settings;
  }

  private static List<SinkRecord> records(int from, int to) {
    List<SinkRecord> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      records.add(Records.of(i, Collections.singletonMap("n", i)));
    }
    return records;
  }

  private static List<Long> stream() {
    return REDIS.commands().xrange("p:s", Range.unbounded()).stream()
        .map(entry -> Long.valueOf(entry.getBody().get("n")))
        .toList();
  }
}
