package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The compose files are what Docker Compose takes for one: the published schema of the Compose
 * Specification finds no fault with them. It says nothing of the tag {@code !override}, which is
 * above JSON; the test of the merge does.
 */
final class ComposeSchemaTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Schema SCHEMA = schema();

  /** What the files use that older schemas do not know, as paths in the schema. */
  private static final List<String> NEEDED =
      List.of(
          "/properties/name",
          "/properties/include",
          "/definitions/service/properties/init",
          "/definitions/service/properties/extends",
          "/definitions/service/properties/profiles",
          "/definitions/service/properties/depends_on/oneOf/1/patternProperties",
          "/definitions/healthcheck/properties/start_period");

  private static Schema schema() {
    try (InputStream in =
        ComposeSchemaTest.class.getResourceAsStream("/compose-spec/compose-spec.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(SchemaLocation.of("https://compose-spec.io/"), JSON.readTree(in));
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static List<String> faults(Map<String, Object> file) {
    JsonNode json = JSON.valueToTree(file);
    return SCHEMA.validate(json).stream().map(Error::toString).toList();
  }

  static Stream<Path> files() {
    return Stream.of(
        ComposeProject.ROOT.resolve("compose.yaml"), ComposeProject.BASE, ComposeProject.SCALE);
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldFindNoFaultWithAFileAlone(Path file) throws IOException {
    for (Map<String, String> settings : List.of(Map.<String, String>of(), example())) {
      assertThat(faults(new ComposeYaml(settings).alone(file))).isEmpty();
    }
  }

  private static Map<String, String> example() throws IOException {
    return ComposeProject.example();
  }

  @ParameterizedTest
  @MethodSource("io.quantumtrader.compose.containers.ComposeFileTest#files")
  void shouldFindNoFaultWithWhatTheFilesAreTogetherUnderEveryProfile(List<Path> files)
      throws IOException {
    Set<Set<String>> sets = ComposeProject.profiles(files);

    assertThat(sets).contains(Set.of(), Set.of("observability"));
    for (Set<String> profiles : sets) {
      ComposeProject project = ComposeProject.of(files, profiles, Map.of());
      assertThat(faults(project.asFile())).as(profiles.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a key that is none      | image: one               | imagge: one
          a condition             | condition: service_healthy | condition: is_healthy
          text for a list         | cap_drop: [ALL]          | cap_drop: ALL
          a number for a switch   | read_only: true          | read_only: 17
          a key of the health     | retries: 3               | retry: 3
          a number for a text     | container_name: one | container_name: 7
          """)
  void shouldFindAFaultWithAWrongFile(
      String what, String right, String wrong, @TempDir Path directory) throws IOException {
    // given
    String file =
        """
        services:
          a:
            image: one
            container_name: one
            cap_drop: [ALL]
            read_only: true
            healthcheck: {test: [CMD, a], retries: 3}
            depends_on:
              b: {condition: service_healthy}
          b: {image: two}
        """;
    Path path = directory.resolve("compose.yaml");

    // then
    assertThat(faults(read(path, file))).isEmpty();
    assertThat(file).contains(right);
    assertThat(faults(read(path, file.replaceFirst(right.replace("[", "\\["), wrong))))
        .as(what)
        .isNotEmpty();
  }

  private static Map<String, Object> read(Path path, String text) throws IOException {
    return new ComposeYaml(Map.of()).alone(Files.writeString(path, text));
  }

  @Test
  void shouldHaveASchemaThatKnowsWhatTheFilesUse() {
    assertThat(NEEDED)
        .allSatisfy(path -> assertThat(SCHEMA.getSchemaNode().at(path).isMissingNode()).isFalse());
    assertThat(
            SCHEMA
                .getSchemaNode()
                .at("/definitions/service/properties/depends_on")
                .findValues("required"))
        .isNotEmpty();
  }
}
