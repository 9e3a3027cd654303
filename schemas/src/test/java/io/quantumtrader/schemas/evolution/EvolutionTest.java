package io.quantumtrader.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvolutionTest {

  private static final String DECIMAL =
      "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":38,\"scale\":18}";
  private static final String DECIMAL_8 =
      "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":38,\"scale\":8}";

  private static Schema record(String... fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + String.join(",", fields) + "]}");
  }

  private static String field(String name, String type) {
    return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
  }

  private static String field(String name, String type, String byDefault) {
    return "{\"name\":\"" + name + "\",\"type\":" + type + ",\"default\":" + byDefault + "}";
  }

  private static String enumOf(String symbols) {
    return "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":["
        + symbols
        + "],\"default\":\"UNRECOGNIZED\"}";
  }

  @Test
  void shouldAllowFieldsWithDefaultsAndNewSymbols() {
    Schema older = record(field("a", DECIMAL), field("e", enumOf("\"UNRECOGNIZED\",\"X\"")));
    Schema newer =
        record(
            field("a", DECIMAL),
            field("e", enumOf("\"UNRECOGNIZED\",\"X\",\"Y\"")),
            field("b", "\"int\"", "0"),
            field("c", "[\"null\"," + DECIMAL + "]", "null"));
    assertThat(Evolution.violations(older, newer)).isEmpty();
    assertThat(Evolution.violations(newer, older)).isEmpty();
  }

  @Test
  void shouldRefuseFieldsWithoutDefaultEitherWay() {
    Schema small = record(field("a", "\"int\""));
    Schema large = record(field("a", "\"int\""), field("b", "\"int\""));
    assertThat(Evolution.violations(small, large))
        .singleElement()
        .asString()
        .startsWith("the newer schema cannot read the older: READER_FIELD_MISSING_DEFAULT_VALUE");
    assertThat(Evolution.violations(large, small))
        .singleElement()
        .asString()
        .startsWith("the older schema cannot read the newer");
  }

  @Test
  void shouldRefuseAPromotionBecauseItGoesOneWayOnly() {
    assertThat(Evolution.violations(record(field("a", "\"int\"")), record(field("a", "\"long\""))))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decimal | scale 8 | R.a: decimal(38,18) against decimal(38,8)",
        "decimal | bytes | R.a: decimal(38,18) against no logical type",
        "nullable | nullable 8 | R.a: decimal(38,18) against decimal(38,8)",
        "list | list 8 | R.a[]: decimal(38,18) against decimal(38,8)",
        "map | map 8 | R.a{}: decimal(38,18) against decimal(38,8)",
        "nested | nested 8 | R.a.n: decimal(38,18) against decimal(38,8)"
      })
  void shouldRefuseAChangeOfLogicalTypeThatAvroDoesNotSee(
      String older, String newer, String difference) {
    assertThat(
            Evolution.violations(
                record(field("a", typeNamed(older))), record(field("a", typeNamed(newer)))))
        .containsExactly("logical type changed at " + difference);
  }

  private static String typeNamed(String name) {
    String decimal = name.endsWith(" 8") ? DECIMAL_8 : DECIMAL;
    return switch (name.replace(" 8", "")) {
      case "decimal", "scale" -> decimal;
      case "bytes" -> "\"bytes\"";
      case "nullable" -> "[\"null\"," + decimal + "]";
      case "list" -> "{\"type\":\"array\",\"items\":" + decimal + "}";
      case "map" -> "{\"type\":\"map\",\"values\":" + decimal + "}";
      case "nested" ->
          "{\"type\":\"record\",\"name\":\"N\",\"fields\":[" + field("n", decimal) + "]}";
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Test
  void shouldSeeNothingWrongWithARecordInsideOfItself() {
    Schema self = record(field("next", "[\"null\",\"R\"]"), field("a", DECIMAL));
    assertThat(Evolution.violations(self, self)).isEmpty();
  }
}
