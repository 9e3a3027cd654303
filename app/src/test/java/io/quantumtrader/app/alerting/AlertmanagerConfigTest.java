package io.quantumtrader.app.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.app.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for Alertmanager; whether it takes it, a test with its own tool says. */
final class AlertmanagerConfigTest {

  private static final Map<String, String> EVERYTHING =
      Map.of(
          "QUANTUM_ALERT_WEBHOOK_URL", "https://example.org/hook",
          "QUANTUM_ALERT_MAIL_TO", "ann@example.org,bob@example.org",
          "QUANTUM_ALERT_MAIL_FROM", "bot@example.org",
          "QUANTUM_ALERT_MAIL_SERVER", "mail.example.org:587",
          "QUANTUM_ALERT_MAIL_USER", "bot",
          "QUANTUM_ALERT_MAIL_PASSWORD", "a\"b\\c: #d",
          "QUANTUM_ALERT_TELEGRAM_TOKEN", "123:AA",
          "QUANTUM_ALERT_TELEGRAM_CHAT", "-100",
          "QUANTUM_ALERT_RUNBOOK_URL", "https://example.org/tree");

  private static Map<String, JsonNode> receivers(AlertmanagerConfig config) throws IOException {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    String list = config.alertmanager().substring(config.alertmanager().indexOf("\nreceivers:\n"));
    for (String line : list.lines().skip(2).toList()) {
      JsonNode receiver = new JsonMapper().readTree(line.replaceFirst("^ {2}- ", ""));
      all.put(receiver.path("name").asText(), receiver);
    }
    return all;
  }

  @Test
  void shouldTellEachKindToEachReceiver() throws IOException {
    // when
    AlertmanagerConfig config = AlertmanagerConfig.of(AlertReceivers.of(EVERYTHING));

    // then
    Map<String, JsonNode> receivers = receivers(config);
    assertThat(receivers).containsOnlyKeys("critical", "warning", "summary");
    receivers.forEach(
        (name, receiver) -> {
          String template = name.equals("summary") ? "quantum.summary" : "quantum.text";
          String text = "{{ template \"" + template + "\" . }}";
          JsonNode webhook = receiver.at("/webhook_configs/0");
          assertThat(webhook.path("url").asText()).isEqualTo("https://example.org/hook");
          JsonNode mail = receiver.at("/email_configs/0");
          assertThat(mail.path("to").asText()).isEqualTo("ann@example.org, bob@example.org");
          assertThat(mail.path("auth_password").asText()).isEqualTo("a\"b\\c: #d");
          assertThat(mail.path("require_tls").asBoolean()).isTrue();
          assertThat(mail.path("text").asText()).isEqualTo(text);
          JsonNode telegram = receiver.at("/telegram_configs/0");
          assertThat(telegram.path("chat_id").asLong()).isEqualTo(-100);
          assertThat(telegram.path("message").asText()).isEqualTo(text);
          // Only of what is critical it is worth a message that it is over; a summary never is.
          assertThat(Stream.of(webhook, mail, telegram).map(one -> one.path("send_resolved")))
              .allMatch(one -> one.isBoolean() && one.asBoolean() == name.equals("critical"));
        });
    assertThat(config.messages())
        .contains("{{ define \"quantum.runbook\" }}https://example.org/tree/{{ end }}");
  }

  @Test
  void shouldTellNobodyWhereNothingIsSet() throws IOException {
    AlertmanagerConfig config = AlertmanagerConfig.of(AlertReceivers.of(Map.of()));

    assertThat(receivers(config)).containsOnlyKeys("critical", "warning", "summary");
    assertThat(receivers(config).values()).allMatch(receiver -> receiver.size() == 1);
    assertThat(config.messages()).contains("{{ define \"quantum.runbook\" }}{{ end }}");
  }

  @Test
  void shouldLetOnlyItsOwnerReadWhatIsWritten(@TempDir Path directory) throws IOException {
    // given files of a start before, that everybody could read
    Files.writeString(directory.resolve("alertmanager.yml"), "old");
    Files.writeString(directory.resolve("alertmanager.yml.new"), "half written");

    // when
    AlertmanagerConfig.of(AlertReceivers.of(EVERYTHING)).write(directory);

    // then
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder("alertmanager.yml", "messages.tmpl");
    }
    for (String name : new String[] {"alertmanager.yml", "messages.tmpl"}) {
      assertThat(Files.getPosixFilePermissions(directory.resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(directory.resolve("alertmanager.yml")).content().contains("123:AA");
  }

  @Test
  void shouldSayWhereItIsAndToWhomAlertsGo(@TempDir Path directory) {
    // when
    CommandRun run =
        CommandRun.of("service", "alerting", "--alerting-dir", directory.resolve("made"));

    // then
    assertThat(run.code()).isZero();
    assertThat(directory.resolve("made/alertmanager.yml")).exists();
  }

  @Test
  void shouldSayInOneLineWhereItCannotWrite(@TempDir Path directory) throws IOException {
    // given
    Path file = Files.createFile(directory.resolve("file"));

    // when
    CommandRun run = CommandRun.of("service", "alerting", "--alerting-dir", file);

    // then
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains("--alerting-dir " + file + " cannot be written");
  }
}
