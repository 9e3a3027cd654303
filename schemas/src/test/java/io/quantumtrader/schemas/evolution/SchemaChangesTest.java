package io.quantumtrader.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.schemas.registry.Compatibility;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of schema changes: for each the verdict at every level, in the order of {@link
 * Compatibility}, {@code b} for a break. Where a registry's own verdict is another, the table has
 * it beside, with the reason; another test asks a live registry for each of them.
 */
class SchemaChangesTest {

  private record Change(
      String name, String verdict, String rule, List<SchemaVersion> versions, JsonNode row) {

    List<EvolutionFinding> findings(Compatibility level) {
      return new Evolution(level)
          .findings(versions.subList(0, versions.size() - 1), versions.getLast());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Change> changes() throws IOException {
    try (InputStream table =
        SchemaChangesTest.class.getResourceAsStream("/evolution/changes.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(table).spliterator(), false)
          .map(SchemaChangesTest::change)
          .toList()
          .stream();
    }
  }

  private static Change change(JsonNode row) {
    List<SchemaVersion> versions = new ArrayList<>();
    for (JsonNode schema : row.get("versions")) {
      versions.add(
          new SchemaVersion(
              "v" + (versions.size() + 1),
              new Schema.Parser().setValidateDefaults(false).parse(schema.toString())));
    }
    return new Change(
        row.get("name").asText(),
        row.get("verdict").asText(),
        row.get("rule").asText(null),
        versions,
        row);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldHaveTheVerdictOfTheTableAtEveryLevel(Change change) {
    StringBuilder verdict = new StringBuilder();
    for (Compatibility level : Compatibility.values()) {
      verdict.append(change.findings(level).isEmpty() ? '.' : 'b');
    }
    assertThat(verdict.toString())
        .as("%s; found %s", change.name(), change.findings(Compatibility.FULL_TRANSITIVE))
        .isEqualTo(change.verdict());
    if (change.rule() != null) {
      assertThat(change.findings(Compatibility.FULL_TRANSITIVE))
          .extracting(finding -> finding.rule().name())
          .contains(change.rule());
    }
  }

  /** The rules name what the nets below them, Avro's check and real bytes, would catch unnamed. */
  @ParameterizedTest
  @MethodSource("changes")
  void shouldNameEveryBreakByARule(Change change) {
    assertThat(change.findings(Compatibility.FULL_TRANSITIVE))
        .extracting(EvolutionFinding::rule)
        .doesNotContain(Rule.AVRO, Rule.BYTES);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldSayWhichFieldBreaksForWhomAndTheMend(Change change) {
    for (EvolutionFinding finding : change.findings(Compatibility.FULL_TRANSITIVE)) {
      assertThat(finding.text())
          .doesNotContain("\n")
          .startsWith(finding.path() + ": ")
          .contains("; breaks ", "[" + finding.rule() + "]. Mend: " + finding.rule().mend());
    }
  }

  @Test
  void shouldHoldFortyChangesOrMoreAndEveryRuleThatAChangeCanBreak() throws IOException {
    List<Change> all = changes().toList();
    assertThat(all).hasSizeGreaterThanOrEqualTo(40);
    assertThat(all).extracting(Change::name).doesNotHaveDuplicates();
    List<Rule> shown =
        all.stream()
            .flatMap(change -> change.findings(Compatibility.FULL_TRANSITIVE).stream())
            .map(EvolutionFinding::rule)
            .distinct()
            .toList();
    List<Rule> expected = new ArrayList<>(List.of(Rule.values()));
    expected.removeAll(List.of(Rule.AVRO, Rule.BYTES, Rule.UNREADABLE, Rule.FROZEN_EDITED));
    assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldGiveAReasonWhereARegistrySaysSomethingElse() throws IOException {
    assertThat(changes().filter(change -> change.row().has("registry")))
        .allSatisfy(
            change -> {
              assertThat(change.row().get("why").asText()).isNotBlank();
              assertThat(change.row().get("registry").asText()).isNotEqualTo(change.verdict());
            });
  }
}
