package io.quantumtrader.topology.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels against vectors that were taken from the system they replace. */
class KernelLinesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> NEED_NOT_AGREE = Set.of("audit", "meta");
  private static final double RELATIVE = 1e-9;
  private static final double ABSOLUTE = 1e-12;

  @ParameterizedTest
  @CsvSource({"market-state,market_state,113", "stops,stops,149", "harvest,harvest,167"})
  void shouldAgreeWithEveryVector(String command, String file, int count) throws IOException {
    // given
    List<JsonNode> vectors = vectors(file);
    assertThat(vectors).hasSize(count);
    Kernel kernel = Kernel.named(command).orElseThrow();

    // when
    List<JsonNode> answers = answers(kernel, requests(vectors));

    // then
    assertThat(answers).hasSize(count);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode vector = vectors.get(i);
      String at = file + " " + vector.get("id");
      assertThat(answers.get(i).get("id")).isEqualTo(vector.get("id"));
      assertThat(answers.get(i).has("output")).as(at).isTrue();
      compare(at, vector.get("output"), answers.get(i).get("output"), differences);
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void shouldAnswerWhatDoesNotParseInItsPlaceAndGoOn() throws IOException {
    // given
    JsonNode good = vectors("harvest").get(0);
    String request = requests(List.of(good));
    String lines = request + "{\"id\": 7, \"input\":\n\n[1]\n{\"id\":\"x\"}\n" + request;

    // when
    List<JsonNode> answers = answers(Kernel.HARVEST, lines);

    // then
    assertThat(answers).hasSize(6);
    for (int line = 2; line <= 4; line++) {
      JsonNode answer = answers.get(line - 1);
      assertThat(answer.get("id").isNull()).isTrue();
      assertThat(answer.at("/error/type").textValue()).isEqualTo("ParseError");
      assertThat(answer.at("/error/line").intValue()).isEqualTo(line);
      assertThat(answer.at("/error/message").textValue()).isNotEmpty();
      assertThat(answer.has("output")).isFalse();
    }
    assertThat(answers.get(4).get("id").textValue()).isEqualTo("x");
    assertThat(answers.get(4).at("/error/type").textValue()).isEqualTo("InputError");
    assertThat(answers.get(5)).isEqualTo(answers.get(0));
    assertThat(answers.get(5).has("output")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prices\": 5}",
        "{\"prices\": [1, null]}",
        "{\"prices\": [1, \"two\"]}",
        "{\"prices\": [1], \"theta\": 3}",
        "{\"prices\": [1], \"theta\": {\"vol\": []}}",
        "{\"prices\": [1], \"theta\": {\"vol\": {\"window\": 2.5}}}",
        "{\"prices\": [1], \"theta\": {\"trend\": {\"method\": 1}}}",
        "{}",
      })
  void shouldNameTheFieldThatIsMissingOrOfAnotherType(String input) throws IOException {
    // when
    List<JsonNode> answers = answers(Kernel.MARKET_STATE, "{\"id\":1,\"input\":" + input + "}\n");

    // then
    assertThat(answers.get(0).get("id").intValue()).isEqualTo(1);
    assertThat(answers.get(0).at("/error/type").textValue()).isEqualTo("InputError");
    assertThat(answers.get(0).at("/error/message").textValue()).contains(" is ");
  }

  @Test
  void shouldWriteNumbersWithoutJsonLiteralAsText() throws IOException {
    // given
    JsonNode vector =
        vectors("market_state").stream()
            .filter(v -> v.get("tags").toString().contains("\"inf\""))
            .findFirst()
            .orElseThrow();

    // when
    JsonNode answer = answers(Kernel.MARKET_STATE, requests(List.of(vector))).get(0);

    // then
    assertThat(answer.at("/output/features/vr")).isEqualTo(JSON.getNodeFactory().textNode("NaN"));
  }

  @Test
  void shouldKnowItsKernelsByTheirCommand() {
    assertThat(Kernel.named("stops")).contains(Kernel.STOPS);
    assertThat(Kernel.named("STOPS")).isEmpty();
  }

  private static List<JsonNode> vectors(String file) throws IOException {
    List<JsonNode> vectors = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                KernelLinesTest.class.getResourceAsStream("/golden/" + file + ".jsonl"),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        vectors.add(JSON.readTree(line));
      }
    }
    return vectors;
  }

  private static String requests(List<JsonNode> vectors) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode vector : vectors) {
      ObjectNode request = JSON.createObjectNode();
      request.set("id", vector.get("id"));
      request.set("input", vector.get("input"));
      lines.append(request).append('\n');
    }
    return lines.toString();
  }

  private static List<JsonNode> answers(Kernel kernel, String lines) throws IOException {
    StringWriter out = new StringWriter();
    KernelLines.run(kernel, new BufferedReader(new StringReader(lines)), out);
    List<JsonNode> answers = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      answers.add(JSON.readTree(line));
    }
    return answers;
  }

  private static void compare(
      String at, JsonNode expected, JsonNode actual, List<String> differences) {
    if (expected.isObject() && actual.isObject()) {
      for (Map.Entry<String, JsonNode> field : expected.properties()) {
        if (!NEED_NOT_AGREE.contains(field.getKey())) {
          compare(
              at + "." + field.getKey(),
              field.getValue(),
              actual.path(field.getKey()),
              differences);
        }
      }
      return;
    }
    if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
      for (int i = 0; i < expected.size(); i++) {
        compare(at + "[" + i + "]", expected.get(i), actual.get(i), differences);
      }
      return;
    }
    boolean same =
        (expected.isNumber() && actual.isNumber())
            ? near(at, expected.doubleValue(), actual.doubleValue())
            : expected.equals(actual);
    if (!same) {
      differences.add(at + ": expected " + expected + " but was " + actual);
    }
  }

  private static boolean near(String at, double a, double b) {
    boolean absolute = at.endsWith(".ts") || at.endsWith(".vr");
    double tolerance = RELATIVE * Math.max(Math.abs(a), Math.abs(b)) + ABSOLUTE;
    return Math.abs(a - b) <= (absolute ? Math.max(tolerance, 1e-9) : tolerance);
  }
}
