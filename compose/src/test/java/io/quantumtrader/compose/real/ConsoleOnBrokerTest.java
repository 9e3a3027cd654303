package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.cli.RedisAccess;
import io.quantumtrader.app.console.Console;
import io.quantumtrader.app.console.ConsoleOptions;
import io.quantumtrader.app.console.RedisPing;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.console.http.OpenApi;
import io.quantumtrader.console.tap.CaughtUp;
import io.quantumtrader.console.tap.TopicTail;
import io.quantumtrader.console.testing.Browser;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * The console on a pipeline that runs: two accounts on two partitions, over HTTP and on the page.
 */
@Tag("real")
final class ConsoleOnBrokerTest {

  private static final String ANNA = "console-1";
  private static final String BERT = "console-4";
  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final String TOKEN = "planted-token-8c31f0";
  private static final String REDIS_PASSWORD = "planted-password-b7e2";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final List<AutoCloseable> parts = new ArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final StringBuilder answers = new StringBuilder();
  private final HttpClient client = HttpClient.newHttpClient();
  private RealPipeline pipeline;
  private World world;
  private Console console;

  @BeforeEach
  void open() throws InterruptedException {
    log.start();
    root().addAppender(log);
    pipeline = RealPipeline.fresh().startStages();
    world = World.open(pipeline, List.of(ANNA, BERT), List.of(BTC, ETH));
    world.begin();
    openConsole();
  }

  /** Redis knows nobody of that name, so that the password is part of a failure. */
  private void openConsole() {
    Endpoints endpoints =
        new Endpoints(pipeline.stack().bootstrapServers(), pipeline.stack().schemaRegistryUrl());
    ClientConfig config =
        new ClientConfig(
            Optional.empty(),
            Map.of(),
            Map.of(),
            Map.of("redis.username", "nobody", "redis.password", REDIS_PASSWORD),
            Set.of());
    RedisPing redis = RedisPing.of(RedisAccess.at(pipeline.stack().redisUri(), config));
    parts.add(redis);
    Admin admin = Admin.create(endpoints.kafka());
    parts.add(admin);
    CaughtUp[] caughtUp = new CaughtUp[1];
    console =
        Console.open(
            CommandLine.populateCommand(new ConsoleOptions(), "--console-port", "0"),
            TOKEN,
            endpoints,
            Optional.of(redis),
            () -> caughtUp[0] != null && caughtUp[0].isThere());
    parts.add(console);
    TopicTail tail = new TopicTail(endpoints.kafka(), endpoints.serdes(), console::take);
    parts.add(tail);
    caughtUp[0] = new CaughtUp(tail, admin);
    tail.start();
  }

  @AfterEach
  void close() throws Exception {
    root().detachAppender(log);
    for (AutoCloseable part : parts.reversed()) {
      part.close();
    }
    client.close();
    pipeline.close();
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return answered(HttpRequest.newBuilder(at(path)).build());
  }

  private URI at(String path) {
    return URI.create(console.url()).resolve(path);
  }

  private HttpResponse<String> answered(HttpRequest request) throws Exception {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    answers.append(answer.headers().map()).append(answer.body()).append('\n');
    return answer;
  }

