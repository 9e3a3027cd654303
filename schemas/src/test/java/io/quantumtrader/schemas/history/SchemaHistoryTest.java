package io.quantumtrader.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.evolution.Evolution;
import io.quantumtrader.schemas.serde.Subjects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the schemas of this build against every frozen version. Before the first freeze there is
 * none of any subject; after it there is one of each.
 */
class SchemaHistoryTest {

  private static final String FREEZE = "quantum.schemas.freeze";
  private static final String HOW_TO_FREEZE =
      "freeze it with: mvn -q -pl schemas test -Dtest=SchemaHistoryTest -D" + FREEZE + "=true";
  private static final Path DIRECTORY = Path.of("history");
  private static final int RECORDS = 20;
  private static final long SEED = 42;

  private final SchemaHistory history = new SchemaHistory(DIRECTORY);

  /** Freezes what changed before it is checked, when it is told to. */
  @BeforeAll
  static void freezeWhenTold() {
    if (Boolean.getBoolean(FREEZE)) {
      FreezeSchemas.main(new String[] {DIRECTORY.toString()});
    }
  }

  static Stream<String> subjects() {
    return Subjects.all().keySet().stream();
  }

  @Test
  void shouldHaveFrozenAllSubjectsOrNone() {
    if (!history.subjects().isEmpty()) {
      assertThat(history.subjects())
          .as("subjects with a frozen version; %s", HOW_TO_FREEZE)
          .containsAll(Subjects.all().keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void shouldHaveTheCurrentSchemaAsNewestFrozenVersion(String subject) {
    List<Schema> versions = history.versions(subject);
    if (!versions.isEmpty()) {
      assertThat(SchemaHistory.text(versions.getLast()))
          .as("newest frozen version of %s; %s", subject, HOW_TO_FREEZE)
          .isEqualTo(SchemaHistory.text(Subjects.all().get(subject)));
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void shouldBeCompatibleWithEveryFrozenVersion(String subject) throws IOException {
    Schema current = Subjects.all().get(subject);
    for (Schema frozen : history.versions(subject)) {
      assertThat(Evolution.violations(frozen, current)).as(subject).isEmpty();
      readRecordsOf(frozen, current);
      readRecordsOf(current, frozen);
    }
  }

  /** Any difference that matters makes decoding fail or leave bytes over. */
  private static void readRecordsOf(Schema writer, Schema reader) throws IOException {
    GenericDatumReader<Object> datumReader = new GenericDatumReader<>(writer, reader);
    GenericDatumWriter<Object> datumWriter = new GenericDatumWriter<>(writer);
    for (Object written : new RandomData(writer, RECORDS, SEED)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      datumWriter.write(written, encoder);
      var decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
      datumReader.read(null, decoder);
      assertThat(decoder.isEnd()).isTrue();
    }
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
  }

  @Test
  void shouldFreezeEachChangeOnce(@TempDir Path directory) {
    // given
    SchemaHistory changing = new SchemaHistory(directory);
    Schema first = record("{\"name\":\"a\",\"type\":\"int\"}");
    Schema second =
        record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");

    // when, then
    assertThat(changing.subjects()).isEmpty();
    assertThat(FreezeSchemas.freeze(changing, Map.of("s", first))).containsExactly("s");
    assertThat(FreezeSchemas.freeze(changing, Map.of("s", first))).isEmpty();
    assertThat(FreezeSchemas.freeze(changing, Map.of("s", second))).containsExactly("s");
    assertThat(changing.versions("s")).containsExactly(first, second);
    assertThat(changing.subjects()).containsExactly("s");
  }

  @Test
  void shouldFreezeNothingWhereOneChangeIsIncompatible(@TempDir Path directory) {
    // given
    SchemaHistory changing = new SchemaHistory(directory);
    FreezeSchemas.freeze(changing, Map.of("s", record("{\"name\":\"a\",\"type\":\"int\"}")));

    // when, then
    Map<String, Schema> broken =
        Map.of("s", record("{\"name\":\"b\",\"type\":\"int\"}"), "new", record(""));
    assertThatThrownBy(() -> FreezeSchemas.freeze(changing, broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("s is not compatible with its history");
    assertThat(changing.subjects()).containsExactly("s");
    assertThat(changing.versions("s")).hasSize(1);
  }
}
