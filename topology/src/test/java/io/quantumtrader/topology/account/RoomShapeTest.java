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

/** One room, every name explicit, tables beside it. */
final class RoomShapeTest {

  private static final Pattern GENERATED = Pattern.compile("-\\d{10}");

  @TempDir Path directory;
  private RoomDriver room;

  @BeforeEach
  void openRoom() {
    room = new RoomDriver(directory);
  }

  @AfterEach
  void closeRoom() {
    room.close();
  }

  @Test
  void shouldBeOneSubTopology() {
    // when
    TopologyDescription description = room.topology().describe();

    // then
    assertThat(description.subtopologies()).hasSize(1);
    assertThat(description.globalStores()).hasSize(5);
  }

  @Test
  void shouldNameEverythingItself() {
    assertThat(room.topology().describe().toString()).doesNotContainPattern(GENERATED);
  }

  @Test
  void shouldTellHowFarTheTablesAre() {
    // given
    TopicPartition universe = new TopicPartition(Topic.UNIVERSE.topicName(), 0);
    assertThat(room.settings().globalTables().lastApplied(universe)).isEmpty();

    // when
    room.universe(Given.top(BTC));
    room.universe(Given.top());

    // then
    assertThat(room.settings().globalTables().lastApplied(universe)).hasValue(1);
    assertThat(room.settings().globalTables().snapshot()).containsOnlyKeys(universe);
  }

  @Test
  void shouldLeaveARowAsItWasWhereTheNextCannotBeRead() {
    // given
    room.open();
    TopicPartition universe = new TopicPartition(Topic.UNIVERSE.topicName(), 0);
    long before = room.settings().globalTables().lastApplied(universe).orElseThrow();

    // when
    room.sendBytes(
        Topic.UNIVERSE, new TestRecord<>("top10".getBytes(UTF_8), new byte[] {9}, null, NOON));
    room.sendBytes(Topic.UNIVERSE, new TestRecord<>(null, new byte[] {9}, null, NOON));

    // then
    assertThat(room.decide(intent("i")).getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(room.settings().globalTables().lastApplied(universe)).hasValue(before + 2);
  }

  @Test
  void shouldTakeARowAwayWithATombstone() {
    // given
    room.open();

    // when
    room.send(Topic.UNIVERSE, Universe.class, "top10", null, NOON);

    // then
    assertThat(room.decide(intent("i")).getCode()).isEqualTo("UNIVERSE_EMPTY");
  }

  @Test
  void shouldKnowTheClockOfTheProcess() {
    // when
    room.open();

    // then
    assertThat(room.settings().clock().nowMs()).hasValue(NOON);
  }
}
