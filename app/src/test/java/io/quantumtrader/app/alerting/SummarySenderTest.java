package io.quantumtrader.app.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.console.book.DayBook;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.health.HealthRow.Level;
import io.quantumtrader.console.summary.DailySummary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** When the summary of a day is sent, how often it is tried, and what is sent. */
final class SummarySenderTest {

  private static final LocalDate DAY = LocalDate.parse("2026-11-30");
  private static final long MIDNIGHT = DayBook.beginMs(DAY.plusDays(1));
  private static final long SETTLED = MIDNIGHT + 60_000;

  private final AtomicLong clockMs = new AtomicLong();
  private final AtomicLong wallMs = new AtomicLong();
  private final List<String> sent = new ArrayList<>();
  private final List<LocalDate> made = new ArrayList<>();
  private int tries;
  private boolean away;
  private boolean broken;
  private boolean known = true;

  private SummarySender sender() {
    return new SummarySender(
        alerts -> {
          tries++;
          if (away) {
            throw new IOException("away");
          }
          sent.add(alerts);
        },
        "http://localhost:9093",
        clockMs::get,
        wallMs::get,
        day -> {
          made.add(day);
          if (broken) {
            throw new IllegalStateException("broken");
          }
          return known ? Optional.of(summary(day)) : Optional.empty();
        });
  }

  private static DailySummary summary(LocalDate day) {
    HealthRow health = new HealthRow(100, Level.HEALTHY, List.of(), 1);
    return new DailySummary(day.toString(), SETTLED, true, List.of(), 3, health);
  }

  private void at(long ms) {
    clockMs.set(ms);
    wallMs.set(ms);
  }

  @Test
  void shouldSendADayOnceWhenItsMidnightHasPassedAndWhatWasUnderWayHasArrived() throws Exception {
    // given a day before that was seen to
    SummarySender sender = sender();
    at(MIDNIGHT - 1);
    sender.look();
    assertThat(made).containsExactly(DAY.minusDays(1));

    // when
    at(SETTLED - 1);
    sender.look();
    assertThat(made).hasSize(1);
    at(SETTLED);
    sender.look();
    at(SETTLED + 1_000);
    sender.look();

    // then
    assertThat(made).containsExactly(DAY.minusDays(1), DAY);
    assertThat(sent).hasSize(2);
    assertThat(sent.getLast()).contains("2026-11-30");
  }

  @Test
  void shouldSendTheSameAlertAfterARestart() throws Exception {
    // when
    at(SETTLED);
    sender().look();
    at(SETTLED + 7_200_000);
    sender().look();

    // then
    JsonNode first = new JsonMapper().readTree(sent.get(0)).get(0);
    JsonNode again = new JsonMapper().readTree(sent.get(1)).get(0);
    assertThat(again.get("labels")).isEqualTo(first.get("labels"));
    assertThat(again.get("startsAt")).isEqualTo(first.get("startsAt"));
    assertThat(again.get("endsAt")).isEqualTo(first.get("endsAt"));
    assertThat(first.get("labels"))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    "{\"alertname\":\"DailySummary\",\"severity\":\"info\",\"day\":\"2026-11-30\"}"));
    assertThat(first.get("startsAt").asText()).isEqualTo("2026-12-01T00:00:00Z");
    assertThat(first.get("endsAt").asText()).isEqualTo("2026-12-02T00:00:00Z");
    assertThat(first.at("/annotations/summary").asText())
        .isEqualTo("Summary of 2026-11-30: no account; health 100 healthy");
    assertThat(first.at("/annotations/text").asText()).contains("\nDead letters: 3\n");
    assertThat(new JsonMapper().readTree(first.at("/annotations/json").asText()).get("day"))
        .hasToString("\"2026-11-30\"");
  }

  @Test
  void shouldTellNobodyOfAReplay() {
    assertThat(SummarySender.due(0, MIDNIGHT, LocalDate.MIN)).isEmpty();
    long dayMs = 86_400_000;
    assertThat(SummarySender.due(SETTLED, MIDNIGHT + dayMs - 1, LocalDate.MIN)).contains(DAY);
    assertThat(SummarySender.due(SETTLED, MIDNIGHT + dayMs, LocalDate.MIN)).isEmpty();
    assertThat(SummarySender.due(SETTLED, MIDNIGHT, DAY)).isEmpty();
    assertThat(SummarySender.due(SETTLED, MIDNIGHT, DAY.minusDays(1))).contains(DAY);
  }

  @Test
  void shouldTryAgainForAnHourAndThenGiveUp() throws Exception {
    // given
    SummarySender sender = sender();
    away = true;

    // when
    for (long second = 0; second <= 2 * 3_600; second++) {
      at(SETTLED + second * 1_000);
      sender.look();
    }

    // then: at once, and each half minute up to the hour
    assertThat(tries).isEqualTo(121);
    assertThat(made).containsExactly(DAY);
    assertThat(sent).isEmpty();

    // when it is back, the next day is sent
    away = false;
    at(SETTLED + 86_400_000);
    sender.look();
    assertThat(sent).singleElement().asString().contains("2026-12-01");
  }

  @Test
  void shouldSendOnceWhatWasTakenAtLast() throws Exception {
    SummarySender sender = sender();
    away = true;
    at(SETTLED);
    sender.look();
    away = false;
    for (long second = 1; second <= 120; second++) {
      at(SETTLED + second * 1_000);
      sender.look();
    }

    assertThat(sent).hasSize(1);
    assertThat(made).hasSize(1);
  }

  @Test
  void shouldSendNothingOfADayOfWhichNothingIsKnown() throws Exception {
    known = false;
    at(SETTLED);
    sender().look();

    assertThat(tries).isZero();
  }

  @Test
  void shouldGoOnWhereASummaryCannotBeMade() throws Exception {
    // given
    SummarySender sender = sender();
    broken = true;
    at(SETTLED);
    sender.look();

    // when
    broken = false;
    at(SETTLED + 86_400_000);
    sender.look();

    // then
    assertThat(sent).singleElement().asString().contains("2026-12-01");
  }

  @Test
  void shouldSendAsAlertmanagerTakesItAndSayWhatItAnswers() throws Exception {
    // given
    AtomicReference<String> taken = new AtomicReference<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int[] code = {200};
    server.createContext(
        "/",
        exchange -> {
          taken.set(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = "not this\nway".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(code[0], body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort();
      AlertmanagerClient client = AlertmanagerClient.at(address + "/am/").orElseThrow();

      // then
      client.send("[]");
      assertThat(taken.get()).isEqualTo("POST /am/api/v2/alerts []");
      code[0] = 400;
      assertThatThrownBy(() -> client.send("[]")).hasMessage("it answered 400: not this");
      assertThat(client.address()).isEqualTo(address);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void shouldKnowAnAddress() {
    assertThat(AlertmanagerClient.at(null)).isEmpty();
    assertThat(AlertmanagerClient.at(" ")).isEmpty();
    assertThat(AlertmanagerClient.at("none")).isEmpty();
    assertThat(AlertmanagerClient.at("https://u:s3cret@am.example.org/x").orElseThrow().address())
        .isEqualTo("https://am.example.org");
    for (String wrong : List.of("localhost:9093", "ftp://am", "http://", "no address")) {
      assertThatThrownBy(() -> AlertmanagerClient.at(wrong))
          .isInstanceOf(CommandFailure.class)
          .hasMessage("--alertmanager must be an address like http://localhost:9093, or none");
    }
  }
}
