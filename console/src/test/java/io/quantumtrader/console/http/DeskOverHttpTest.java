package io.quantumtrader.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.console.letter.ReplayOrder;
import io.quantumtrader.console.order.ApprovalAnswer;
import io.quantumtrader.console.testing.GivenServer;
import io.quantumtrader.console.testing.LeftToOperators;
import io.quantumtrader.console.testing.TwoAccounts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters that are sent again, and entries that are answered, over HTTP. */
final class DeskOverHttpTest {

  private static final String REPLAY = "/api/dead-letters/replay";
  private static final String ANSWER = "/api/approvals/answer";
  private static final String EVEN =
      "{\"place\":\"0:2\",\"evenIfUnreadable\":true,\"reason\":\" mended \"}";
  private static final String GRANT =
      "{\"planId\":\"00000000000000a1\",\"granted\":true,\"reason\":\"looks good\"}";

  private final HttpClient client = HttpClient.newHttpClient();
  private GivenServer server;

  @BeforeEach
  void open() throws IOException {
    server = GivenServer.of(LeftToOperators.waitingEntries(TwoAccounts.book()));
  }

  @AfterEach
  void close() {
    server.close();
    client.close();
  }

  private HttpResponse<String> send(String path, String token, String body, String... more)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url(path)))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (more.length > 0) {
      request.headers(more);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url(path))).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode tree(String path) throws Exception {
    return new ObjectMapper().readTree(get(path).body());
  }

  private void assertUntouched() {
    assertThat(server.desk().replays()).isEmpty();
    assertThat(server.desk().answers()).isEmpty();
    assertThat(server.orders().given()).isEmpty();
  }

  @Test
  void shouldListLettersWithWhatIsKnownOfEachAndOneWithAllThatItSays() throws Exception {
    JsonNode rows = tree("/api/dead-letters");

    assertThat(rows.findValuesAsText("reader")).containsExactly("stages", "redis-sink", "stages");
    assertThat(rows.findValuesAsText("replayedBy")).containsExactly("", "", "dora");
    JsonNode one = tree("/api/dead-letters/letter?place=0:2");
    assertThat(one.at("/letter/key").asText()).isEqualTo("gamma");
    assertThat(one.at("/headers/0/name").asText()).isEqualTo("trace");
    assertThat(one.at("/unreadable").asBoolean()).isTrue();
    assertThat(one.at("/warnings/0").asText()).contains("INTENT_EXPIRED");
    assertThat(get("/api/dead-letters/letter?place=0:99").statusCode()).isEqualTo(404);
    assertThat(get("/api/dead-letters/letter?place=12").statusCode()).isEqualTo(400);
    assertThat(get("/api/dead-letters/letter").statusCode()).isEqualTo(400);
  }

  @Test
  void shouldSendALetterAgainWithTheTokenAndAReason() throws Exception {
    HttpResponse<String> answer = send(REPLAY, GivenServer.TOKEN, EVEN);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.body()).contains("sent again as 1:30 of quantum.trade.intent by console");
    assertThat(server.desk().replays()).containsExactly(new ReplayOrder("0:2", true, "mended"));
  }

  @ParameterizedTest
  @CsvSource({
    "0:0, it was sent again at",
    "0:1, ./quantum redis rebuild",
    "0:2, register its schema first",
    "0:99, there is no dead letter at 0:99"
  })
  void shouldAnswerARefusalWithItsReason(String place, String why) throws Exception {
    HttpResponse<String> answer =
        send(REPLAY, GivenServer.TOKEN, "{\"place\":\"" + place + "\",\"reason\":\"r\"}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains(why);
    assertUntouched();
  }

  @Test
  void shouldListWhatWaitsAndTakeTheAnswer() throws Exception {
    // given
    assertThat(tree("/api/approvals").findValuesAsText("planId"))
        .containsExactly("00000000000000a2", "00000000000000a1");
    assertThat(tree("/api/approvals?account=alpha").findValuesAsText("symbol"))
        .containsExactly("BTCUSDT");

    // when
    HttpResponse<String> granted = send(ANSWER, GivenServer.TOKEN, GRANT);
    HttpResponse<String> refused =
        send(ANSWER, GivenServer.TOKEN, GRANT.replace("true", "false").replace("a1", "a2"));
    HttpResponse<String> unknown = send(ANSWER, GivenServer.TOKEN, GRANT.replace("a1", "ff"));

    // then
    assertThat(granted.statusCode()).as(granted.body()).isEqualTo(202);
    assertThat(refused.statusCode()).isEqualTo(202);
    assertThat(unknown.statusCode()).isEqualTo(409);
    assertThat(server.desk().answers())
        .containsExactly(
            new ApprovalAnswer("00000000000000a1", true, "looks good"),
            new ApprovalAnswer("00000000000000a2", false, "looks good"));
  }

  @ParameterizedTest
  @ValueSource(strings = {REPLAY, ANSWER})
  void shouldChangeNothingWithoutTheTokenOrFromAnotherSite(String path) throws Exception {
    String body = path.equals(REPLAY) ? EVEN : GRANT;

    HttpResponse<String> wrong = send(path, "a guess", body);
    HttpResponse<String> elsewhere =
        send(path, GivenServer.TOKEN, body, "Origin", "http://evil.example");
    HttpResponse<String> looked = get(path);

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(elsewhere.statusCode()).isEqualTo(403);
    assertThat(looked.statusCode()).isEqualTo(405);
    assertThat(server.orders().attempts())
        .containsExactly("an order without the right token from 127.0.0.1");
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"place\":\"0:2\"}",
        "{\"place\":\"0:2\",\"reason\":\" \"}",
        "{\"reason\":\"r\"}",
        "{\"place\":\"12\",\"reason\":\"r\"}",
        "{\"place\":\"0:2\",\"evenIfUnreadable\":\"true\",\"reason\":\"r\"}",
        "{\"place\":\"0:2\",\"evenIfUnreadable\":true,\"reason\":\"r\",\"token\":\"x\"}"
      })
  void shouldSayWhatIsWrongWithAReplay(String body) throws Exception {
    assertThat(send(REPLAY, GivenServer.TOKEN, body).statusCode()).isEqualTo(400);
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"planId\":\"00000000000000a1\",\"granted\":true}",
        "{\"planId\":\"00000000000000a1\",\"reason\":\"r\"}",
        "{\"planId\":\"00000000000000a1\",\"granted\":\"yes\",\"reason\":\"r\"}",
        "{\"planId\":\"../a1\",\"granted\":true,\"reason\":\"r\"}",
        "{\"granted\":true,\"reason\":\"r\"}",
        "{\"planId\":\"00000000000000a1\",\"granted\":true,\"reason\":\"r\",\"account\":\"x\"}"
      })
  void shouldSayWhatIsWrongWithAnAnswer(String body) throws Exception {
    assertThat(send(ANSWER, GivenServer.TOKEN, body).statusCode()).isEqualTo(400);
    assertUntouched();
  }
}
