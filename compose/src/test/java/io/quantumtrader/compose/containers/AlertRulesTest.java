package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
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
  private static final long PROMTOOL_WITHIN_S = 60;

  /** What promtool said. */
  private record Verdict(int code, String output) {}

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

    assertThat(run(promtool, tests))
        .satisfies(verdict -> assertThat(verdict.code()).as(verdict.output()).isZero());
    for (List<String> check :
        List.of(
            List.of("check", "config", PROMETHEUS.resolve("prometheus.yml").toString()),
            List.of("check", "rules", PROMETHEUS.resolve("alerts.yml").toString()))) {
      assertThat(run(promtool, check))
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
    Verdict verdict = run(promtool, List.of("test", "rules", tests.toString()));

    // then
    assertThat(verdict.code()).isNotZero();
    assertThat(verdict.output()).contains("alertname: ProcessDown");
  }

  /** Returns where promtool is; without it a test is skipped and says so. */
  private static Path promtool() {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "promtool"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        found.isPresent(),
        "promtool, which is part of Prometheus, is not on the PATH: the alert rules are not run");
    return found.orElseThrow();
  }

  private static Verdict run(Path promtool, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(promtool.toString()));
    command.addAll(arguments);
    Path output = Files.createTempFile("promtool", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(PROMTOOL_WITHIN_S, TimeUnit.SECONDS)).isTrue();
      return new Verdict(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
