package io.quantumtrader.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.evolution.EvolutionFinding;
import io.quantumtrader.schemas.evolution.SchemaVersion;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.serde.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
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
  private static final String HOW_TO_FREEZE = "freeze it with: ./quantum schemas freeze";
  private static final Path DIRECTORY = Path.of("history");

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
  void shouldHaveFrozenAllSubjects() {
    assertThat(history.subjects())
        .as("subjects with a frozen version; %s", HOW_TO_FREEZE)
        .containsAll(Subjects.all().keySet());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void shouldHaveTheCurrentSchemaAsNewestFrozenVersion(String subject) {
    List<SchemaVersion> versions = history.versions(subject);
    assertThat(versions).as("frozen versions of %s; %s", subject, HOW_TO_FREEZE).isNotEmpty();
    assertThat(SchemaHistory.text(versions.getLast().schema()))
        .as("newest frozen version of %s; %s", subject, HOW_TO_FREEZE)
        .isEqualTo(SchemaHistory.text(Subjects.all().get(subject)));
  }

  @Test
  void shouldBreakNothingAndHaveEveryFrozenVersionAsItWasFrozen() {
    assertThat(DIRECTORY.resolve(Fingerprints.FILE)).exists();
    List<HistoryCheck.Subject> subjects =
        new HistoryCheck(history, Subjects.all(), Compatibility.FULL_TRANSITIVE).run();
    assertThat(subjects).hasSizeGreaterThanOrEqualTo(Subjects.all().size());
    assertThat(subjects.stream().flatMap(subject -> subject.findings().stream()))
        .extracting(EvolutionFinding::text)
        .isEmpty();
  }

  @Test
  void shouldTellAnEditedAddedOrMissingFrozenFile(@TempDir Path directory) throws IOException {
    // given
    SchemaHistory changing = new SchemaHistory(directory);
    for (String subject : List.of("edited", "gone", "kept")) {
      changing.freeze(subject, record("{\"name\":\"a\",\"type\":\"int\"}"));
    }
    assertThat(changing.edited()).isEmpty();

    // when
    Path edited = directory.resolve("edited/v1.avsc");
    Files.writeString(edited, Files.readString(edited).replace("int", "long"));
    Files.delete(directory.resolve("gone/v1.avsc"));
    Files.copy(directory.resolve("kept/v1.avsc"), directory.resolve("kept/v2.avsc"));

    // then
    assertThat(changing.edited().values().stream().flatMap(List::stream))
        .extracting(finding -> finding.path() + " " + finding.detail())
        .containsExactly(
            "edited/v1.avsc the frozen file was edited",
            "gone/v1.avsc the frozen file is gone",
            "kept/v2.avsc the file was not frozen by the command");
    assertThat(new HistoryCheck(new SchemaHistory(directory), Map.of(), Compatibility.NONE).run())
        .filteredOn(subject -> !subject.findings().isEmpty())
        .extracting(HistoryCheck.Subject::name)
        .containsExactly("edited", "gone", "kept");
    assertThatThrownBy(
            () ->
                FreezeSchemas.freeze(
                    new SchemaHistory(directory),
                    Map.of("x", record("")),
                    Compatibility.FULL_TRANSITIVE))
        .hasMessageContaining("nothing is frozen, because 3 changes break");
  }

  @Test
  void shouldResolveTypesThatStandInOtherFiles(@TempDir Path directory) throws IOException {
    // given
    write(directory, "money-value/v1.avsc", fixed("x.Money", 8));
    write(directory, "Side.avsc", "{\"type\":\"enum\",\"name\":\"x.Side\",\"symbols\":[\"BUY\"]}");
    write(
        directory,
        "order-value/v1.avsc",
        "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"x\",\"fields\":["
            + "{\"name\":\"price\",\"type\":\"Money\"},"
            + "{\"name\":\"side\",\"type\":[\"null\",\"x.Side\"]}]}");
    write(
        directory,
        "lost-value/v1.avsc",
        "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"a\",\"type\":\"x.Lost\"}]}");
    SchemaHistory foreign = new SchemaHistory(directory);

    // when
    Schema order = foreign.versions("order-value").getFirst().schema();

    // then
    assertThat(order.getField("price").schema().getFixedSize()).isEqualTo(8);
    assertThat(order.getField("side").schema().getTypes().get(1).getEnumSymbols())
        .containsExactly("BUY");
    assertThat(foreign.edited()).isEmpty();
    assertThatThrownBy(() -> foreign.versions("lost-value"))
        .isInstanceOf(SchemaHistoryException.class)
        .hasMessageContaining("refers to x.Lost, which no file of its directory defines");
  }

  private static String fixed(String name, int size) {
    return "{\"type\":\"fixed\",\"name\":\"" + name + "\",\"size\":" + size + "}";
  }

  private static void write(Path directory, String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
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
    assertThat(FreezeSchemas.freeze(changing, Map.of("s", first), Compatibility.FULL_TRANSITIVE))
        .containsExactly("s");
    assertThat(FreezeSchemas.freeze(changing, Map.of("s", first), Compatibility.FULL_TRANSITIVE))
        .isEmpty();
    assertThat(FreezeSchemas.freeze(changing, Map.of("s", second), Compatibility.FULL_TRANSITIVE))
        .containsExactly("s");
    assertThat(changing.versions("s"))
        .extracting(SchemaVersion::schema)
        .containsExactly(first, second);
    assertThat(changing.subjects()).containsExactly("s");
  }

  @Test
  void shouldFreezeNothingWhereOneChangeIsIncompatible(@TempDir Path directory) {
    // given
    SchemaHistory changing = new SchemaHistory(directory);
    FreezeSchemas.freeze(
        changing,
        Map.of("s", record("{\"name\":\"a\",\"type\":\"int\"}")),
        Compatibility.FULL_TRANSITIVE);

    // when, then
    Map<String, Schema> broken =
        Map.of("s", record("{\"name\":\"b\",\"type\":\"int\"}"), "new", record(""));
    assertThatThrownBy(() -> FreezeSchemas.freeze(changing, broken, Compatibility.FULL_TRANSITIVE))
        .isInstanceOf(SchemaHistoryException.class)
        .hasMessageContaining("s: R.b: the field is not written, and has no default");
    assertThat(changing.subjects()).containsExactly("s");
    assertThat(changing.versions("s")).hasSize(1);
  }
}
