package io.quantumtrader.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.schemas.docs.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenApiPageTest {

  private static final String WRITE = "quantum.docs.write";

  /** Mends the file instead of failing when it is told to. */
  @Test
  void shouldBeUpToDate() throws IOException {
    Path file = GeneratedPage.directory().resolve("console-api.json");
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(file, OpenApi.text());
    }

    assertThat(file)
        .as(
            "a generated file; write it with: mvn -q -pl console -am test -Dtest=OpenApiPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D"
                + WRITE
                + "=true")
        .hasContent(OpenApi.text());
  }

  @Test
  void shouldSayWhatEveryFieldMeansAndRefersOnlyToWhatIsThere() throws IOException {
    // given
    JsonNode document = new ObjectMapper().readTree(OpenApi.text());
    JsonNode schemas = document.at("/components/schemas");

    // when
    List<String> silent = new ArrayList<>();
    schemas
        .properties()
        .forEach(
            schema ->
                schema
                    .getValue()
                    .get("properties")
                    .properties()
                    .forEach(
                        field -> {
                          if (field.getValue().path("description").asText().isBlank()) {
                            silent.add(schema.getKey() + "." + field.getKey());
                          }
                        }));

    // then
    assertThat(silent).isEmpty();
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allMatch(reference -> !document.at(reference.substring(1)).isMissingNode());
  }
}
