package io.quantumtrader.connectors.redis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.Consumer;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.quantumtrader.connectors.redis.RealRedis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The source on a real Redis. */
@Tag("real")
final class RedisSourceTaskTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private static final String MAPPING =
      """
      {"streams": [
        {"stream": "orders", "topic": "orders.topic"},
        {"stream": "trades", "topic": "trades.topic", "key": "symbol", "fields": [
          {"name": "price", "type": "decimal:4"}, {"name": "note", "optional": true}]}]}
      """;

  static Map<String, String> settings(RealRedis redis) {
    return new HashMap<>(
        Map.of(
            "name", "source",
            "redis.uri", redis.uri(),
            "key.prefix", "q:",
            "mapping", MAPPING,
            "block.ms", "30",
            "claim.idle.ms", "1",
            "retry.backoff.max.ms", "100",
            "batch.entries", "7",
            "dead.letter.topic", "letters"));
  }

  private static long pending() {
    return REDIS.commands().xpending("q:orders", "source").getCount();
  }

  static List<String> ids(List<SourceRecord> records) {
    return records.stream()
        .map(record -> record.headers().lastWithName("redis.id").value().toString())
        .toList();
  }

  private static List<String> add(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(REDIS.commands().xadd("q:orders", "n", Integer.toString(i)));
    }
    return ids;
  }

  @Test
  void shouldReadEntriesOfSeveralStreamsAndAcknowledgeThemOnlyOnceKafkaHasThem() throws Exception {
    // given
    List<String> orders = add(20);
    String trade = REDIS.commands().xadd("q:trades", "symbol", "BTC", "price", "1.5");
    SourceHarness worker = new SourceHarness(settings(REDIS)).start();

    // when read and not written
    List<SourceRecord> records = worker.poll(5);

    // then
    assertThat(ids(records)).containsAll(orders).contains(trade).hasSize(21);
    assertThat(pending()).isEqualTo(20);

    // when written
    worker.write(records);
    worker.confirm(records);
    worker.drain().stop();

    // then
    assertThat(pending()).isZero();
    assertThat(worker.topic()).hasSize(21);
    SourceRecord order =
        records.stream().filter(r -> r.topic().equals("orders.topic")).findFirst().orElseThrow();
    assertThat(order.value()).isEqualTo(Map.of("n", "0"));
    assertThat(order.timestamp()).isEqualTo(StreamId.parse(orders.get(0)).millis());
    SourceRecord priced =
        records.stream().filter(r -> r.topic().equals("trades.topic")).findFirst().orElseThrow();
    assertThat(priced.key()).isEqualTo("BTC");
    assertThat(priced.value().toString()).isEqualTo("Struct{price=1.5000}");
  }

  @Test
  void shouldKeepOffsetsUnderTheSameBytesInEveryProcess() throws Exception {
    // given
    add(1);
    REDIS.commands().xadd("q:trades", "symbol", "BTC", "price", "1.5");
    SourceHarness worker = new SourceHarness(settings(REDIS)).start();

    // when
    List<SourceRecord> records = worker.poll(5);
    worker.stop();

    // then: with two entries the order, and with it the bytes, would be those of the process
    assertThat(records).hasSize(2);
    List<String> partitions = new ArrayList<>();
    for (SourceRecord record : records) {
      assertThat(record.sourcePartition()).hasSize(1);
      partitions.add(record.sourcePartition().toString());
    }
    assertThat(partitions)
        .containsExactlyInAnyOrder(
            "{stream=q:orders of group source}", "{stream=q:trades of group source}");
  }

  @Test
  void shouldSendEachEntryOnceOverCrashesAtAnyMoment() throws Exception {
    // given a worker that commits offsets together with records, and crashes
    Random random = new Random(11);
    List<String> expected = new ArrayList<>();
    SourceHarness worker = new SourceHarness(settings(REDIS)).start();

    // when
    for (int round = 0; round < 40; round++) {
      expected.addAll(add(random.nextInt(30)));
      List<SourceRecord> records = worker.poll(random.nextInt(6));
      boolean written = random.nextBoolean();
      if (written) {
        worker.write(records);
        if (random.nextBoolean()) {
          worker.confirm(records.subList(0, random.nextInt(records.size() + 1)));
          worker.poll(0);
        }
      }
      if (!written || random.nextBoolean()) {
        worker.crash();
        worker.start();
      } else {
        worker.confirm(records);
      }
    }
    worker.crash();
    worker.start().drain().stop();

    // then
    assertThat(ids(worker.topic())).doesNotHaveDuplicates();
    assertThat(new HashSet<>(ids(worker.topic()))).isEqualTo(Set.copyOf(expected));
    assertThat(pending()).isZero();
  }

  @Test
  @SuppressWarnings("unchecked") // the client takes streams as generic varargs
  void shouldTakeOverWhatADeadConsumerLeftBehind() throws Exception {
    // given an entry that somebody else was given and never acknowledged
    String id = add(1).get(0);
    REDIS.commands().xgroupCreate(XReadArgs.StreamOffset.from("q:orders", "0"), "source");
    REDIS
        .commands()
        .xreadgroup(
            Consumer.from("source", "dead"), XReadArgs.StreamOffset.lastConsumed("q:orders"));
    Thread.sleep(5);

    // when
    SourceHarness worker = new SourceHarness(settings(REDIS)).start().drain();

    // then
    assertThat(ids(worker.topic())).containsExactly(id);
    worker.stop();
    assertThat(pending()).isZero();
  }

  @Test
  void shouldMakeALetterOfWhatCannotBeReadWithTheEntryAndTheReason() throws Exception {
    // given
    String noPrice = REDIS.commands().xadd("q:trades", "symbol", "BTC");
    String badPrice = REDIS.commands().xadd("q:trades", "symbol", "BTC", "price", "cheap");
    Map<String, String> settings = settings(REDIS);
    settings.put("entry.max.bytes", "100");
    String large = REDIS.commands().xadd("q:trades", "symbol", "B".repeat(200), "price", "1");

    // when
    SourceHarness worker = new SourceHarness(settings).start().drain();
    worker.stop();

    // then
    assertThat(ids(worker.topic())).containsExactly(noPrice, badPrice, large);
    assertThat(worker.topic())
        .allSatisfy(letter -> assertThat(letter.topic()).isEqualTo("letters"));
    assertThat(reasons(worker.topic()))
        .containsExactly("FIELD_MISSING", "FIELD_INVALID", "ENTRY_TOO_LARGE");
    assertThat(
            new String(
                (byte[]) worker.topic().get(1).value(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"symbol\":\"BTC\",\"price\":\"cheap\"}");
    assertThat(worker.topic().get(2).value()).isNull();
    assertThat(REDIS.commands().xpending("q:trades", "source").getCount()).isZero();
  }

  @Test
  void shouldFailAtWhatCannotBeReadWhereThereIsNoTopicForIt() {
    REDIS.commands().xadd("q:trades", "symbol", "BTC");
    Map<String, String> settings = settings(REDIS);
    settings.remove("dead.letter.topic");
    SourceHarness worker = new SourceHarness(settings).start();

    assertThatThrownBy(() -> worker.poll(5))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("dead.letter.topic");
    worker.stop();
  }

  @Test
  @SuppressWarnings("unchecked") // the client takes streams as generic varargs
  void shouldReportEntriesThatWereDeletedBeforeTheyWereRead() throws Exception {
    // given two entries given out, to us and to another, and deleted before they became records
    List<String> ids = add(2);
    REDIS.commands().xgroupCreate(XReadArgs.StreamOffset.from("q:orders", "0"), "source");
    for (String consumer : List.of("source", "dead")) {
      REDIS
          .commands()
          .xreadgroup(
              Consumer.from("source", consumer),
              XReadArgs.Builder.count(1),
              XReadArgs.StreamOffset.lastConsumed("q:orders"));
    }
    REDIS.commands().xdel("q:orders", ids.toArray(String[]::new));
    Thread.sleep(5);

    // when
    SourceHarness worker = new SourceHarness(settings(REDIS)).start().drain();
    worker.stop();

    // then
    assertThat(ids(worker.topic())).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(reasons(worker.topic())).containsOnly("ENTRY_DELETED");
    assertThat(pending()).isZero();
  }

  @Test
  void shouldGoOnBehindWhatWasReadWhereTheGroupOrTheStreamWasDestroyed() throws Exception {
    // given
    List<String> first = add(3);
    SourceHarness worker = new SourceHarness(settings(REDIS)).start().drain();
    REDIS.commands().xgroupDestroy("q:orders", "source");
    List<String> second = add(2);

    // when
    worker.drain();
    REDIS.commands().del("q:orders");
    List<String> third = add(2);
    worker.drain();
    REDIS.commands().del("q:orders");
    REDIS.commands().xadd("q:orders", new XAddArgs().id("5-0"), "n", "made anew");
    worker.drain().stop();

    // then
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    all.addAll(third);
    all.add("5-0");
    assertThat(ids(worker.topic())).containsExactlyElementsOf(all);
  }

  @Test
  void shouldPassOverEntriesThatTheGroupIsGivenAgain() throws Exception {
    // given a group that was set back, as after a fail-over to a replica that lagged
    add(5);
    SourceHarness worker = new SourceHarness(settings(REDIS)).start().drain();
    REDIS.commands().xgroupSetid(XReadArgs.StreamOffset.from("q:orders", "0"), "source");

    // when
    worker.drain().stop();

    // then
    assertThat(worker.topic()).hasSize(5);
    assertThat(pending()).isZero();
  }

  @Test
  void shouldGoOnWhenRedisComesBack() throws Exception {
    // given
    add(10);
    SourceHarness worker = new SourceHarness(settings(REDIS)).start();
    List<SourceRecord> records = worker.poll(2);

    // when
    REDIS.stop();
    worker.write(records);
    worker.confirm(records);
    assertThat(worker.poll(2)).isEmpty();
    REDIS.start();
    String late = add(1).get(0);
    for (int i = 0; i < 50 && !ids(worker.topic()).contains(late); i++) {
      List<SourceRecord> more = worker.poll(1);
      worker.write(more);
      worker.confirm(more);
    }
    worker.drain().stop();

    // then
    assertThat(ids(worker.topic())).hasSize(11).doesNotHaveDuplicates();
    assertThat(pending()).isZero();
  }

  @Test
  void shouldStartWithoutRedisAndMakeTheGroupsLater() throws Exception {
    // given
    REDIS.stop();
    SourceHarness worker = new SourceHarness(settings(REDIS)).start();

    // when
    REDIS.start();
    List<String> ids = add(3);
    for (int i = 0; i < 50 && worker.topic().size() < 3; i++) {
      worker.drain();
    }
    worker.stop();

    // then
    assertThat(ids(worker.topic())).isEqualTo(ids);
  }

  @Test
  void shouldBeginWithWhatComesFromNowOnWhereAskedTo() throws Exception {
    add(3);
    Map<String, String> settings = settings(REDIS);
    settings.put("group.start", "$");
    SourceHarness worker = new SourceHarness(settings).start();

    // Before the task has read for the first time.
    List<String> later = add(1);

    assertThat(ids(worker.drain().topic())).isEqualTo(later);
    worker.stop();
  }

  @Test
  void shouldGiveNoRecordATimeAheadOfTheClock() throws Exception {
    REDIS.commands().xadd("q:orders", new XAddArgs().id("99999999999999-0"), "n", "1");
    SourceHarness worker = new SourceHarness(settings(REDIS)).start().drain();
    worker.stop();

    assertThat(worker.topic().get(0).timestamp()).isLessThanOrEqualTo(System.currentTimeMillis());
  }

  private static List<String> reasons(List<SourceRecord> letters) {
    return letters.stream()
        .map(letter -> letter.headers().lastWithName("redis.reason").value().toString())
        .toList();
  }
}
