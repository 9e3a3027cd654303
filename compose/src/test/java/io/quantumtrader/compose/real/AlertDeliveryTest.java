package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quantumtrader.app.alerting.AlertReceivers;
import io.quantumtrader.app.alerting.AlertmanagerClient;
import io.quantumtrader.app.alerting.AlertmanagerConfig;
import io.quantumtrader.app.alerting.SummaryAlert;
import io.quantumtrader.compose.containers.Asked;
import io.quantumtrader.compose.containers.Tool;
import io.quantumtrader.console.book.DayBook;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.health.HealthRow.Level;
import io.quantumtrader.console.summary.DailySummary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a metric to a person: the project's rules in a real Prometheus, its configuration in a real
 * Alertmanager, and servers of this machine in place of a webhook, a mail server and Telegram.
 */
@Tag("real")
final class AlertDeliveryTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final String ILL =
      """
      quantum_feed_age_seconds 40
      quantum_clock_silence_seconds 45
      """;
  private static final String WELL =
      """
      quantum_feed_age_seconds 1
      quantum_clock_silence_seconds 1
      """;

  private static final String TELEGRAM_ANSWER =
      "{\"ok\":true,\"result\":{\"message_id\":1,\"date\":1,"
          + "\"chat\":{\"id\":-100123,\"type\":\"group\"},\"text\":\"taken\"}}";

  @TempDir private Path directory;

  private final List<Process> processes = new ArrayList<>();
  private final AtomicReference<String> metrics = new AtomicReference<>(ILL);
  private HttpStandIn process;
  private HttpStandIn webhook;
  private HttpStandIn telegram;
  private MailStandIn mail;
  private String alertmanager;

  @BeforeEach
  void open() throws IOException {
    process = new HttpStandIn(metrics::get);
    webhook = new HttpStandIn(() -> "");
    telegram = new HttpStandIn(() -> TELEGRAM_ANSWER);
    mail = new MailStandIn();
  }

  @AfterEach
  void close() throws Exception {
    processes.forEach(Process::destroy);
    for (Process each : processes) {
      if (!each.waitFor(10, TimeUnit.SECONDS)) {
        each.destroyForcibly();
      }
    }
    process.close();
    webhook.close();
    telegram.close();
    mail.close();
  }

  private void start(String log, List<String> command) throws IOException {
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(log).toFile())
            .start());
  }

  /** As the job writes it; only the wait for what is added to a group is shorter. */
  private void startAlertmanager(Path program) throws IOException {
    Path folder = Files.createDirectory(directory.resolve("alerting"));
    AlertmanagerConfig written =
        AlertmanagerConfig.of(
            AlertReceivers.of(
                Map.of(
                    "QUANTUM_ALERT_WEBHOOK_URL", webhook.url() + "/hook",
                    "QUANTUM_ALERT_MAIL_TO", "ann@example.org,bob@example.org",
                    "QUANTUM_ALERT_MAIL_FROM", "bot@example.org",
                    "QUANTUM_ALERT_MAIL_SERVER", mail.address(),
                    "QUANTUM_ALERT_MAIL_TLS", "false",
                    "QUANTUM_ALERT_TELEGRAM_TOKEN", "123:AAtoken",
                    "QUANTUM_ALERT_TELEGRAM_CHAT", "-100123",
                    "QUANTUM_ALERT_TELEGRAM_URL", telegram.url(),
                    "QUANTUM_ALERT_RUNBOOK_URL", "https://example.org/tree")));
    String quick = written.alertmanager().replace("group_interval: 5m", "group_interval: 2s");
    assertThat(quick).isNotEqualTo(written.alertmanager());
    new AlertmanagerConfig(quick, written.messages()).write(folder);
    int port = FreePort.find();
    alertmanager = "http://127.0.0.1:" + port;
    start(
        "alertmanager.log",
        List.of(
            program.toString(),
            "--config.file=" + folder.resolve("alertmanager.yml"),
            "--storage.path=" + directory.resolve("alertmanager"),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address="));
    awaitReady(alertmanager, "alertmanager.log");
  }

  /** With the project's rules and its own configuration, but for addresses and intervals. */
  private void startPrometheus(Path program) throws IOException {
    Path shipped = Asked.compose().resolve("prometheus/prometheus.yml");
    ObjectNode config = (ObjectNode) new YAMLMapper().readTree(shipped.toFile());
    config.withObject("/global").put("scrape_interval", "1s").put("evaluation_interval", "1s");
    config.putArray("rule_files").add(shipped.resolveSibling("alerts.yml").toString());
    ObjectNode told = (ObjectNode) config.at("/alerting/alertmanagers/0/static_configs/0");
    assertThat(told.at("/targets/0").asText()).isEqualTo("alertmanager:9093");
    told.putArray("targets").add(alertmanager.replace("http://", ""));
    ObjectNode job = config.putArray("scrape_configs").addObject().put("job_name", "feed");
    job.putArray("static_configs").addObject().putArray("targets").add(process.host());
    Path file = directory.resolve("prometheus.yml");
    new YAMLMapper().writeValue(file.toFile(), config);
    int port = FreePort.find();
    start(
        "prometheus.log",
        List.of(
            program.toString(),
            "--config.file=" + file,
            "--storage.tsdb.path=" + directory.resolve("prometheus"),
            "--web.listen-address=127.0.0.1:" + port));
    awaitReady("http://127.0.0.1:" + port, "prometheus.log");
  }

  private void awaitReady(String url, String log) {
    await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(processes.getLast().isAlive()).as(said(log)).isTrue())
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> get(url + "/-/ready").statusCode() == 200);
  }

  private String said(String log) {
    try {
      return Files.readString(directory.resolve(log), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private List<JsonNode> hooked(String alert) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (HttpStandIn.Request request : webhook.requests()) {
      JsonNode body = JSON.readTree(request.body());
      if (body.at("/alerts/0/labels/alertname").asText().equals(alert)) {
        found.add(body);
      }
    }
    return found;
  }

  private List<String> written(String text) throws IOException {
    List<String> found = new ArrayList<>();
    for (HttpStandIn.Request request : telegram.requests()) {
      assertThat(request.path()).isEqualTo("/bot123:AAtoken/sendMessage");
      JsonNode body = JSON.readTree(request.body());
      assertThat(body.path("chat_id").asText()).isEqualTo("-100123");
      if (body.path("text").asText().contains(text)) {
        found.add(body.path("text").asText());
      }
    }
    return found;
  }

  private List<String> mailed(String text) {
    return mail.mails().stream().filter(each -> each.contains(text)).toList();
  }

  /** Waits until a text has come by mail and by Telegram, and an alert to the webhook. */
  private void awaitAll(String alert, String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              String log = said("alertmanager.log");
              assertThat(hooked(alert)).as(log).isNotEmpty();
              assertThat(mailed(text)).as(log).isNotEmpty();
              assertThat(written(text)).as(log).isNotEmpty();
            });
  }

  private static DailySummary summary(LocalDate day) {
    HealthRow health = new HealthRow(100, Level.HEALTHY, List.of(), 1);
    return new DailySummary(day.toString(), 1, true, List.of(), 17, health);
  }

  @Test
  void shouldReachAPersonByEachWay() throws Exception {
    // given
    String without = "no alert is sent to anybody";
    Path receiving = Tool.find("prometheus-alertmanager", "alertmanager", without);
    Path asking = Tool.find("prometheus", without);
    startAlertmanager(receiving);

    // when: a feed that stands, and the clock with it
    startPrometheus(asking);

    // then
    awaitAll("FeedStands", "the clock and the market stand still");
    String link = "Runbook: https://example.org/tree/docs/runbook.md#feedstands";
    String advice = "Do: Ask its /health, which says what it waits for.";
    assertThat(mailed("FeedStands").getFirst())
        .contains("RCPT TO:<ann@example.org>", "RCPT TO:<bob@example.org>")
        .contains("Subject: CRITICAL FeedStands: The feed wrote its last step 40 s ago")
        .contains(advice, link);
    assertThat(written("FeedStands").getFirst())
        .startsWith("CRITICAL FeedStands, since ")
        .contains("The feed wrote its last step 40 s ago", advice, link);
    JsonNode hooked = hooked("FeedStands").getFirst();
    assertThat(hooked.at("/receiver").asText()).isEqualTo("critical");
    assertThat(hooked.at("/alerts/0/annotations/runbook").asText())
        .isEqualTo("docs/runbook.md#feedstands");

    // and what follows from it is not told
    await().atMost(PATIENCE).until(() -> state("ClockSilent").equals("suppressed"));
    assertThat(hooked("ClockSilent")).isEmpty();

    // when a day's summary is sent, and again after a restart of who sends it
    LocalDate yesterday = DayBook.day(System.currentTimeMillis() + 3_600_000).minusDays(1);
    AlertmanagerClient client = AlertmanagerClient.at(alertmanager).orElseThrow();
    client.send(SummaryAlert.ofEndedDay(summary(yesterday)));
    awaitAll(SummaryAlert.NAME, "Summary of " + yesterday + " (UTC)\nDead letters: 17");
    client.send(SummaryAlert.ofEndedDay(summary(yesterday)));

    // and the feed goes on
    metrics.set(WELL);

    // then that it is over is told, and the summary was told once
    awaitAll("FeedStands", "OVER FeedStands");
    assertThat(mailed("Subject: Summary of " + yesterday)).hasSize(1);
    assertThat(written("Summary of " + yesterday)).hasSize(1);
    assertThat(hooked(SummaryAlert.NAME))
        .singleElement()
        .extracting(body -> body.at("/alerts/0/annotations/summary").asText())
        .isEqualTo("Summary of " + yesterday + ": no account; health 100 healthy");

    // when somebody asks for it, it is told each time
    client.send(SummaryAlert.asked(summary(yesterday), System.currentTimeMillis()));
    client.send(SummaryAlert.asked(summary(yesterday), System.currentTimeMillis() + 1));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(hooked(SummaryAlert.NAME)).hasSize(3));
    assertThat(hooked("ClockSilent")).isEmpty();
  }

  /** Returns what Alertmanager does with an alert; empty where it has none. */
  private String state(String alert) throws Exception {
    for (JsonNode each : JSON.readTree(get(alertmanager + "/api/v2/alerts").body())) {
      if (each.at("/labels/alertname").asText().equals(alert)) {
        return each.at("/status/state").asText();
      }
    }
    return "";
  }
}
