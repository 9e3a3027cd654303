package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.console.Console;
import io.quantumtrader.app.console.ConsoleOptions;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.console.tap.CaughtUp;
import io.quantumtrader.console.tap.TopicTail;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PolicyScheduleState;
import io.quantumtrader.schemas.topic.Topic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * A ramp on a pipeline that runs, with two consoles: accounts of ten positions each, two for each
 * test.
 */
@Tag("real")
final class PolicyRampOnBrokerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANNA = "ramp-1";
  private static final String BERT = "ramp-4";
  private static final String CARL = "ramp-2";
  private static final String DORA = "ramp-3";
  private static final List<String> ACCOUNTS = List.of(ANNA, BERT, CARL, DORA);
  private static final String TOKEN = "planted-token-77aa01";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> SYMBOLS =
      IntStream.rangeClosed(1, 11).mapToObj("C%dUSDT"::formatted).toList();

  private static final List<AutoCloseable> PARTS = new ArrayList<>();
  private static RealPipeline pipeline;
  private static World world;
  private static String page;

  private String out = "";
  private String err = "";

  @BeforeAll
  static void holdTenEach() throws Exception {
    pipeline = RealPipeline.fresh().startStages();
    world = World.open(pipeline, ACCOUNTS, SYMBOLS);
    world.begin();
    for (String account : ACCOUNTS) {
      SYMBOLS.subList(0, 10).forEach(symbol -> intend(account, symbol, "first"));
    }
    pipeline.settle();
    for (ApplyPlan plan : pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class)) {
      pipeline.send(
          Topic.APPLY_RESULT,
          plan.getAccount(),
          Records.filled(plan, world.nowMs()),
          world.nowMs());
    }
    pipeline.settle();
    page = openConsole();
    openConsole();
  }

  @AfterAll
  static void close() throws Exception {
    for (AutoCloseable part : PARTS.reversed()) {
      part.close();
    }
    pipeline.close();
  }

  private static String openConsole() {
    Endpoints endpoints =
        new Endpoints(pipeline.stack().bootstrapServers(), pipeline.stack().schemaRegistryUrl());
    Admin admin = Admin.create(endpoints.kafka());
    PARTS.add(admin);
    CaughtUp[] caughtUp = new CaughtUp[1];
    Console console =
        Console.open(
            CommandLine.populateCommand(new ConsoleOptions(), "--console-port", "0"),
            TOKEN,
            endpoints,
            Optional.empty(),
            () -> caughtUp[0] != null && caughtUp[0].isThere());
    PARTS.add(console);
    TopicTail tail = new TopicTail(endpoints.kafka(), endpoints.serdes(), console::take);
    PARTS.add(tail);
    caughtUp[0] = new CaughtUp(tail, admin);
    tail.start();
    return console.url();
  }

  private static void intend(String account, String symbol, String id) {
    world.intend(
        "%s-%s-%s".formatted(account, symbol, id),
        account,
        symbol,
        IntentAction.OPEN_LONG,
        world.nowMs());
  }

  /** Asks for the eleventh position, and returns the code of what was decided. */
  private static String eleventh(String account, String id) throws InterruptedException {
    String symbol = SYMBOLS.get(10);
    intend(account, symbol, id);
    pipeline.settle();
    return world.decision(account, "%s-%s-%s".formatted(account, symbol, id)).getCode();
  }

  private int run(String command) {
    CommandRun run = pipeline.run(List.of(command.split(" ")));
    out = run.out();
    err = run.err();
    return run.code();
  }

  /** Schedules a change by the command, and returns its id. */
  private String schedule(String words) throws Exception {
    assertThat(run("policy set --json --reason ramp " + words)).as(err).isZero();
    return JSON.readTree(out).get("scheduleId").asText();
  }

  private static PolicySchedule scheduled(String id) {
    return pipeline.table(Topic.POLICY_SCHEDULE, PolicySchedule.class).get(id);
  }

  private static PolicySchedule awaitOver(String id) {
    await().atMost(PATIENCE).until(() -> scheduled(id).getState() != PolicyScheduleState.WAITING);
    return scheduled(id);
  }

  private static List<Integer> positionsByVersion(String key) {
    return pipeline.values(Topic.POLICY, Policy.class).stream()
        .filter(policy -> policy.getName().equals(key))
        .map(Policy::getMaxPositions)
        .toList();
  }

  private String said() {
    return err.replaceAll("\\s+", " ");
  }

  @Test
  void shouldLetTheEleventhPositionInAfterItsTimeAndNotBefore() throws Exception {
    // given a step of anna's ramp and one that is taken back, one of bert's that is too tight, and
    // one of his that goes on waiting
    Instant at = Instant.ofEpochMilli(world.nowMs()).plusSeconds(3);
    String ofAnna = "--account %s --at %s".formatted(ANNA, at);
    String withdrawn = schedule("max_positions=30 " + ofAnna);
    String raised = schedule("max_positions=20 --max-drawdown 5% " + ofAnna);
    String tight = schedule("max_positions=9 --account %s --at %s".formatted(BERT, at));
    assertThat(said())
        .contains("10 open positions and reservations, beyond maxPositions = 9 (in force: 10)")
        .contains("If it is still so when the change is due, it is refused");
    String waiting = schedule("max_positions=40 --account %s --after-trades 1".formatted(BERT));
    assertThat(run("policy withdraw %s --reason over".formatted(withdrawn))).as(err).isZero();
    assertThat(eleventh(ANNA, "early")).isEqualTo("POSITION_LIMIT");

    // when the clock is a step before it, and then there
    world.pass(2_000);
    assertThat(eleventh(ANNA, "before")).isEqualTo("POSITION_LIMIT");
    world.pass(1_000);
    PolicySchedule applied = awaitOver(raised);
    PolicySchedule refused = awaitOver(tight);
    pipeline.settle();

    // then
    assertThat(applied.getState()).isEqualTo(PolicyScheduleState.APPLIED);
    assertThat(applied.getEndedAtMs()).isEqualTo(at.toEpochMilli());
    assertThat(eleventh(ANNA, "after")).isEqualTo("PERMIT_GRANTED");
    assertThat(refused.getState()).isEqualTo(PolicyScheduleState.REFUSED);
    assertThat(refused.getOutcome())
        .contains("Account " + BERT)
        .contains("10 open positions and reservations, beyond maxPositions = 9 (in force: 10)");
    assertThat(eleventh(BERT, "after")).isEqualTo("POSITION_LIMIT");
    assertToldOf(raised, withdrawn, waiting);

    // when both consoles have passed a later step
    String last = schedule("max_positions=21 --at 1s --account " + ANNA);
    world.pass(1_000);
    awaitOver(last);

    // then nothing was written twice, and what was withdrawn never was
    assertThat(positionsByVersion(ANNA)).containsExactly(20, 21);
    assertThat(scheduled(withdrawn).getState()).isEqualTo(PolicyScheduleState.WITHDRAWN);
    assertThat(positionsByVersion(BERT)).isEmpty();
  }

  private void assertToldOf(String applied, String withdrawn, String waiting) {
    assertThat(run("policy withdraw %s --reason late".formatted(applied))).isEqualTo(3);
    assertThat(err).contains("does not wait any more: APPLIED as version 1");
    assertThat(run("policy withdraw nothing --reason late")).isEqualTo(2);
    assertThat(run("policy scheduled --account " + BERT)).isZero();
    assertThat(out)
        .contains("REFUSED at ")
        .contains("WAITING for 1 closed trade (now 0)")
        .doesNotContain(applied);
    assertThat(out.lines()).allMatch(line -> line.length() <= 80);
    assertThat(run("policy show maxPositions --account " + BERT)).isZero();
    assertThat(said()).contains("Scheduled: " + waiting + " changes ").doesNotContain(withdrawn);
    assertThat(run("policy history --account " + BERT)).isZero();
    assertThat(said()).contains("Still to come: " + waiting);
  }

  @Test
  void shouldTakeAChangeFromThePageForOneAccount() throws Exception {
    // given
    await().atMost(PATIENCE).until(() -> get("/health/ready").statusCode() == 200);

    // when
    HttpResponse<String> answer =
        post(
            "{\"kind\":\"SCHEDULE\",\"name\":\"%s\",\"changes\":[\"max_positions=11\"],"
                    .formatted(DORA)
                + "\"reason\":\"from the page\"}");

    // then at the next step of the clock
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = JSON.readTree(answer.body()).get("given").asText().substring(0, 8);
    await().atMost(PATIENCE).until(() -> get("/api/policy/scheduled").body().contains(id));
    world.pass(1_000);
    assertThat(awaitOver(id).getState()).isEqualTo(PolicyScheduleState.APPLIED);
    pipeline.settle();
    assertThat(eleventh(DORA, "after")).isEqualTo("PERMIT_GRANTED");
    assertThat(eleventh(CARL, "after")).isEqualTo("POSITION_LIMIT");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode row =
                  JSON.readTree(get("/api/policy/scheduled?account=" + DORA).body()).get(0);
              assertThat(row.get("state").asText()).isEqualTo("APPLIED");
              assertThat(row.get("version").asLong()).isEqualTo(1);
            });
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return answered(HttpRequest.newBuilder(URI.create(page).resolve(path)));
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return answered(
        HttpRequest.newBuilder(URI.create(page).resolve("/api/policy/orders"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + TOKEN)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> answered(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
