package io.quantumtrader.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.quantumtrader.console.order.Order;
import io.quantumtrader.console.testing.GivenServer;
import io.quantumtrader.console.testing.TwoAccounts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who may change something over a real socket, and who may not. */
final class OrdersOverHttpTest {

  private static final String HALT =
      "{\"kind\":\"HALT\",\"account\":\"*\",\"reason\":\"the news\"}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private GivenServer server;

  @BeforeEach
  void open() throws IOException {
    server = GivenServer.of(TwoAccounts.book());
    log.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
  }

  @AfterEach
  void close() {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    server.close();
    client.close();
  }

  private HttpResponse<String> order(String token, String body, String... more) throws Exception {
    List<String> headers = new ArrayList<>(List.of(more));
    if (!headers.contains("Content-Type")) {
      headers.addAll(List.of("Content-Type", "application/json"));
    }
    if (token != null) {
      headers.addAll(List.of("Authorization", token));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url("/api/orders")))
            .timeout(Duration.ofSeconds(60))
            .headers(headers.toArray(String[]::new))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> byOperator(String body, String... more) throws Exception {
    return order("Bearer " + GivenServer.TOKEN, body, more);
  }

  private void assertRefused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(server.orders().given()).isEmpty();
  }

  @Test
  void shouldTakeAnOrderWithTheToken() throws Exception {
    HttpResponse<String> answer = byOperator(HALT);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"given\":\"HALT by console\"}\n");
    assertThat(server.orders().given())
        .containsExactly(new Order(Order.Kind.HALT, "*", "", "", "the news"));
    assertThat(server.orders().attempts()).isEmpty();
  }

  @Test
  void shouldTakeACloseFromItsOwnPage() throws Exception {
    String close =
        "{\"kind\":\"CLOSE\",\"account\":\"alpha\",\"symbol\":\"btcusdt\",\"reason\":\" enough \"}";

    HttpResponse<String> answer =
        byOperator(close, "Origin", server.url(""), "Sec-Fetch-Site", "same-origin");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(server.orders().given())
        .containsExactly(new Order(Order.Kind.CLOSE, "alpha", "BTCUSDT", "", "enough"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer a guess",
        "Bearer planted-token-4f2a9",
        "Bearer planted-token-4f2a9cc",
        "Basic planted-token-4f2a9c",
        "planted-token-4f2a9c"
      })
  void shouldRecordAnAttemptWithoutTheTokenAndChangeNothing(String shown) throws Exception {
    HttpResponse<String> answer = order(shown.isEmpty() ? null : shown, HALT);

    assertRefused(answer, 401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(server.orders().attempts())
        .containsExactly("an order without the right token from 127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example",
    "Origin, null",
    "Origin, http://127.0.0.1:1",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void shouldRefuseAPageOfAnotherSiteWhateverItShows(String header, String value) throws Exception {
    assertRefused(byOperator(HALT, header, value), 403);
    assertThat(server.orders().attempts()).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNoJson() throws Exception {
    assertRefused(byOperator(HALT, "Content-Type", "text/plain"), 415);
    assertRefused(byOperator("kind=HALT"), 400);
    assertRefused(byOperator("[]"), 400);
    assertRefused(byOperator(""), 400);
  }

  @Test
  void shouldRefuseWhatIsTooLong() throws Exception {
    assertRefused(byOperator(HALT.replace("the news", "x".repeat(5_000))), 413);
    assertRefused(byOperator(HALT.replace("the news", "x".repeat(201))), 400);
    assertThat(byOperator(HALT.replace("the news", "x".repeat(200))).statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"HALT\",\"account\":\"*\",\"reason\":\"r\",\"token\":\"x\"}",
        "{\"kind\":\"SELL\",\"account\":\"*\",\"reason\":\"r\"}",
        "{\"account\":\"*\",\"reason\":\"r\"}",
        "{\"kind\":\"HALT\",\"reason\":\"r\"}",
        "{\"kind\":\"HALT\",\"account\":\"no name\",\"reason\":\"r\"}",
        "{\"kind\":\"HALT\",\"account\":\"*\"}",
        "{\"kind\":\"HALT\",\"account\":\"*\",\"reason\":\"  \"}",
        "{\"kind\":\"HALT\",\"account\":\"*\",\"reason\":7}",
        "{\"kind\":\"HALT\",\"account\":\"*\",\"symbol\":\"BTCUSDT\",\"reason\":\"r\"}",
        "{\"kind\":\"CLOSE\",\"account\":\"*\",\"reason\":\"r\"}",
        "{\"kind\":\"HALT\",\"account\":\"*\",\"value\":\"1\",\"reason\":\"r\"}",
        "{\"kind\":\"REDUCE\",\"account\":\"*\",\"reason\":\"r\"}",
        "{\"kind\":\"REDUCE\",\"account\":\"*\",\"value\":\"1.01\",\"reason\":\"r\"}",
        "{\"kind\":\"REDUCE\",\"account\":\"*\",\"value\":\"-0.1\",\"reason\":\"r\"}",
        "{\"kind\":\"STOP\",\"account\":\"*\",\"symbol\":\"BTCUSDT\",\"value\":\"0\",\"reason\":\"r\"}",
        "{\"kind\":\"STOP\",\"account\":\"*\",\"value\":\"1\",\"reason\":\"r\"}",
        "{\"kind\":\"STOP\",\"account\":\"*\",\"symbol\":\"BTCUSDT\",\"value\":\"1e999999\",\"reason\":\"r\"}",
        "{\"kind\":\"LOCK_EXITS\",\"account\":\"*\",\"reason\":\"r\"}"
      })
  void shouldSayWhatIsWrongWithAnOrder(String order) throws Exception {
    HttpResponse<String> answer = byOperator(order);

    assertRefused(answer, 400);
    assertThat(answer.body()).contains("\"error\":\"").doesNotContain("Exception");
  }

  @Test
  void shouldSayThatAnOrderMakesNoSenseAsThingsAre() throws Exception {
    String close =
        "{\"kind\":\"CLOSE\",\"account\":\"alpha\",\"symbol\":\"ETHUSDT\",\"reason\":\"r\"}";

    HttpResponse<String> answer = byOperator(close);

    assertRefused(answer, 409);
    assertThat(answer.body()).contains("nothing is open in ETHUSDT");
  }

  /** A client of Java sets its own Host, so that this is written by hand. */
  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LOCALHOST:1, 200",
    "127.0.0.1, 200",
    "[::1]:8787, 200",
    "desk.example:99, 200",
    "evil.example, 421",
    "desk.example.evil.example, 421",
    "localhost.evil.example:8787, 421"
  })
  void shouldAnswerUnderItsOwnNamesAlone(String host, int status) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(60_000);
      String request =
          "GET /health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      try (InputStream in = socket.getInputStream()) {
        String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer)
            .startsWith("HTTP/1.1 " + status)
            .containsIgnoringCase("Content-security-policy:");
      }
    }
  }

  @Test
  void shouldNeitherAnswerNorLogTheToken() throws Exception {
    StringBuilder told = new StringBuilder();
    for (String body : List.of(HALT, "{", "{\"kind\":\"FLATTEN\"}")) {
      HttpResponse<String> answer = byOperator(body);
      told.append(answer.headers().map()).append(answer.body());
      told.append(order("Bearer " + GivenServer.TOKEN + "x", body).body());
    }

    assertThat(told.toString()).doesNotContain(GivenServer.TOKEN);
    assertThat(log.list)
        .noneMatch(event -> event.getFormattedMessage().contains(GivenServer.TOKEN));
  }
}
