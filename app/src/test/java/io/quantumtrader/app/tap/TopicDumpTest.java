package io.quantumtrader.app.tap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies on a topic lies in the dump, line for line. */
final class TopicDumpTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void shouldDumpATombstoneAsALineOfItsOwn() throws Exception {
    // when
    try (TopicDump dump = new TopicDump(directory)) {
      dump.accept(record(Topic.POSITION_SNAPSHOT, 1, "main:BTCUSDT", null));
      dump.accept(record(Topic.HARVEST_PROPOSAL, 2, "main3:ETHUSDT", null));
    }

    // then
    List<JsonNode> snapshots = lines(Topic.POSITION_SNAPSHOT);
    assertThat(snapshots).hasSize(1);
    assertThat(snapshots.get(0).get("key").asText()).isEqualTo("main:BTCUSDT");
    assertThat(snapshots.get(0).get("partition").asInt()).isEqualTo(2);
    assertThat(snapshots.get(0).get("offset").asLong()).isEqualTo(1);
    assertThat(snapshots.get(0).get("timestamp").asLong()).isEqualTo(1234);
    assertThat(snapshots.get(0).has("value")).isTrue();
    assertThat(snapshots.get(0).get("value").isNull()).isTrue();
    assertThat(lines(Topic.HARVEST_PROPOSAL)).hasSize(1);
  }

  @Test
  void shouldDumpTombstonesBetweenValuesInTheirOrder() throws Exception {
    // given
    Universe list =
        Universe.newBuilder()
            .setName("top10")
            .setAsOfMs(1)
            .setSymbols(List.of())
            .setCode("x")
            .build();

    // when
    try (TopicDump dump = new TopicDump(directory)) {
      dump.accept(record(Topic.UNIVERSE, 1, "top10", list));
      dump.accept(record(Topic.UNIVERSE, 2, "top10", null));
      dump.accept(record(Topic.UNIVERSE, 3, "top10", list));
    }

    // then
    assertThat(lines(Topic.UNIVERSE))
        .extracting(line -> line.get("offset").asLong(), line -> line.get("value").isNull())
        .containsExactly(tuple(1L, false), tuple(2L, true), tuple(3L, false));
  }

  private List<JsonNode> lines(Topic topic) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(topic.topicName() + ".jsonl"))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static TappedRecord record(Topic topic, long offset, String key, SpecificRecord value) {
    ConsumerRecord<byte[], byte[]> raw =
        new ConsumerRecord<>(
            topic.topicName(),
            2,
            offset,
            1234,
            TimestampType.CREATE_TIME,
            key.length(),
            0,
            key.getBytes(UTF_8),
            value == null ? null : new byte[] {1},
            new RecordHeaders(),
            Optional.empty());
    return TappedRecord.of(topic, raw, Optional.ofNullable(value), false);
  }
}
