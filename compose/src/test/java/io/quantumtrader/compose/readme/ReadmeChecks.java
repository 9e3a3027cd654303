package io.quantumtrader.compose.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.compose.readme.House.Run;
import java.io.IOException;

/** What commands of the README have to print. */
final class ReadmeChecks {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReadmeChecks() {}

  static void checked(Run run) {
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).containsPattern("[1-9]\\d* subjects, .* FULL_TRANSITIVE: nothing breaks");
  }

  static void checkedAsJson(Run run) throws IOException {
    JsonNode report = JSON.readTree(run.out());
    assertThat(report.get("level").asText()).isEqualTo("BACKWARD");
    assertThat(report.get("broken").asBoolean()).isFalse();
    assertThat(report.findValuesAsText("subject")).contains("quantum.policy-value");
  }

  static void sawDifferences(Run run) {
    assertThat(run.out().lines()).isNotEmpty().allMatch(line -> line.matches("[+~-] .*"));
    assertThat(run.err()).contains("quantum.policy-value from v1 to v2");
  }

  static void described(Run run) {
    assertThat(run.out()).startsWith("Topologies:\n   Sub-topology: 0 ").contains("--> governor");
  }

  static void foundNoDifference(Run run) {
    assertThat(run.err()).contains("what is built is the same as");
  }

  static void comparedAsJson(Run run) throws IOException {
    assertThat(JSON.readTree(run.out()).get("verdict").asText()).isEqualTo("HARMLESS");
  }

  static void showsWhatWasOrdered(Run run) {
    assertThat(run.out()).contains("all accounts: REDUCING (news)\n");
  }

  static void toldHowItIs(Run run) {
    assertThat(run.out())
        .containsPattern("^\\d{4}-\\d\\d-\\d\\d .* UTC, heard .* health \\d+ [a-z]+\n")
        .containsPattern("(?m)^main ACTIVE  equity \\d")
        .contains("slots ", "exposure ");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
  }

  static void toldTheDay(Run run) {
    assertThat(run.out())
        .containsPattern("^Summary of \\d{4}-\\d\\d-\\d\\d \\(UTC\\), so far: ")
        .containsPattern("(?m)^main: equity \\d")
        .containsPattern("(?m)^Health now: \\d+ [a-z]+$");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
  }

  static void toldWhy(Run run) {
    assertThat(run.out())
        .containsPattern("(?m)^\\d{4}-.*  intent$")
        .containsPattern("(?m)^\\d{4}-.* \\+\\d+ ms  [a-z-]+ (DENIED|GRANTED) [A-Z_]+$");
    if (run.out().contains("What would have had to be other")) {
      assertThat(run.out()).contains("(tried").doesNotContain("reckoned");
    }
  }

  static void comparedVersions(Run run) {
    assertThat(run.out())
        .startsWith("default: version 1 (")
        .containsPattern("(?m)^  maxPositions +10 -> 20$")
        .contains("version 2 is in force");
  }

  static void wentBack(Run run) {
    assertThat(run.out())
        .startsWith("default: version 3\n")
        .containsPattern("(?m)^  maxPositions +20 -> 10$");
  }
}
