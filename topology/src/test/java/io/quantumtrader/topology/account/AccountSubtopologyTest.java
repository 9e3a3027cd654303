package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.intent;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One sub-topology, every name explicit, tables beside it. */
final class AccountSubtopologyTest {

  private static final Pattern GENERATED = Pattern.compile("-\\d{10}");

  @TempDir Path directory;
  private AccountDriver driver;

  @BeforeEach
  void openDriver() {
    driver = new AccountDriver(directory);
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  @Test
  void shouldBeOneSubTopology() {
    // when
    TopologyDescription description = driver.topology().describe();

    // then
    assertThat(description.subtopologies()).hasSize(1);
    assertThat(description.globalStores()).hasSize(5);
  }

  @Test
  void shouldNameEverythingItself() {
    assertThat(driver.topology().describe().toString()).doesNotContainPattern(GENERATED);
  }

  @Test
  void shouldTellHowFarTheTablesAre() {
    // given
    TopicPartition universe = new TopicPartition(Topic.UNIVERSE.topicName(), 0);
    assertThat(driver.settings().globalTables().lastApplied(universe)).isEmpty();

    // when
    driver.universe(Given.top(BTC));
    driver.universe(Given.top());

    // then
    assertThat(driver.settings().globalTables().lastApplied(universe)).hasValue(1);
    assertThat(driver.settings().globalTables().snapshot()).containsOnlyKeys(universe);
  }

  @Test
  void shouldLeaveARowAsItWasWhereTheNextCannotBeRead() {
    // given
    driver.open();
    TopicPartition universe = new TopicPartition(Topic.UNIVERSE.topicName(), 0);
    long before = driver.settings().globalTables().lastApplied(universe).orElseThrow();

    // when
    driver.sendBytes(
        Topic.UNIVERSE, new TestRecord<>("top10".getBytes(UTF_8), new byte[] {9}, null, NOON));
    driver.sendBytes(Topic.UNIVERSE, new TestRecord<>(null, new byte[] {9}, null, NOON));

    // then
    assertThat(driver.decide(intent("i")).getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(driver.settings().globalTables().lastApplied(universe)).hasValue(before + 2);
  }

  @Test
  void shouldTakeARowAwayWithATombstone() {
    // given
    driver.open();

    // when
    driver.send(Topic.UNIVERSE, Universe.class, "top10", null, NOON);

    // then
    assertThat(driver.decide(intent("i")).getCode()).isEqualTo("UNIVERSE_EMPTY");
  }

  @Test
  void shouldKnowTheClockOfTheProcess() {
    // when
    driver.open();

    // then
    assertThat(driver.settings().clock().nowMs()).hasValue(NOON);
  }
}
