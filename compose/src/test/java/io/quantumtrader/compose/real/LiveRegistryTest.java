package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.compose.testing.SharedStack;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import io.quantumtrader.schemas.serde.SerdeConfig;
import io.quantumtrader.schemas.serde.Subjects;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands and the table of schema changes against the real registry. */
@Tag("real")
final class LiveRegistryTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path TABLE =
      Path.of("..", "schemas", "src", "test", "resources", "evolution", "changes.json");

  private final String url = SharedStack.get().schemaRegistryUrl();

  private SchemaRegistry registry() {
    return new SerdeConfig(Map.of("schema.registry.url", url)).registry();
  }

  private static CommandRun schemas(Object... words) {
    return CommandRun.of(Stream.concat(Stream.of("schemas"), Stream.of(words)).toArray());
  }

  /** The table says what a registry says, where that differs from our verdict with the reason. */
  @Test
  void shouldGiveTheVerdictsThatTheTableSaysOfARegistry() throws Exception {
    SoftAssertions verdicts = new SoftAssertions();
    int asked = 0;
    try (SchemaRegistry registry = registry();
        HttpClient http = HttpClient.newHttpClient()) {
      for (JsonNode change : JSON.readTree(Files.readString(TABLE))) {
        String subject = "table-" + asked++ + "-value";
        String candidate = prepare(registry, subject, change.get("versions"));
        StringBuilder verdict = new StringBuilder();
        for (Compatibility level : Compatibility.values()) {
          registry.setCompatibility(subject, level);
          verdict.append(allows(http, subject, candidate) ? '.' : 'b');
        }
        String expected = change.path("registry").asText(change.get("verdict").asText());
        verdicts.assertThat(verdict.toString()).as(change.get("name").asText()).isEqualTo(expected);
      }
    }
    verdicts.assertAll();
    assertThat(asked).isGreaterThanOrEqualTo(40);
  }

  /** Registers all versions but the last, which it returns. */
  private static String prepare(SchemaRegistry registry, String subject, JsonNode versions) {
    for (int i = 0; i < versions.size() - 1; i++) {
      int unused =
          registry.register(subject, new Schema.Parser().parse(versions.get(i).toString()));
      registry.setCompatibility(subject, Compatibility.NONE);
    }
    return versions.get(versions.size() - 1).toString();
  }

  private boolean allows(HttpClient http, String subject, String candidate)
      throws IOException, InterruptedException {
    String body = JsonNodeFactory.instance.objectNode().put("schema", candidate).toString();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(url + "/compatibility/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    // 422: no schema at all, which no level takes.
    return answer.statusCode() == 200
        && JSON.readTree(answer.body()).path("is_compatible").asBoolean();
  }

  @Test
  void shouldRegisterAllSubjectsAndAgreeWithTheRegistryAboutThem() throws IOException {
    // given
    CommandRun register = schemas("register", "--registry", url, "--json");

    // when
    CommandRun check = schemas("check", "--registry", url, "--json");

    // then
    assertThat(register.code()).as(register.err()).isZero();
    assertThat(JSON.readTree(register.out())).hasSameSizeAs(Subjects.all().keySet());
    assertThat(check.code()).as(check.err() + check.out()).isZero();
    JsonNode asked = JSON.readTree(check.out()).get("registry");
    assertThat(asked).hasSameSizeAs(Subjects.all().keySet());
    assertThat(asked)
        .allSatisfy(
            subject -> {
              assertThat(subject.get("level").asText()).isEqualTo("FULL_TRANSITIVE");
              assertThat(subject.get("versions")).isNotEmpty();
              assertThat(subject.get("versions"))
                  .allMatch(version -> version.get("compatible").asBoolean())
                  .noneMatch(version -> version.get("differs").asBoolean());
            });
  }

  @Test
  void shouldSayWhereTheRegistryAllowsWhatReadsWrong(@TempDir Path directory) throws IOException {
    // given
    String schema =
        "{\"type\":\"record\",\"name\":\"Live\",\"fields\":[{\"name\":\"price\",\"type\":"
            + "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":%d}}]}";
    Path file = directory.resolve("live-value").resolve("v1.avsc");
    Files.createDirectories(file.getParent());
    Files.writeString(file, schema.formatted(4));
    assertThat(schemas("register", "--path", directory, "--registry", url).code()).isZero();

    // when
    Files.writeString(file, schema.formatted(2));
    CommandRun check = schemas("check", "--path", directory, "--registry", url);

    // then
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out().lines()).hasSize(1);
    assertThat(check.out())
        .startsWith(
            "live-value: registered version 1: the registry allows the newest schema, our check"
                + " refuses it: Live.price: decimal(20,4) is written and read as decimal(20,2)");
    assertThat(check.err()).contains("asked about 1 versions; verdicts differ on 1");
  }

  @Test
  void shouldEndWithThreeWhereNoRegistryAnswers(@TempDir Path directory) throws IOException {
    Path settings = directory.resolve("registry.properties");
    Files.writeString(settings, "max.retries=0\n");
    CommandRun run =
        schemas("check", "--registry", "http://127.0.0.1:1", "--registry-config", settings);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("the schema registry is unavailable after 1 try");
  }
}
