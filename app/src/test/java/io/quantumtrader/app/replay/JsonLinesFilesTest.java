package io.quantumtrader.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.RecordedRecord.RecordedHeader;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingException;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording for tools that read JSON lines. */
final class JsonLinesFilesTest {

  static final long MIDNIGHT = 1_763_596_800_000L;
  private static final String CANDLES = "quantum.market.candle/2025-11-";

  @TempDir private Path directory;
  private Path out;

  @BeforeEach
  void place() {
    out = directory.resolve("out");
  }

  static RecordedRecord record(
      Topic topic, long offset, long atMs, Optional<SpecificRecord> value, byte[] bytes) {
    return new RecordedRecord(
        topic,
        topic == Topic.DEAD_LETTER ? 0 : 2,
        offset,
        atMs,
        Optional.of("BTCUSDT"),
        List.of(
            new RecordedHeader("from", "ü".getBytes(UTF_8)),
            new RecordedHeader("raw", new byte[] {(byte) 0xff}),
            new RecordedHeader("none", null)),
        value,
        Optional.ofNullable(bytes));
  }

  static Optional<SpecificRecord> candle() {
    return Optional.of(
        Candle.newBuilder()
            .setSymbol("BTCUSDT")
            .setOpenTimeMs(1)
            .setIntervalMs(60_000)
            .setOpen(new BigDecimal("0.000000000000000001"))
            .setHigh(new BigDecimal("123456789012345678.123456789"))
            .setLow(BigDecimal.ONE)
            .setClose(BigDecimal.TEN)
            .setVolume(BigDecimal.ZERO)
            .build());
  }

  private RecordingFiles write(Set<RecordingFiles.Form> forms) throws IOException {
    try (RecordingFiles files = new RecordingFiles(out, forms, PartitionCounts.DEFAULT, "test")) {
      files.write(record(Topic.CANDLE, 7, MIDNIGHT - 1, candle(), null));
      files.write(record(Topic.CANDLE, 8, MIDNIGHT, candle(), null));
      files.write(record(Topic.CANDLE, 9, MIDNIGHT, Optional.empty(), null));
      files.write(record(Topic.DEAD_LETTER, 0, MIDNIGHT, Optional.empty(), new byte[] {1, 2}));
      files.finish();
      return files;
    }
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(out.resolve(file));
  }

  @Test
  void shouldWriteAFileForEachTopicAndDay() throws Exception {
    RecordingFiles files = write(Set.of(RecordingFiles.Form.JSONL));

    assertThat(lines(CANDLES + "19.jsonl"))
        .containsExactly(
            "{\"partition\":2,\"offset\":7,\"timestamp\":1763596799999,"
                + "\"time\":\"2025-11-19T23:59:59.999Z\",\"key\":\"BTCUSDT\",\"headers\":["
                + "{\"name\":\"from\",\"value\":\"ü\"},{\"name\":\"raw\",\"base64\":\"/w==\"},"
                + "{\"name\":\"none\",\"value\":null}],\"value\":{\"symbol\":\"BTCUSDT\","
                + "\"openTimeMs\":1,\"intervalMs\":60000,\"open\":\"0.000000000000000001\","
                + "\"high\":\"123456789012345678.123456789\",\"low\":\"1\",\"close\":\"10\","
                + "\"volume\":\"0\"}}");
    assertThat(lines(CANDLES + "20.jsonl")).hasSize(2);
    JsonNode tombstone = new ObjectMapper().readTree(lines(CANDLES + "20.jsonl").getLast());
    assertThat(tombstone.get("value").isNull()).isTrue();
    assertThat(tombstone.has("base64")).isFalse();
    assertThat(lines("quantum.dlq/2025-11-20.jsonl").getFirst()).endsWith("\"base64\":\"AQI=\"}");
    assertThat(files.text()).hasSize(4).last().asString().containsPattern("records +4");
    assertThat(files.json().at("/jsonLines/2/records").asLong()).isEqualTo(2);
    assertThatThrownBy(() -> Recording.open(out)).isInstanceOf(RecordingException.class);
    assertThatThrownBy(() -> write(Set.of(RecordingFiles.Form.JSONL)))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void shouldStandBesideARecordingThatIsWhole() throws Exception {
    RecordingFiles files = write(Set.of(RecordingFiles.Form.AVRO, RecordingFiles.Form.JSONL));

    assertThat(Recording.open(out).read(Topic.CANDLE)).hasSize(3);
    assertThat(lines(CANDLES + "20.jsonl")).hasSize(2);
    assertThat(files.text()).hasSize(7).last().asString().containsPattern("records +4");
    assertThat(files.json().get("files")).hasSize(3);
    assertThat(files.json().get("jsonLines")).hasSize(3);
  }
}
