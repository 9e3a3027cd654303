package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.IntentHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients of other languages, each with its own default partitioner, against the real registry and
 * the stages: whatever partition an intent is put in, it becomes a plan.
 */
@Tag("real")
final class ForeignProducersTest {

  private static final String SYMBOL = "BTCUSDT";
  private static final int PARTITIONS = RealPipeline.COUNTS.account();

  private static RealPipeline pipeline;
  private static World world;

  /**
   * A client.
   *
   * @param producer its program
   * @param partitioner where it puts an account
   * @param accounts whom it sends for
   */
  private record Client(
      ForeignProducer producer, ToIntFunction<String> partitioner, List<String> accounts) {

    @Override
    public String toString() {
      return producer.toString();
    }
  }

  static Stream<Client> clients() {
    return Stream.of(
        new Client(ForeignProducer.python(), ForeignProducersTest::crc32, accounts("pyth")),
        new Client(ForeignProducer.kcat(), ForeignProducersTest::crc32, accounts("kcat")),
        new Client(ForeignProducer.javaScript(), ForeignProducersTest::home, accounts("node")));
  }

  /**
   * Returns two accounts that librdkafka puts where they do not belong, and one that it does not.
   * The length of a text of five letters is a line feed in Avro, which kcat may not split at.
   */
  private static List<String> accounts(String name) {
    Predicate<String> apart = account -> crc32(account) != home(account);
    return Stream.concat(
            named(name).filter(apart).limit(2), named(name).filter(apart.negate()).limit(1))
        .toList();
  }

  private static Stream<String> named(String name) {
    return IntStream.rangeClosed(1, 1000).mapToObj(i -> name + i);
  }

  /** Where the stages want it: murmur2, as Kafka's own client. */
  private static int home(String account) {
    return Accounts.partitionOf(account, PARTITIONS);
  }

  /** Where librdkafka puts it. */
  private static int crc32(String account) {
    CRC32 crc = new CRC32();
    crc.update(account.getBytes(UTF_8));
    return (int) (crc.getValue() % PARTITIONS);
  }

  @BeforeAll
  static void startTheStages() throws Exception {
    pipeline = RealPipeline.fresh();
    // The programs write the time of the wall, and the clock stands still here, at half past a
    // minute, so that it passes no full hour.
    long nowMs = System.currentTimeMillis() / Records.MINUTE * Records.MINUTE - 30_000;
    Policy patient =
        Policy.newBuilder(Policies.initial(nowMs))
            .setVersion(2)
            .setFutureToleranceMs(60 * Records.MINUTE)
            .build();
    pipeline.send(Topic.POLICY, Policies.DEFAULT, patient, nowMs);
    List<String> accounts = clients().flatMap(client -> client.accounts().stream()).toList();
    world = World.openAt(pipeline, nowMs, accounts, List.of(SYMBOL));
    pipeline.startStages();
    world.begin();
  }

  @AfterAll
  static void stopTheStages() {
    pipeline.close();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void shouldTakeWhatAClientOfAnotherLanguageSends(Client client) throws Exception {
    // given
    Optional<String> missing = client.producer().prepare();
    assumeTrue(missing.isEmpty(), () -> client + " is not run: " + missing.orElseThrow());
    assertThat(client.accounts()).hasSize(3).anyMatch(account -> account.length() == 5);
    Map<String, String> addresses =
        Map.of(
            "BOOTSTRAP_SERVERS", pipeline.stack().bootstrapServers(),
            "SCHEMA_REGISTRY", pipeline.stack().schemaRegistryUrl());

    for (String account : client.accounts()) {
      // when
      ForeignProducer.Run sent = client.producer().send(account, SYMBOL, addresses);
      assertThat(sent.code()).as(sent.out() + sent.err()).isZero();
      pipeline.settle();

      // then
      String intentId = sent.out().strip();
      assertThat(records(Topic.DEAD_LETTER, account)).isEmpty();
      assertThat(partitions(account)).isEqualTo(expectedPartitions(client, account));
      Decision decision = world.decision(account, intentId);
      assertThat(decision.getVerdict()).as(decision.toString()).isEqualTo(Verdict.GRANTED);
      assertThat(world.plans(account)).hasSize(1);
      ApplyPlan plan = world.plan(account);
      assertThat(plan.getIntentId()).isEqualTo(intentId);
      // 100 of margin at leverage 2 and a price of 100: the decimal arrived with its scale.
      assertThat(plan.getQuantity()).isEqualByComparingTo("2");
      assertThat(plan.getLeverage()).isEqualTo(2);
    }
  }

  /** An intent lies where the client put it, and once more at home if that is elsewhere. */
  private static Map<String, List<Integer>> expectedPartitions(Client client, String account) {
    int put = client.partitioner().applyAsInt(account);
    return Map.of(
        "sent", List.of(put), "moved", put == home(account) ? List.of() : List.of(home(account)));
  }

  private static Map<String, List<Integer>> partitions(String account) {
    List<ConsumerRecord<byte[], byte[]>> intents = records(Topic.TRADE_INTENT, account);
    return Map.of(
        "sent", intents.stream().filter(each -> !moved(each)).map(r -> r.partition()).toList(),
        "moved", intents.stream().filter(each -> moved(each)).map(r -> r.partition()).toList());
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Topic topic, String account) {
    return pipeline.read(topic).stream()
        .filter(record -> account.equals(new String(record.key(), UTF_8)))
        .toList();
  }

  private static boolean moved(ConsumerRecord<byte[], byte[]> record) {
    return record.headers().lastHeader(IntentHeaders.MOVED_FROM) != null;
  }
}
