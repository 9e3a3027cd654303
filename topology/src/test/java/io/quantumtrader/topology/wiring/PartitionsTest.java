package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.wiring.Pipeline.AWAY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In which partition a record lies: what is about an account in the account's, whatever else its
 * key says. The topics have three account partitions, and the accounts lie in two of them.
 */
final class PartitionsTest {

  private static final PartitionCounts ONE_TASK = new PartitionCounts(1, 1);
  private static final PartitionCounts TOPICS = new PartitionCounts(4, 3);

  @TempDir private Path directory;

  /** The topics that what follows from one position, from its intent to its close, lies on. */
  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {
        "APPLY_PLAN",
        "DECISION",
        "POSITION_LEDGER",
        "POSITION_SNAPSHOT",
        "HARVEST_PROPOSAL",
        "HARVEST_CALIBRATED",
        "PORTFOLIO_STATE"
      })
  void shouldNameThePartitionOfTheAccountInEachRecordAboutIt(Topic topic) {
    try (Pipeline pipeline = new Pipeline(directory, ONE_TASK, TOPICS, MAIN, AWAY)) {
      // when
      Outputs outputs = pipeline.when(it -> lifeOfAPosition(it, MAIN, AWAY));

      // then
      Set<String> accounts = new TreeSet<>();
      for (ProducerRecord<byte[], byte[]> record : outputs.all()) {
        String key = new String(record.key(), UTF_8);
        if (record.topic().equals(topic.topicName()) && !key.equals(Accounts.ALL)) {
          accounts.add(Accounts.accountOf(key));
          assertThat(record.partition())
              .as("%s of %s", key, topic)
              .isEqualTo(Accounts.accountOf(key).equals(MAIN) ? 0 : 1);
        }
      }
      assertThat(accounts).containsExactly(MAIN, AWAY);
    }
  }

  @Test
  void shouldPublishOnEachTopicOfTheCatalogThatStagesWrite() {
    try (Pipeline pipeline = new Pipeline(directory, ONE_TASK, TOPICS, MAIN, AWAY)) {
      // when
      Outputs outputs = pipeline.when(it -> lifeOfAPosition(it, MAIN, AWAY));

      // then
      assertThat(outputs.topics())
          .contains(
              "quantum.apply.plan",
              "quantum.permit",
              "quantum.decision",
              "quantum.position.ledger",
              "quantum.position.snapshot",
              "quantum.harvest.proposal",
              "quantum.harvest.calibrated",
              "quantum.portfolio.state")
          .doesNotContain("quantum.dlq");
    }
  }

  @Test
  void shouldBringALedgerRowWhereTheCandlesOfItsSymbolAre() {
    try (Pipeline pipeline = new Pipeline(directory, ONE_TASK, TOPICS, MAIN, AWAY)) {
      // when
      Outputs outputs = pipeline.when(it -> lifeOfAPosition(it, MAIN, AWAY));

      // then
      int home = BuiltInPartitioner.partitionForKey(BTC.getBytes(UTF_8), 4);
      assertThat(outputs.all())
          .filteredOn(record -> record.topic().contains(Names.LEDGER_BY_SYMBOL))
          .isNotEmpty()
          .allSatisfy(record -> assertThat(record.partition()).isEqualTo(home));
    }
  }

  /** Otherwise the tests above would pass without any partitioner. */
  @Test
  void shouldLieElsewhereByTheWholeKey() {
    assertThat(BuiltInPartitioner.partitionForKey("main:BTCUSDT".getBytes(UTF_8), 3))
        .isNotEqualTo(0);
    assertThat(BuiltInPartitioner.partitionForKey((AWAY + ":" + BTC).getBytes(UTF_8), 3))
        .isNotEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "main, 2, 1", "main, 3, 0", "main, 4, 3", "main, 8, 7",
    "main2, 2, 0", "main2, 3, 1", "main2, 4, 2", "main2, 8, 6",
    "main3, 3, 0", "main-2, 5, 2", "*, 3, 2", "main, 1, 0",
  })
  void shouldFindTheSamePartitionForEver(String account, int partitions, int expected) {
    assertThat(Accounts.partitionOf(account, partitions)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "main2", "main3", "a", "shadow_9-z", "*", "币安人生"})
  void shouldPartitionAsKafkaDoesByThePlainAccount(String account) {
    for (int partitions = 1; partitions <= 60; partitions++) {
      assertThat(Accounts.partitionOf(account, partitions))
          .isEqualTo(BuiltInPartitioner.partitionForKey(account.getBytes(UTF_8), partitions));
    }
  }

  private static void lifeOfAPosition(Pipeline pipeline, String... accounts) {
    for (String account : accounts) {
      pipeline.fill(pipeline.granted(account, "i-" + account, BTC), "71000");
    }
    pipeline.pass(MINUTE).candle(BTC, "71000");
    pipeline.pass(MINUTE).candle(BTC, "71500");
    for (String account : List.of(accounts)) {
      pipeline.proposal(Pipeline.closeAll(account, BTC).setTrigger(ExitTrigger.STOP_HIT));
    }
  }
}
