package io.quantumtrader.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.registry.Compatibility;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

/** What the table of changes does not show: examples, sample values, the nets below the rules. */
class EvolutionTest {

  private static Schema schema(String fields) {
    return new Schema.Parser()
        .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
  }

  private static String decimal(int scale) {
    return "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":38,\"scale\":%d}"
        .formatted(scale);
  }

  private static List<EvolutionFinding> findings(Schema older, Schema newer) {
    return new Evolution(Compatibility.FULL_TRANSITIVE)
        .findings(List.of(new SchemaVersion("v1", older)), new SchemaVersion("v2", newer));
  }

  @Test
  void shouldShowByRealBytesHowAnotherScaleReadsWrongThoughAvroSeesNothing() {
    // given
    Schema older = schema("{\"name\":\"price\",\"type\":" + decimal(18) + "}");
    Schema newer = schema("{\"name\":\"price\",\"type\":" + decimal(8) + "}");
    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(newer, older).getType())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);

    // when
    List<EvolutionFinding> findings = findings(older, newer);

    // then
    assertThat(findings).extracting(EvolutionFinding::rule).containsOnly(Rule.LOGICAL_TYPE);
    assertThat(findings).extracting(EvolutionFinding::reading).hasSize(2).doesNotHaveDuplicates();
    assertThat(findings.getFirst().text())
        .startsWith(
            "R.price: decimal(38,18) is written and read as decimal(38,8); breaks new readers (v2)"
                + " of old records (v1): for example ")
        .contains(" is read as ");
    String[] values =
        findings.getFirst().example().replace("for example ", "").split(" is read as ", -1);
    assertThat(new java.math.BigDecimal(values[1]))
        .isEqualByComparingTo(new java.math.BigDecimal(values[0]).movePointRight(10));
  }

  @Test
  void shouldTellWhereADefaultHidesALostValue() {
    Schema older = schema("{\"name\":\"qty\",\"type\":\"int\",\"default\":0}");
    Schema newer =
        schema("{\"name\":\"quantity\",\"type\":\"int\",\"default\":0,\"aliases\":[\"qty\"]}");
    assertThat(findings(older, newer))
        .singleElement()
        .extracting(EvolutionFinding::text)
        .isEqualTo(
            "R.qty: the field is written as quantity, and its default is read in place of the"
                + " value; breaks old readers (v1) of new records (v2) [FIELD_RENAMED]. Mend: "
                + Rule.FIELD_RENAMED.mend());
  }

  @Test
  void shouldCatchByRealBytesWhatNoRuleNames() {
    // given: what the rules would have to miss, compared directly
    Schema reader = schema("{\"name\":\"a\",\"type\":" + decimal(2) + "}");
    Schema writer = schema("{\"name\":\"a\",\"type\":" + decimal(4) + "}");

    // when, then
    assertThat(RoundTrip.differences(reader, writer))
        .singleElement()
        .satisfies(difference -> assertThat(difference.path()).isEqualTo("R.a"));
    assertThat(RoundTrip.differences(reader, reader)).isEmpty();
    assertThat(RoundTrip.differences(schema("{\"name\":\"b\",\"type\":\"int\"}"), writer))
        .singleElement()
        .satisfies(difference -> assertThat(difference.path()).isEmpty());
  }

  @Test
  void shouldMakeEverySymbolBranchAndListLengthAlsoInsideOfOptionalParts() {
    // given
    Schema schema =
        schema(
            "{\"name\":\"o\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"N\",\"fields\":["
                + "{\"name\":\"e\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\",\"C\"]}},"
                + "{\"name\":\"l\",\"type\":{\"type\":\"array\",\"items\":\"int\"}},"
                + "{\"name\":\"next\",\"type\":[\"null\",\"N\"]}]}]}");
    Set<String> symbols = new HashSet<>();
    Set<Integer> lengths = new HashSet<>();
    Set<Boolean> present = new HashSet<>();

    // when
    for (Object value : new SampleData(schema, 1).next(16)) {
      assertThat(GenericData.get().validate(schema, value)).isTrue();
      var nested = (GenericData.Record) ((GenericData.Record) value).get("o");
      present.add(nested != null);
      if (nested != null) {
        symbols.add(nested.get("e").toString());
        lengths.add(((List<?>) nested.get("l")).size());
      }
    }

    // then
    assertThat(present).containsExactlyInAnyOrder(true, false);
    assertThat(symbols).containsExactlyInAnyOrder("A", "B", "C");
    assertThat(lengths).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(new SampleData(schema, 5).next(16)).isEqualTo(new SampleData(schema, 5).next(16));
  }

  @Test
  void shouldCheckTheLastVersionOnlyWhereTheLevelIsNotTransitive() {
    Schema one = schema("{\"name\":\"a\",\"type\":\"int\"}");
    Schema two = schema("");
    List<SchemaVersion> earlier =
        List.of(new SchemaVersion("v1", one), new SchemaVersion("v2", two));
    SchemaVersion three = new SchemaVersion("v3", two);
    assertThat(new Evolution(Compatibility.FORWARD).findings(earlier, three)).isEmpty();
    assertThat(new Evolution(Compatibility.FORWARD_TRANSITIVE).findings(earlier, three))
        .singleElement()
        .extracting(EvolutionFinding::reader)
        .isEqualTo("v1");
  }
}
