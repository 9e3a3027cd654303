package io.quantumtrader.app.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a session of the adapter with a twin, and on one that another exchange had. */
final class TwinCompareCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path folder;
  private static Path session;

  @BeforeAll
  static void record() throws IOException {
    session = folder.resolve("session.jsonl");
    RecordedTrading.into(session);
  }

  @Test
  void shouldFindNoDifferenceInASessionWithATwin() throws IOException {
    CommandRun run = CommandRun.of("twin", "compare", session);

    assertThat(run.out()).startsWith("no difference in ");
    assertThat(run.code()).isZero();
    assertThat(Files.readString(session))
        .as("all of it was there to be compared")
        .contains("-2022", "-4164", "-2013", "FINISHED", "\"status\":429", "\"status\":0");
  }

  @Test
  void shouldSayWhatItComparedInJson() throws IOException {
    JsonNode said = MAPPER.readTree(CommandRun.of("twin", "compare", session, "--json").out());

    assertThat(said.path("agrees").asBoolean()).isTrue();
    assertThat(said.path("differences")).isEmpty();
    assertThat(said.path("notes")).isEmpty();
    assertThat(said.path("compared").asInt()).isGreaterThan(20);
    assertThat(said.path("unresolved").asInt()).isEqualTo(1);
    assertThat(said.path("limited").asInt()).isEqualTo(1);
  }

  @Test
  void shouldReportAnotherCode() throws IOException {
    Path other = changed(line -> has(line, "code", -2022), line -> answer(line).put("code", -4118));

    JsonNode found = onlyDifference(other);

    assertThat(found.path("kind").asText()).isEqualTo("CODE");
    assertThat(found.path("request").asText()).isEqualTo("POST /fapi/v1/order");
    assertThat(found.path("exchange").asText()).isEqualTo("-4118");
    assertThat(found.path("twin").asText()).isEqualTo("-2022");
  }

  @Test
  void shouldReportAFieldThatTheTwinLacksOrHasBeyond() throws IOException {
    Path other =
        changed(
            line -> line.path("path").asText().equals("/fapi/v1/leverage"),
            line -> {
              answer(line).remove("maxNotionalValue");
              answer(line).put("newField", "7");
            });

    CommandRun run = CommandRun.of("twin", "compare", other);

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out())
        .contains("missing     POST /fapi/v1/leverage  newField", "exchange: 7   twin: -")
        .contains("additional  POST /fapi/v1/leverage  maxNotionalValue", "exchange: -   twin: 1")
        .contains("2 kinds of difference");
  }

  @Test
  void shouldReportAnotherType() throws IOException {
    Path other =
        changed(
            line -> line.path("path").asText().equals("/fapi/v1/leverage"),
            line -> answer(line).put("leverage", "5"));

    JsonNode found = onlyDifference(other);

    assertThat(found.path("kind").asText()).isEqualTo("TYPE");
    assertThat(found.path("field").asText()).isEqualTo("leverage");
    assertThat(found.path("exchange").asText()).isEqualTo("text 5");
    assertThat(found.path("twin").asText()).isEqualTo("number 5");
  }

  @Test
  void shouldReportAnotherStatusAndNothingMoreOfIt() throws IOException {
    Path other =
        changed(
            line -> has(line, "code", -4164),
            line -> {
              line.put("status", 200);
              line.putObject("answer").put("orderId", 5).put("status", "NEW");
            });

    JsonNode found = onlyDifference(other);

    assertThat(found.path("kind").asText()).isEqualTo("STATUS");
    assertThat(found.path("exchange").asText()).isEqualTo("200");
    assertThat(found.path("twin").asText()).isEqualTo("400 -4164");
  }

  @Test
  void shouldRefuseWhatIsNoSession() throws IOException {
    Path other = folder.resolve("other");
    Files.writeString(other, "{\"a\":1}\n{}\n");

    CommandRun none = CommandRun.of("twin", "compare", folder.resolve("none"));
    CommandRun strange = CommandRun.of("twin", "compare", other);

    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("there is no file");
    assertThat(strange.code()).isEqualTo(1);
    assertThat(strange.err()).contains("line 1 is neither a request nor a message");
  }

  private static JsonNode onlyDifference(Path file) throws IOException {
    CommandRun run = CommandRun.of("twin", "compare", file, "--json");
    assertThat(run.code()).isEqualTo(3);
    JsonNode differences = MAPPER.readTree(run.out()).path("differences");
    assertThat(differences).as(run.out()).hasSize(1);
    return differences.get(0);
  }

  private static boolean has(JsonNode line, String field, int value) {
    return line.path("answer").path(field).asInt() == value;
  }

  private static ObjectNode answer(ObjectNode line) {
    return (ObjectNode) line.path("answer");
  }

  /** Returns a copy of the session in which lines are otherwise. */
  private static Path changed(Predicate<JsonNode> which, Consumer<ObjectNode> change)
      throws IOException {
    List<String> lines = new ArrayList<>();
    int count = 0;
    for (String line : Files.readAllLines(session)) {
      ObjectNode read = (ObjectNode) MAPPER.readTree(line);
      if (which.test(read)) {
        change.accept(read);
        count++;
      }
      lines.add(read.toString());
    }
    assertThat(count).as("lines to change").isPositive();
    Path file = Files.createTempFile(folder, "changed", ".jsonl");
    return Files.write(file, lines);
  }
}
