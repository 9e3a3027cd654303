package io.quantumtrader.connectors.redis.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FormatsTest {

  static Stream<Arguments> spellings() {
    return Stream.of(
        arguments("natural", "a\"b", "a\"b", false),
        arguments("natural", 5L, "5", true),
        arguments("natural", 2.0, "2.0", true),
        arguments("natural", new BigDecimal("2.500000"), "2.5", true),
        arguments("natural", true, "true", true),
        arguments("text", 5L, "5", false),
        arguments("literal", "4242", "4242", true),
        arguments("literal", "paper-4242", "paper-4242", false),
        arguments("literal", "007", "007", false),
        arguments("decimal", new BigDecimal("1E+3"), "1000", true),
        arguments("decimal", new BigDecimal("0E-18"), "0", true),
        arguments("decimal", 1e-7, "0.00000010".substring(0, 9), true),
        arguments("fixed:8", 71000.0, "71000.00000000", true),
        arguments("fixed:2", new BigDecimal("10.005"), "10.00", true),
        arguments("pyfloat", new BigDecimal("0.030"), "0.03", true),
        arguments("pyfloat", 3, "3.0", true),
        arguments("pyfloat", -0.0, "-0.0", true),
        arguments("int", new BigDecimal("5.00"), "5", true),
        arguments("epoch-s", 1_773_500_000_999L, "1773500000", true),
        arguments("epoch-s", -1L, "-1", true),
        arguments("epoch-ms", 1_773_500_000_250L, "1773500000250", true),
        arguments("epoch-float", 1_773_500_000_250L, "1773500000.25", true),
        arguments("epoch-float", 1_773_500_000_000L, "1773500000.0", true),
        arguments("iso", 1_773_500_000_250L, "2026-03-14T14:53:20.250000", false),
        arguments("iso", 1_773_500_000_000L, "2026-03-14T14:53:20", false),
        arguments("iso-z", 1_773_500_000_000L, "2026-03-14T14:53:20Z", false),
        arguments("bool", true, "true", true),
        arguments("bool-python", false, "False", false),
        arguments("bool-01", true, "1", true),
        arguments("json", List.of("A", 1L, 2.0), "[\"A\", 1, 2.0]", true),
        arguments("json-compact", List.of("A", 1L), "[\"A\",1]", true));
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void shouldSpell(String format, Object value, String text, boolean bare) {
    assertThat(Formats.named(format).orElseThrow().render(value))
        .isEqualTo(new Rendered(text, bare));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments("pyfloat", "1.0", "expected a number, got a String"),
        arguments("fixed:2", "x", "expected a number, got a String"),
        arguments("int", 1.5, "expected a whole number, got 1.5"),
        arguments("epoch-s", "now", "expected a number, got a String"),
        arguments("decimal", Double.NaN, "expected a finite number, got nan"),
        arguments("bool", "true", "expected true or false, got a String"),
        arguments("natural", List.of(), "no text form for a"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void shouldRefuseValuesOfTheWrongType(String format, Object value, String message) {
    Format named = Formats.named(format).orElseThrow();

    assertThatThrownBy(() -> named.render(value))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldKnowNoOtherNames() {
    assertThat(Formats.named("pyflaot")).isEmpty();
    assertThat(Formats.named("fixed:")).isEmpty();
    assertThat(Formats.names()).contains("pyfloat", "fixed:n");
  }

  @Test
  void shouldEscapeJsonAsPythonDoes() {
    String text = "q\"b\\s/\b\f\n\r\t\u0001\u007f\u00e9\u2192\ud83d\ude00";

    assertThat(json(text, JsonStyle.PYTHON))
        .isEqualTo("\"q\\\"b\\\\s/\\b\\f\\n\\r\\t\\u0001\\u007f\\u00e9\\u2192\\ud83d\\ude00\"");
    assertThat(json(text, JsonStyle.COMPACT))
        .isEqualTo("\"q\\\"b\\\\s/\\b\\f\\n\\r\\t\\u0001\u007f\u00e9\u2192\ud83d\ude00\"");
  }

  @Test
  void shouldWriteMapsAndStructsInTheirOwnOrder() {
    // given
    Schema schema =
        SchemaBuilder.struct()
            .field("z", Schema.INT64_SCHEMA)
            .field("a", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("struct", new Struct(schema).put("z", 1L));
    map.put("nan", Double.NaN);

    // when
    String text = json(map, JsonStyle.PYTHON);

    // then
    assertThat(text).isEqualTo("{\"struct\": {\"z\": 1, \"a\": null}, \"nan\": NaN}");
  }

  @Test
  void shouldRefuseJsonOfBytes() {
    assertThatThrownBy(() -> json(new byte[] {1}, JsonStyle.PYTHON))
        .isInstanceOf(DataException.class)
        .hasMessage("no JSON form for a byte[]");
  }

  private static String json(Object value, JsonStyle style) {
    StringBuilder text = new StringBuilder();
    JsonText.append(text, value, style);
    return text.toString();
  }
}
