package io.quantumtrader.compose.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quantumtrader.app.Quantum;
import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.console.health.HealthScore;
import io.quantumtrader.console.runbook.RunbookPage;
import io.quantumtrader.schemas.docs.GeneratedPage;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class RunbookPageTest {

  private static final String WRITE = "quantum.docs.write";

  /** Mends the page instead of failing when it is told to. */
  @Test
  void shouldBeUpToDate() throws IOException {
    GeneratedPage page = RunbookPage.page(alerts());
    Path docs = GeneratedPage.directory();
    if (Boolean.getBoolean(WRITE)) {
      page.write(docs);
    }

    assertThat(page.outdated(docs))
        .as(
            "a generated page; write it with: mvn -q -pl compose -am test -Dtest=RunbookPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D"
                + WRITE
                + "=true")
        .isEmpty();
  }

  @Test
  void shouldHaveTheSectionThatEachAlertCostAndCodeLeadsTo() throws IOException {
    // given
    List<String> sections =
        Pattern.compile("(?m)^### (\\S+)$")
            .matcher(Files.readString(GeneratedPage.directory().resolve("runbook.md")))
            .results()
            .map(found -> RunbookPage.section(found.group(1)))
            .toList();

    // then
    assertThat(sections).doesNotHaveDuplicates();
    assertThat(rules().map(rule -> rule.path("annotations").path("runbook").asText()))
        .isNotEmpty()
        .allMatch(sections::contains);
    assertThat(Stream.of(HealthCost.values()).map(HealthScore::runbook))
        .allMatch(sections::contains);
    assertThat(Stream.of(ReasonCode.values()).map(code -> RunbookPage.section(code.name())))
        .allMatch(sections::contains);
  }

  @Test
  void shouldHaveAnAlertForEverythingThatCostsHealth() throws IOException {
    // given
    Set<String> alerts =
        rules().map(rule -> rule.path("alert").asText()).collect(Collectors.toSet());

    // then
    for (HealthCost cost : HealthCost.values()) {
      assertThat(cost.alerts()).as(cost.name()).isNotEmpty();
      assertThat(alerts).as(cost.name()).containsAll(cost.alerts());
    }
    Set<String> named = Stream.of(HealthCost.values()).map(Enum::name).collect(Collectors.toSet());
    assertThat(
            rules()
                .flatMap(
                    rule ->
                        Pattern.compile("cost=\"(\\w+)\"")
                            .matcher(rule.path("expr").asText())
                            .results()
                            .map(found -> found.group(1))))
        .hasSizeGreaterThanOrEqualTo(5)
        .allMatch(named::contains);
  }

  @Test
  void shouldNameOnlyCommandsThatThereAre() throws IOException {
    // given
    String page = Files.readString(GeneratedPage.directory().resolve("runbook.md"));
    List<MatchResult> named =
        Pattern.compile("\\./quantum ([a-z-]+)(?: ([a-z-]+))?").matcher(page).results().toList();

    // then
    assertThat(named).hasSizeGreaterThan(20);
    Map<String, CommandLine> commands = Quantum.commandLine().getSubcommands();
    for (MatchResult each : named) {
      assertThat(commands).containsKey(each.group(1));
      Set<String> below = commands.get(each.group(1)).getSubcommands().keySet();
      boolean alone = commands.get(each.group(1)).getCommand() instanceof Callable<?>;
      if (!below.isEmpty() && !(alone && each.group(2) == null)) {
        assertThat(below).as(each.group()).contains(each.group(2));
      }
    }
  }

  @Test
  void shouldGiveCommandsOnlyOptionsThatTheyHave() throws IOException {
    // given
    String page = Files.readString(GeneratedPage.directory().resolve("runbook.md"));
    List<MatchResult> named =
        Pattern.compile("\\./quantum ([a-z-]+)((?: [^;:,()\\n]+)?)")
            .matcher(page)
            .results()
            .toList();
    List<String> unknown = new ArrayList<>();

    // when
    for (MatchResult each : named) {
      CommandLine command = Quantum.commandLine().getSubcommands().get(each.group(1));
      for (String word : each.group(2).strip().split(" ", -1)) {
        command = command.getSubcommands().getOrDefault(word, command);
        if (word.startsWith("--") && command.getCommandSpec().findOption(word) == null) {
          unknown.add(each.group());
        }
      }
    }

    // then
    assertThat(named).anyMatch(each -> each.group(2).contains(" --"));
    assertThat(unknown).isEmpty();
  }

  private static List<RunbookPage.Alert> alerts() throws IOException {
    return rules()
        .map(
            rule ->
                new RunbookPage.Alert(
                    rule.path("alert").asText(),
                    rule.path("labels").path("severity").asText(),
                    rule.path("annotations").path("summary").asText(),
                    rule.path("annotations").path("action").asText()))
        .toList();
  }

  private static Stream<JsonNode> rules() throws IOException {
    Path file = GeneratedPage.directory().resolveSibling("compose/prometheus/alerts.yml");
    List<JsonNode> rules = new ArrayList<>();
    new YAMLMapper()
        .readTree(file.toFile())
        .path("groups")
        .forEach(group -> group.path("rules").forEach(rules::add));
    return rules.stream();
  }
}
