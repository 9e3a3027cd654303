package io.quantumtrader.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.console.order.PolicyOrder;
import io.quantumtrader.console.testing.GivenServer;
import io.quantumtrader.console.testing.TwoAccounts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scheduling a change of the policy, and taking one back, over a real socket. */
final class PolicyOrdersOverHttpTest {

  private static final String PLAIN =
      "{\"kind\":\"SCHEDULE\",\"name\":\"default\",\"changes\":[\"maxPositions=20\"],"
          + "\"reason\":\"ramp\"}";

  private final HttpClient client = HttpClient.newHttpClient();
  private GivenServer server;

  @BeforeEach
  void open() throws IOException {
    server = GivenServer.of(TwoAccounts.book());
  }

  @AfterEach
  void close() {
    server.close();
    client.close();
  }

  private HttpResponse<String> order(String token, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url("/api/policy/orders")))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String with(String more) {
    return PLAIN.replace("}", "," + more + "}");
  }

  private static PolicyOrder scheduled(
      String name, Long atMs, int days, int trades, Double drawdown, Double loss, boolean even) {
    return new PolicyOrder(
        PolicyOrder.Kind.SCHEDULE,
        name,
        List.of("maxPositions=20"),
        atMs,
        days,
        trades,
        drawdown,
        loss,
        even,
        "",
        "ramp");
  }

  @Test
  void shouldTakeAChangeWithAndWithoutConditions() throws Exception {
    // given
    String all =
        "\"atMs\":1763546400000,\"afterDays\":3650,\"afterTrades\":1000000,"
            + "\"drawdownAtMost\":0.05,\"dailyLossAtMost\":1,\"evenIfExceeded\":true";

    // when
    HttpResponse<String> plain = order(GivenServer.TOKEN, PLAIN);
    HttpResponse<String> full =
        order(GivenServer.TOKEN, with(all).replace("\"default\"", "\"alpha\""));

    // then
    assertThat(plain.statusCode()).as(plain.body()).isEqualTo(202);
    assertThat(plain.body()).isEqualTo("{\"given\":\"SCHEDULE by console\"}\n");
    assertThat(full.statusCode()).as(full.body()).isEqualTo(202);
    assertThat(server.orders().policies())
        .containsExactly(
            scheduled("default", null, 0, 0, null, null, false),
            scheduled("alpha", 1763546400000L, 3650, 1_000_000, 0.05, 1.0, true));
    assertThat(server.orders().given()).isEmpty();
  }

  @Test
  void shouldTakeOneBackAndSayWhereItDoesNotWait() throws Exception {
    String withdraw = "{\"kind\":\"WITHDRAW\",\"scheduleId\":\"%s\",\"reason\":\"r\"}";

    HttpResponse<String> taken = order(GivenServer.TOKEN, withdraw.formatted("1a000001"));
    HttpResponse<String> late = order(GivenServer.TOKEN, withdraw.formatted("gone"));

    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    assertThat(server.orders().policies())
        .extracting(PolicyOrder::scheduleId)
        .containsExactly("1a000001");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("gone does not wait any more");
  }

  @Test
  void shouldRecordAnAttemptWithoutTheTokenAndChangeNothing() throws Exception {
    HttpResponse<String> answer = order("a guess", PLAIN);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(server.orders().policies()).isEmpty();
    assertThat(server.orders().attempts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"token\":\"x\"",
        "\"atMs\":-1",
        "\"atMs\":1.5",
        "\"atMs\":\"tomorrow\"",
        "\"atMs\":9223372036854775808",
        "\"afterDays\":3651",
        "\"afterDays\":-1",
        "\"afterTrades\":1000001",
        "\"drawdownAtMost\":1.01",
        "\"drawdownAtMost\":-0.01",
        "\"dailyLossAtMost\":\"5%\"",
        "\"evenIfExceeded\":\"yes\"",
        "\"scheduleId\":\"1a000001\"",
        "\"kind\":\"SET\"",
        "\"name\":\"no name\"",
        "\"name\":\"builtin\"",
        "\"name\":\"\"",
        "\"changes\":[]",
        "\"changes\":[7]",
        "\"changes\":\"maxPositions=20\"",
        "\"reason\":\" \"",
        "\"kind\":\"WITHDRAW\"",
        "\"kind\":\"WITHDRAW\",\"scheduleId\":\"1a000001\""
      })
  void shouldSayWhatIsWrongWithAChange(String wrong) throws Exception {
    HttpResponse<String> answer = order(GivenServer.TOKEN, with(wrong));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"error\":\"").doesNotContain("Exception");
    assertThat(server.orders().policies()).isEmpty();
  }
}
