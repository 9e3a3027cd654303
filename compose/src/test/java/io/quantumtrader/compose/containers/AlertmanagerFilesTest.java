package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quantumtrader.app.alerting.AlertReceivers;
import io.quantumtrader.app.alerting.AlertmanagerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is written for Alertmanager: its own tool takes it, and it is about alerts that there are.
 */
@Tag("real")
final class AlertmanagerFilesTest {

  private static final Map<String, String> WEBHOOK =
      Map.of("QUANTUM_ALERT_WEBHOOK_URL", "https://example.org/hook?a=b&c=d");
  private static final Map<String, String> MAIL =
      Map.of(
          "QUANTUM_ALERT_MAIL_TO", "ann@example.org,bob@example.org",
          "QUANTUM_ALERT_MAIL_FROM", "bot@example.org",
          "QUANTUM_ALERT_MAIL_SERVER", "mail.example.org:587");
  private static final Map<String, String> LOGIN =
      Map.of("QUANTUM_ALERT_MAIL_USER", "bot", "QUANTUM_ALERT_MAIL_PASSWORD", "a\"b\\c: #d '{");
  private static final Map<String, String> TELEGRAM =
      Map.of("QUANTUM_ALERT_TELEGRAM_TOKEN", "123:AA", "QUANTUM_ALERT_TELEGRAM_CHAT", "-100123");

  /** What holds back others must never hold back one that is about money or what is open. */
  private static final Set<String> NEVER_HELD_BACK =
      Set.of(
          "MarginRatioLow",
          "ExposureHigh",
          "PositionWithoutStop",
          "PositionsDisagree",
          "OrdersUnresolved",
          "ExecutorTrouble",
          "ReservationOverdue",
          "TradingHalted",
          "TableRowRefused",
          "BrokerUnreachable",
          "ProcessDown",
          "DailySummary");

  @TempDir private Path directory;

  private static AlertmanagerConfig config(Map<String, String> environment) {
    return AlertmanagerConfig.of(AlertReceivers.of(environment));
  }

  @Test
  void shouldBeTakenByAlertmanagersToolWhateverIsSet() throws Exception {
    // given
    Path amtool = Tool.find("amtool", "what is written for Alertmanager is not checked");
    List<Map<String, String>> parts = List.of(WEBHOOK, MAIL, LOGIN, TELEGRAM);
    int taken = 0;
    for (int set = 0; set < 1 << parts.size(); set++) {
      Map<String, String> environment = new HashMap<>();
      for (int part = 0; part < parts.size(); part++) {
        if ((set & 1 << part) != 0) {
          environment.putAll(parts.get(part));
        }
      }
      if (environment.keySet().containsAll(LOGIN.keySet())
          && !environment.keySet().containsAll(MAIL.keySet())) {
        continue;
      }

      // when
      config(environment).write(directory);
      Tool.Verdict verdict =
          Tool.run(
              amtool, List.of("check-config", directory.resolve("alertmanager.yml").toString()));

      // then
      assertThat(verdict.code()).as(environment + verdict.output()).isZero();
      assertThat(verdict.output()).contains("SUCCESS").contains("3 receivers", "1 templates");
      taken++;
    }
    assertThat(taken).isEqualTo(12);
  }

  @Test
  void shouldSendEachKindItsWay() throws Exception {
    // given
    Path amtool = Tool.find("amtool", "the routes of Alertmanager are not checked");
    config(WEBHOOK).write(directory);
    Map<String, String> routes =
        Map.of(
            "alertname=ProcessDown severity=critical", "critical",
            "alertname=ExposureHigh severity=warning", "warning",
            "alertname=SomethingNew", "warning",
            "alertname=DailySummary severity=info", "summary");

    for (Map.Entry<String, String> route : routes.entrySet()) {
      // when
      List<String> test = new ArrayList<>(List.of("config", "routes", "test"));
      test.add("--config.file=" + directory.resolve("alertmanager.yml"));
      test.addAll(List.of(route.getKey().split(" ", -1)));
      Tool.Verdict verdict = Tool.run(amtool, test);

      // then
      assertThat(verdict.output().strip().lines().toList().getLast())
          .as(route.getKey())
          .isEqualTo(route.getValue());
    }
  }

  @Test
  void shouldHoldBackOnlyAlertsThatThereAreAndNoneAboutMoney() throws IOException {
    // given
    JsonNode written = new YAMLMapper().readTree(config(WEBHOOK).alertmanager());
    Set<String> alerts = new TreeSet<>();
    new YAMLMapper()
        .readTree(Asked.compose().resolve("prometheus/alerts.yml").toFile())
        .get("groups")
        .findValuesAsText("alert")
        .forEach(alerts::add);

    // then
    assertThat(written.get("inhibit_rules")).hasSizeGreaterThan(5);
    for (JsonNode rule : written.get("inhibit_rules")) {
      Set<String> held = names(rule.get("target_matchers"));
      assertThat(held).isNotEmpty().isSubsetOf(alerts).doesNotContainAnyElementsOf(NEVER_HELD_BACK);
      Set<String> holding = names(rule.get("source_matchers"));
      assertThat(holding).isSubsetOf(alerts);
      assertThat(holding).noneMatch(held::contains);
    }
  }

  private static Set<String> names(JsonNode matchers) {
    Set<String> names = new TreeSet<>();
    for (JsonNode matcher : matchers) {
      Pattern.compile("^alertname=~?\"([\\w|]+)\"$")
          .matcher(matcher.asText())
          .results()
          .forEach(found -> names.addAll(List.of(found.group(1).split("\\|", -1))));
    }
    return names;
  }

  @Test
  void shouldKnowEveryVariableThatComposeGives() throws IOException {
    ComposeProject project = ComposeFileTest.everything(List.of(ComposeProject.BASE));

    assertThat(
            project.services().get("alerting").environment().keySet().stream()
                .filter(name -> name.startsWith("QUANTUM_ALERT_"))
                .collect(Collectors.toSet()))
        .isEqualTo(AlertReceivers.VARIABLES);
  }

  @Test
  void shouldBeReadableByNobodyButAlertmanager() throws IOException {
    // given
    ComposeProject project = ComposeFileTest.everything(List.of(ComposeProject.BASE));
    ComposeService writer = project.services().get("alerting");
    ComposeService reader = project.services().get("alertmanager");

    // then
    assertThat(writer.text("user")).isEqualTo(reader.text("user"));
    assertThat(project.services().values())
        .filteredOn(one -> one.list("volumes").stream().anyMatch(v -> v.startsWith("alerting:")))
        .containsExactlyInAnyOrder(writer, reader);
    assertThat(ComposeProject.ROOT.resolve(ComposeProject.APP))
        .content()
        .contains("install -d -o 65534 -g 65534 -m 0700 /run/quantum-alerting");
  }
}