  private JsonNode rows(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  /** Waits until the rows of a path have this text at a pointer of one of them. */
  private JsonNode awaitRow(String path, String pointer, String text) {
    JsonNode[] found = new JsonNode[1];
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (JsonNode row : rows(path)) {
                if (row.at(pointer).asText().equals(text)) {
                  found[0] = row;
                }
              }
              return found[0] != null;
            });
    return found[0];
  }

  private HttpResponse<String> order(String token, String kind, String account) throws Exception {
    String body =
        "{\"kind\":\"%s\",\"account\":\"%s\",\"reason\":\"a test\"}".formatted(kind, account);
    return answered(
        HttpRequest.newBuilder(at("/api/orders"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private Decision decided(String account, String intent, String symbol) throws Exception {
    world.intend(intent, account, symbol, IntentAction.OPEN_LONG, world.nowMs());
    pipeline.settle();
    return world.decision(account, intent);
  }

  @Test
  void shouldTellOfBothAccountsFromTheIntentToThePosition() throws Exception {
    // given
    assertThat(Accounts.partitionOf(ANNA, RealPipeline.COUNTS.account()))
        .as("the accounts are on two partitions")
        .isNotEqualTo(Accounts.partitionOf(BERT, RealPipeline.COUNTS.account()));
    await().atMost(PATIENCE).until(() -> get("/health/ready").statusCode() == 200);

    // when
    decided(ANNA, "i-anna", BTC);

    // then: a plan that waits for its fill
    ApplyPlan plan = world.plan(ANNA);
    awaitRow("/api/reservations", "/planId", plan.getPlanId());

    // when
    pipeline.send(Topic.APPLY_RESULT, ANNA, Records.filled(plan, world.nowMs()), world.nowMs());
    pipeline.settle();
    world.enter(BERT, ETH);

    // then: positions of both, and the way of one
    JsonNode position = awaitRow("/api/positions", "/account", ANNA);
    assertThat(position.get("symbol").asText()).isEqualTo(BTC);
    assertThat(position.get("source").asText()).isEqualTo("test");
    assertThat(awaitRow("/api/positions?account=" + BERT, "/symbol", ETH)).isNotNull();
    assertThat(awaitRow("/api/fills", "/planId", plan.getPlanId())).isNotNull();
    assertThat(rows("/api/why?id=i-anna").findValuesAsText("what"))
        .startsWith("intent")
        .contains("portfolio-gate", "plan", "result");
    assertThat(rows("/api/accounts").findValuesAsText("account")).contains(ANNA, BERT);
    assertTellsAndSendsTheDay();
  }

  /** Another process reads the same from the topics. */
  private void assertTellsAndSendsTheDay() throws Exception {
    try (HttpStandIn alertmanager = new HttpStandIn(() -> "")) {
      // when
      CommandRun run =
          pipeline.run(
              List.of("summary", "--json", "--send", "--alertmanager", alertmanager.url()));

      // then
      assertThat(run.code()).as(run.err()).isZero();
      JsonNode day = new ObjectMapper().readTree(run.out());
      assertThat(day.get("day").asText()).isEqualTo("2025-11-19");
      assertThat(day.get("accounts").findValuesAsText("account")).containsExactly(ANNA, BERT);
      assertThat(day.at("/accounts/0/open/0/symbol").asText()).isEqualTo(BTC);
      assertThat(day.at("/accounts/1/open/0/symbol").asText()).isEqualTo(ETH);
      assertThat(day.at("/accounts/0/equityLast").asText()).isNotEmpty();
      assertThat(run.err()).contains("Alertmanager took it");
      JsonNode alert =
          new ObjectMapper().readTree(alertmanager.requests().getFirst().body()).get(0);
      assertThat(alert.at("/labels/asked").asText()).isNotEmpty();
      assertThat(alert.at("/annotations/json").asText()).isEqualTo(run.out().strip());

      // when, then: another day, one that is not yet, and nobody who takes it
      assertThat(pipeline.run(List.of("summary", "--day", "2025-11-01")).err())
          .contains("nothing is known of 2025-11-01");
      assertThat(pipeline.run(List.of("summary", "--day", "2025-11-20")).err())
          .contains("2025-11-20 is not yet: the pipeline's clock is at 2025-11-19");
      String nobody = "http://127.0.0.1:" + FreePort.find();
      CommandRun unsent = pipeline.run(List.of("summary", "--send", "--alertmanager", nobody));
      assertThat(unsent.code()).isEqualTo(1);
      assertThat(unsent.out()).startsWith("Summary of 2025-11-19 (UTC), so far: ");
      assertThat(unsent.err()).contains("the summary was not sent: Alertmanager at");
    }
  }

  @Test
  void shouldRecordAWrongTokenAndChangeNothing() throws Exception {
    // given
    long before = pipeline.count(Topic.CONTROL);

    // when
    HttpResponse<String> answer = order(TOKEN + "x", "HALT", "*");

    // then
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(pipeline.count(Topic.CONTROL)).isEqualTo(before);
    assertThat(pipeline.values(Topic.DECISION, Decision.class))
        .filteredOn(decision -> decision.getStage().equals("console"))
        .singleElement()
        .extracting(Decision::getCode)
        .isEqualTo(ReasonCode.OPERATOR_TOKEN_WRONG.name());
    awaitRow("/api/denials", "/code", ReasonCode.OPERATOR_TOKEN_WRONG.name());
    assertThat(decided(ANNA, "i-after", BTC).getCode()).isEqualTo("PERMIT_GRANTED");
  }

  @Test
  void shouldHaltAndResumeByOrders() throws Exception {
    // when
    assertThat(order(TOKEN, "HALT", ANNA).statusCode()).isEqualTo(202);
    pipeline.settle();

    // then: the one is halted, the other is not
    awaitRow("/api/accounts?account=" + ANNA, "/tradingState", "HALTED");
    assertThat(decided(ANNA, "i-halted", BTC).getCode())
        .isEqualTo(ReasonCode.TRADING_HALTED.name());
    awaitRow("/api/decisions?about=i-halted", "/code", ReasonCode.TRADING_HALTED.name());
    assertThat(rows("/api/why?id=i-halted").get("summary").asText()).startsWith("Denied by bridge");
    assertThat(decided(BERT, "i-bert", BTC).getCode()).isEqualTo("PERMIT_GRANTED");
    Control control = pipeline.table(Topic.CONTROL, Control.class).get(ANNA);
    assertThat(control.getTradingState()).isEqualTo(TradingState.HALTED);
    assertThat(control.getReason()).isEqualTo("a test");
    assertThat(control.getSetBy()).isEqualTo("console");

    // when
    assertThat(order(TOKEN, "RESUME", ANNA).statusCode()).isEqualTo(202);
    pipeline.settle();

    // then
    assertThat(decided(ANNA, "i-resumed", BTC).getCode()).isEqualTo("PERMIT_GRANTED");

    // when: an order that makes no sense
    assertThat(order(TOKEN, "HALT", "nobody").statusCode()).isEqualTo(409);
    assertThat(order(TOKEN, "FLATTEN", ANNA).body()).contains("nothing is open");
  }

  @Test
  void shouldHaltAndResumeOnThePage(@TempDir Path profile) throws Exception {
    try (Browser browser = Browser.open(profile)) {
      // given
      world.enter(ANNA, BTC);
      browser.show(console.url(), 1440, "light");
      browser.awaitText("Account " + ANNA);
      browser.awaitText("▲\u00a0long");

      // when, then: its way is a click away
      browser.button(BTC).click();
      browser.awaitText("test wants OPEN_LONG BTCUSDT for " + ANNA);
      browser.find("#why-dialog button").click();

      // when, then: a wrong token, and then the right one
      give(browser, "HALT", "a guess of mine");
      browser.awaitText("Not given: the token is missing or wrong");
      browser.find("#order-dialog [name=token]").clear();
      browser.find("#order-dialog [name=token]").sendKeys(TOKEN);
      browser.button("Give the order").click();
      browser.awaitText("Given: HALTED for all accounts");
      pipeline.settle();
      assertThat(decided(ANNA, "i-page", ETH).getCode())
          .isEqualTo(ReasonCode.TRADING_HALTED.name());
      browser.awaitText(ANNA + ": ETHUSDT BUY denied by bridge: The trading state is HALTED");
      browser.shoot("console-on-broker-halted");

      // when, then
      give(browser, "RESUME", TOKEN);
      browser.awaitText("Given: ACTIVE for all accounts");
      pipeline.settle();
      assertThat(decided(ANNA, "i-again", ETH).getCode()).isEqualTo("PERMIT_GRANTED");
      browser.find("body").sendKeys("3");
      browser.awaitText(ReasonCode.OPERATOR_TOKEN_WRONG.name());
      browser.awaitText("PERMIT_GRANTED");
      assertThat(browser.complaints()).allMatch(line -> line.contains("401"));
      assertThat(String.valueOf(browser.eval("document.documentElement.outerHTML")))
          .doesNotContain(TOKEN, REDIS_PASSWORD);
    }
  }

  private static void give(Browser browser, String kind, String token) {
    browser.button("Orders").click();
    browser.eval("document.querySelector('#order-dialog [name=kind]').value = '" + kind + "'");
    browser.find("#order-dialog [name=reason]").sendKeys("the news");
    browser.find("#order-dialog [name=token]").clear();
    browser.find("#order-dialog [name=token]").sendKeys(token);
    browser.button("Give the order").click();
  }

  @Test
  void shouldTellNobodyTheTokenNorThePasswordOfRedis() throws Exception {
    // given: everything that goes wrong with them
    order(TOKEN + "x", "HALT", "*");
    order(TOKEN, "NONSENSE", "*");
    order(TOKEN, "FLATTEN", "*");
    await()
        .atMost(PATIENCE)
        .until(() -> rows("/api/health").findValuesAsText("cost").contains("REDIS_UNREACHABLE"));

    // when: all is asked that can be asked
    for (String path : paths()) {
      get(path);
      get(path + "?account=" + ANNA + "&symbol=" + BTC);
    }

    // then
    assertThat(answers.toString())
        .contains("Redis has not answered for")
        .doesNotContain(TOKEN, REDIS_PASSWORD);
    assertThat(List.copyOf(log.list)).noneMatch(ConsoleOnBrokerTest::isTelling);
    for (Topic topic : List.of(Topic.CONTROL, Topic.DECISION)) {
      assertThat(pipeline.read(topic))
          .noneMatch(
              record -> record.value() != null && isSecret(new String(record.value(), UTF_8)));
    }
  }

  /** All but the events, which do not end. */
  private static List<String> paths() throws Exception {
    List<String> paths = new ArrayList<>(List.of("/", "/health", "/api/openapi.json"));
    new ObjectMapper()
        .readTree(OpenApi.text())
        .get("paths")
        .fieldNames()
        .forEachRemaining(paths::add);
    paths.remove("/api/events");
    return paths;
  }

  private static boolean isTelling(ILoggingEvent event) {
    return isSecret(event.getFormattedMessage())
        || (event.getThrowableProxy() != null
            && isSecret(ThrowableProxyUtil.asString(event.getThrowableProxy())));
  }

  private static boolean isSecret(String text) {
    return text.contains(TOKEN) || text.contains(REDIS_PASSWORD);
  }
}
