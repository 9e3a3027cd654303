package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.compose.Stack;
import io.quantumtrader.compose.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sink as it is shipped, in a Connect worker of its own, before a real Redis: the worker is
 * killed, the way to Redis is cut and Redis is stopped, while records keep coming.
 */
@Tag("real")
final class SinkFaultsTest {

  /** Four for each rhythm of commits. */
  private static final int KILLS = 12;

  private static final int CUTS = 8;

  /** Longer than any life here, so that such a life ends without one commit. */
  private static final String NEVER = "3600000";

  /** From commits that are nearly always up to date to none at all, in turn. */
  private static final List<String> COMMIT_EVERY_MS = List.of(NEVER, "20", "100");

  private static final long SEED = 1_773_500_000L;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern PASSED_OVER = Pattern.compile("skipped (\\d+) records");

  @TempDir static Path shared;
  private static Path plugins;

  @TempDir Path directory;

  private final Stack stack = SharedStack.get();
  private final Random random = new Random(SEED);

  @BeforeAll
  static void unpack() throws IOException {
    plugins = PluginZip.unpack(shared);
  }

  @Test
  void shouldWriteEveryRecordOnceWhenTheWorkerIsKilled() throws Exception {
    try (RestartableRedis redis = RestartableRedis.start(Files.createDirectory(redisHome()));
        FaultTraffic traffic = traffic("killed-sink")) {
      // when: killed again and again, at most so many records after it has begun
      List<Kill> kills = new ArrayList<>();
      for (int life = 0; life < KILLS; life++) {
        kills.add(killWhileWriting(traffic, redis, COMMIT_EVERY_MS.get(life % 3)));
      }
      traffic.stop();
      try (WorkerProcess last = worker("killed-sink", traffic.sink(redisUri(redis)), "100")) {
        awaitWritten(traffic.sent(), redis, last);
      }

      // then: kills did hit between a write and its commit, and nothing is there twice or missing
      long passedOver = passedOver();
      report(kills, passedOver, traffic.sent());
      assertThat(kills)
          .filteredOn(kill -> kill.commitEveryMs().equals(NEVER))
          .isNotEmpty()
          .allMatch(kill -> kill.uncommitted() >= kill.moment());
      assertThat(passedOver)
          .as("what was written and not committed comes again in the next life")
          .isGreaterThanOrEqualTo(
              kills.stream()
                  .filter(kill -> kill.commitEveryMs().equals(NEVER))
                  .mapToLong(Kill::moment)
                  .max()
                  .orElseThrow());
      traffic.assertWrittenOnce(redis.commands());
    }
  }

  @Test
  void shouldWriteEveryRecordOnceWhenTheWayIsCutAndRedisIsAway() throws Exception {
    try (RestartableRedis redis = RestartableRedis.start(Files.createDirectory(redisHome()));
        CuttableLink link = new CuttableLink(redis.port());
        FaultTraffic traffic = traffic("cut-sink");
        WorkerProcess worker = worker("cut-sink", traffic.sink(link.uri()), "100")) {
      // when: cut in the middle of requests and of replies, and Redis away for a while
      for (int cut = 1; cut <= CUTS; cut++) {
        long before = FaultTraffic.written(redis.commands());
        awaitWritten(before + 1, redis, worker);
        cut(link, cut);
        int expected = cut;
        await().atMost(SOON).until(() -> link.cuts() >= expected);
      }
      redis.stop();
      long atStop = traffic.sent();
      await().atMost(SOON).until(() -> traffic.sent() > atStop + 100);
      redis.start();
      traffic.stop();
      awaitWritten(traffic.sent(), redis, worker);

      // then
      System.out.printf(
          "%d cuts and one restart of Redis over %d records; %d records came again and were"
              + " passed over%n",
          link.cuts(), traffic.sent(), passedOver());
      assertThat(worker.isAlive()).isTrue();
      traffic.assertWrittenOnce(redis.commands());
    }
  }

  private void cut(CuttableLink link, int cut) {
    if (cut % 2 == 0) {
      link.cutRepliesAfter(random.nextInt(2_000));
    } else {
      link.cutRequestsAfter(random.nextInt(20_000));
    }
  }

  private Kill killWhileWriting(FaultTraffic traffic, RestartableRedis redis, String commitEveryMs)
      throws Exception {
    long before = FaultTraffic.written(redis.commands());
    long moment = 1L + random.nextInt(800);
    WorkerProcess worker = worker("killed-sink", traffic.sink(redisUri(redis)), commitEveryMs);
    awaitWritten(before + moment, redis, worker);
    worker.kill();
    return new Kill(
        commitEveryMs, moment, FaultTraffic.written(redis.commands()), traffic.committed());
  }

  private static void awaitWritten(long count, RestartableRedis redis, WorkerProcess worker)
      throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    while (FaultTraffic.written(redis.commands()) < count) {
      if (System.nanoTime() > end || !worker.isAlive()) {
        throw new AssertionError("not written: " + count + "\n" + worker.lastLines());
      }
      Thread.sleep(1);
    }
  }

  private WorkerProcess worker(String name, Map<String, String> sink, String commitEveryMs)
      throws IOException {
    return WorkerProcess.start(
        directory,
        Map.of(
            "bootstrap.servers", stack.bootstrapServers(),
            "plugin.path", plugins.toString(),
            "offset.flush.interval.ms", commitEveryMs),
        new WorkerProcess.Connector(name, sink),
        Map.of());
  }

  private FaultTraffic traffic(String connector) throws Exception {
    return FaultTraffic.start(stack.bootstrapServers(), "faults-of-" + connector, connector);
  }

  private Path redisHome() {
    return directory.resolve("redis");
  }

  private static String redisUri(RestartableRedis redis) {
    return "redis://127.0.0.1:" + redis.port();
  }

  private long passedOver() throws IOException {
    return PASSED_OVER
        .matcher(Files.readString(directory.resolve("worker.log")))
        .results()
        .mapToLong(line -> Long.parseLong(line.group(1)))
        .sum();
  }

  /** What happened, so that one sees that the kills hit in the middle. */
  private static void report(List<Kill> kills, long passedOver, long sent) {
    System.out.println("kill | commits every ms | after records | in Redis | not committed");
    for (int i = 0; i < kills.size(); i++) {
      Kill kill = kills.get(i);
      System.out.printf(
          "%4d | %16s | %13d | %8d | %13d%n",
          i + 1, kill.commitEveryMs(), kill.moment(), kill.written(), kill.uncommitted());
    }
    System.out.printf(
        "%d kills over %d records, %d between a write and its commit; %d records came again and"
            + " were passed over%n",
        kills.size(),
        sent,
        kills.stream().filter(kill -> kill.uncommitted() > 0).count(),
        passedOver);
  }

  /**
   * A worker's end.
   *
   * @param commitEveryMs how often it committed its offsets, milliseconds
   * @param moment records it was let to write in this life, at least
   * @param written records in Redis at its end
   * @param committed records that its consumer group had committed
   */
  private record Kill(String commitEveryMs, long moment, long written, long committed) {

    long uncommitted() {
      return written - committed;
    }
  }
}
