package io.quantumtrader.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.console.testing.GivenServer;
import io.quantumtrader.console.testing.LeftToOperators;
import io.quantumtrader.console.testing.TwoAccounts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read, over a real socket: every route, and what is answered where one makes no sense. */
final class ConsoleServerTest {

  private static final JsonNode OPENAPI = tree(OpenApi.text());

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

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url(path)))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode tree(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  static List<String> routes() {
    return new ApiRoutes(null, null, null).all().stream().map(Route::path).toList();
  }

  /** The route with what it needs, so that something is answered. */
  private static String asked(String route) {
    return switch (route) {
      case "/api/equity" -> route + "?account=alpha";
      case "/api/candles" -> route + "?symbol=btcusdt";
      case "/api/why" -> route + "?id=i-open";
      case "/api/dead-letters/letter" -> route + "?place=0:2";
      default -> route;
    };
  }

  @ParameterizedTest
  @MethodSource("routes")
  void shouldAnswerEveryRouteWithTheFieldsOfItsDescription(String route) throws Exception {
    // when
    HttpResponse<String> answer = get(asked(route));

    // then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(Answer.JSON);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    JsonNode body = tree(answer.body());
    JsonNode schema =
        OPENAPI.at("/paths").get(route).at("/get/responses/200/content/application~1json/schema");
    assertThat(body.isArray()).isEqualTo(schema.path("type").asText().equals("array"));
    assertThat(body).as("there is something of everything in the book").isNotEmpty();
    List<String> wrong = new ArrayList<>();
    compare(body, schema, route, wrong);
    assertThat(wrong).isEmpty();
    assertSecured(answer);
  }

  /** Notes every place where a value is not as its schema says. */
  private static void compare(JsonNode value, JsonNode schema, String at, List<String> wrong) {
    JsonNode of = schema;
    if (schema.has("$ref")) {
      of = OPENAPI.at(schema.get("$ref").asText().substring(1));
    }
    List<String> types = new ArrayList<>();
    if (of.get("type").isArray()) {
      of.get("type").forEach(each -> types.add(each.asText()));
    } else {
      types.add(of.get("type").asText());
    }
    if (!types.contains(type(value)) && !(types.contains("number") && value.isNumber())) {
      wrong.add(at + " is " + type(value) + ", not " + types);
      return;
    }
    if (value.isArray()) {
      for (JsonNode each : value) {
        compare(each, of.get("items"), at + "[]", wrong);
      }
    } else if (value.isObject()) {
      if (!names(value).equals(names(of.get("properties")))) {
        wrong.add(at + " has " + names(value) + ", not " + names(of.get("properties")));
        return;
      }
      for (String name : names(value)) {
        compare(value.get(name), of.get("properties").get(name), at + "." + name, wrong);
      }
    }
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case OBJECT -> "object";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      default -> "string";
    };
  }

  private static void assertSecured(HttpResponse<?> answer) {
    Map<String, String> wanted =
        Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");
    wanted.forEach((name, value) -> assertThat(answer.headers().firstValue(name)).contains(value));
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void shouldAnswerEveryListAsCsvWithTheSameColumns(String route) throws Exception {
    String path = asked(route);
    HttpResponse<String> answer = get(path + (path.contains("?") ? "&" : "?") + "format=csv");

    JsonNode schema =
        OPENAPI.at("/paths").get(route).at("/get/responses/200/content/application~1json/schema");
    if (schema.has("items")) {
      JsonNode row = OPENAPI.at(schema.at("/items/$ref").asText().substring(1));
      List<String> fields = new ArrayList<>();
      row.get("required").forEach(each -> fields.add(each.asText()));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body().lines().findFirst()).contains(String.join(",", fields));
      assertThat(answer.headers().firstValue("Content-Disposition").orElse("")).contains(".csv");
    } else {
      assertThat(answer.statusCode()).isEqualTo(400);
    }
    assertSecured(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/positions?acount=alpha",
        "/api/positions?account=alpha&account=beta",
        "/api/positions?account=no%20name",
        "/api/positions?symbol=%00",
        "/api/positions?format=xml",
        "/api/trades?limit=0",
        "/api/trades?limit=20001",
        "/api/trades?limit=many",
        "/api/trades/figures?by=mood",
        "/api/equity",
        "/api/candles",
        "/api/why",
        "/api/dead-letters/letter",
        "/api/pipeline?x=1"
      })
  void shouldSayInASentenceWhatIsWrongWithAParameter(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(tree(answer.body()).get("error").asText()).isNotBlank().doesNotContain("Exception");
    assertSecured(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/nothing, 404",
    "GET, /page/../main.js, 404",
    "GET, /index.html, 404",
    "GET, /api/why?id=nobody, 404",
    "POST, /api/positions, 405",
    "DELETE, /, 405",
    "PUT, /api/orders, 405",
    "GET, /api/orders, 405"
  })
  void shouldRefuseWhatIsNotThereAndWhatIsNotDone(String method, String path, int status)
      throws Exception {
    HttpResponse<String> answer = send(method, path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
    assertThat(tree(answer.body()).get("error").asText()).isNotBlank();
    assertSecured(answer);
  }

  @Test
  void shouldAskForOneAccountOrOneSymbol() throws Exception {
    assertThat(tree(get("/api/accounts?account=beta").body())).hasSize(1);
    assertThat(tree(get("/api/accounts?account=*").body())).hasSize(2);
    assertThat(tree(get("/api/trades?symbol=ADAUSDT&limit=1").body())).hasSize(1);
    assertThat(tree(get("/api/fills?account=beta").body())).hasSize(2);
    assertThat(tree(get("/api/decisions?verdict=DENIED&stage=bridge").body())).hasSize(3);
  }

  @Test
  void shouldServeThePageWithAllItsFiles() throws Exception {
    // given
    HttpResponse<String> page = get("/");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertSecured(page);

    // when, then: nothing of it is inline, and everything it names is there
    assertThat(page.body()).doesNotContain("<style", "onclick=", "http://", "https://");
    List<String> named =
        java.util.regex.Pattern.compile("(?:href|src)=\"(/[^\"]+)\"")
            .matcher(page.body())
            .results()
            .map(each -> each.group(1))
            .toList();
    assertThat(named).hasSize(5);
    for (String path : named) {
      HttpResponse<String> file = get(path);
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      assertSecured(file);
      String tag = file.headers().firstValue("ETag").orElseThrow();
      assertThat(send("GET", path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    }
  }

  @Test
  void shouldAnswerHeadWithoutABody() throws Exception {
    HttpResponse<String> answer = send("HEAD", "/api/positions");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void shouldBeReadyWhenTheTopicsHaveBeenRead() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    server.becomeReady();
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(tree(get("/health").body()).get("score").asInt()).isEqualTo(95);
    assertThat(tree(get("/api/openapi.json").body())).isEqualTo(OPENAPI);
  }

  @Test
  void shouldTakeNoTokenThatCanBeGuessed() {
    assertThatThrownBy(() -> settings("short"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("'short'");
    assertThat(settings(GivenServer.TOKEN).toString()).doesNotContain(GivenServer.TOKEN);
  }

  private static ConsoleServer.Settings settings(String token) {
    return new ConsoleServer.Settings(
        new InetSocketAddress(0), List.of(), token, null, null, null, null, null, null, null);
  }
}
