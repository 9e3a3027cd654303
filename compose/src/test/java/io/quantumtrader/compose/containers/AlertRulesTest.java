package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the alert rules compute: for each there is a case in {@code compose/prometheus/tests} in
 * which it fires and one in which it does not, and Prometheus' own {@code promtool} runs them where
 * it is installed.
 */
@Tag("real")
final class AlertRulesTest {

  private static final Path PROMETHEUS = Asked.compose().resolve("prometheus");

  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(PROMETHEUS.resolve("tests"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void shouldHaveACaseOfEachRuleThatFiresAndOneThatDoesNot() throws IOException {
    // given
    TreeSet<String> firing = new TreeSet<>();
    TreeSet<String> silent = new TreeSet<>();
    for (Path file : cases()) {
      JsonNode read = new YAMLMapper().readTree(file.toFile());
      assertThat(read.at("/rule_files/0").asText()).as(file.toString()).isEqualTo("../alerts.yml");
      for (JsonNode test : read.get("tests")) {
        // One series that fires and one that does not; what is missed as a whole has but one.
        assertThat(test.get("input_series").size())
            .as(test.get("name").asText())
            .isGreaterThanOrEqualTo(test.get("name").asText().equals("NoAccount") ? 1 : 2);
        for (JsonNode check : test.get("alert_rule_test")) {
          (check.path("exp_alerts").isEmpty() ? silent : firing)
              .add(check.get("alertname").asText());
        }
      }
    }

    // then
    TreeSet<String> rules = new TreeSet<>();
    JsonNode alerts = new YAMLMapper().readTree(PROMETHEUS.resolve("alerts.yml").toFile());
    alerts.get("groups").findValuesAsText("alert").forEach(rules::add);
    assertThat(rules).isNotEmpty();
    assertThat(firing).isEqualTo(rules);
    assertThat(silent).isEqualTo(rules);
  }

  @Test
  void shouldPassEachCaseOfPromtool() throws Exception {
    Path promtool = promtool();
    List<String> tests = new ArrayList<>(List.of("test", "rules"));
    cases().forEach(file -> tests.add(file.toString()));

    assertThat(Tool.run(promtool, tests))
        .satisfies(verdict -> assertThat(verdict.code()).as(verdict.output()).isZero());
    for (List<String> check :
        List.of(
            List.of("check", "config", PROMETHEUS.resolve("prometheus.yml").toString()),
            List.of("check", "rules", PROMETHEUS.resolve("alerts.yml").toString()))) {
      assertThat(Tool.run(promtool, check))
          .satisfies(verdict -> assertThat(verdict.code()).as(verdict.output()).isZero());
    }
  }

  @Test
  void shouldFailWhereARuleNoLongerFires(@TempDir Path directory) throws Exception {
    // given
    Path promtool = promtool();
    Path rules = PROMETHEUS.resolve("alerts.yml");
    String blunted = Files.readString(rules).replace("expr: up == 0", "expr: up == 7");
    assertThat(blunted).isNotEqualTo(Files.readString(rules));
    Files.writeString(directory.resolve("alerts.yml"), blunted);
    Path tests = Files.createDirectory(directory.resolve("tests")).resolve("processes.yml");
    Files.copy(PROMETHEUS.resolve("tests/processes.yml"), tests);

    // when
    Tool.Verdict verdict = Tool.run(promtool, List.of("test", "rules", tests.toString()));

    // then
    assertThat(verdict.code()).isNotZero();
    assertThat(verdict.output()).contains("alertname: ProcessDown");
  }

  private static Path promtool() {
    return Tool.find("promtool", "the alert rules are not run");
  }
}
