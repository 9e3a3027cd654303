package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Sizing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pipeline on paper with two accounts, positions, an order under way, a policy and a lock of its
 * operator's: saved, deleted, restored elsewhere and started, it goes on where it stopped.
 */
@Tag("real")
public final class BackupOfPipelineTest {

  /** The section of the runbook that this starts for real. */
  public static final String TROUBLE = "Data are lost";

  private static final List<String> ACCOUNTS = List.of("main", "second");

  /** Not each of them is among the ten that may be opened. */
  private static final List<String> SYMBOLS =
      List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "DOGEUSDT", "SUIUSDT", "NEARUSDT", "XRPUSDT");

  private static final String LOCKED = "BNBUSDT";
  private static final String POLICY = "quantum:policy:current";

  @TempDir private Path directory;

  /** Orders take longer to the market than a stop takes, so that one is under way at the stop. */
  private static List<String> on(Path data) {
    return List.of(
        "--data",
        data.toString(),
        "--accounts",
        String.join(",", ACCOUNTS),
        "--without",
        "agent",
        "--latency",
        "6000");
  }

  /** What a pipeline was at its end, read while it ran. */
  private record Seen(
      Map<String, String> records,
      Map<String, String> schemas,
      String policy,
      String control,
      Map<String, String> redis) {}

  @Test
  void shouldGoOnWhereItStoppedInAnotherDirectory() throws Exception {
    // given
    Path data = directory.resolve("data");
    Path archive = directory.resolve("monday.backup");
    Seen before;
    try (DemoRun run = new DemoRun(on(data))) {
      run.awaitFed();
      run.command("policy", "set", "maxPositions=7", "--reason", "test");
      run.command("control", "lock", LOCKED, "--entries", "--reason", "test");
      openBoth(run);
      before = seen(run);

      // then a directory that is used cannot be saved
      CommandRun early = CommandRun.of("backup", "--data", data, "--out", archive);
      assertThat(early.code()).isEqualTo(1);
      assertThat(early.err()).hasLineCount(1).contains(" is in use by process ");
      assertThat(archive).doesNotExist();
    }

    // when
    Path elsewhere = directory.resolve("elsewhere");
    assertDone(CommandRun.of("backup", "--data", data, "--out", archive));
    deleteAll(data);
    assertDone(CommandRun.of("restore", archive, "--data", elsewhere));

    // then
    try (DemoRun again = new DemoRun(on(elsewhere))) {
      again.awaitFed();
      assertThat(again.said()).contains("  restored from the backup of 2");
      assertThat(again.said()).as("on paper nothing went on").doesNotContain("nothing is opened");
      assertSame(again, before);
      assertEachPlanOnce(again);
      assertIntentsAreKnown(again);
      assertRedisIsRebuilt(again, before);
    }
  }

  /** Asks for positions until each account has one, and one more order is under way. */
  private static void openBoth(DemoRun run) throws InterruptedException {
    int[] asked = {0};
    run.await(
        () -> {
          List<ApplyResult> results = TwinBooks.read(run.endpoints()).results();
          Set<String> filled =
              results.stream()
                  .filter(each -> each.getOrigin() == ResultOrigin.PLAN && each.getFill() != null)
                  .map(ApplyResult::getAccount)
                  .collect(Collectors.toSet());
          if (filled.containsAll(ACCOUNTS) && !underWay(results).isEmpty()) {
            return true;
          }
          ask(run, asked[0]++);
          return false;
        });
  }

  private static void ask(DemoRun run, int number) {
    for (String account : ACCOUNTS) {
      String symbol = SYMBOLS.get(number % SYMBOLS.size());
      run.send(account, symbol, "asked-" + number, IntentAction.BUY, Sizing.NOTIONAL, "300", 2);
    }
  }

  private static Set<String> underWay(List<ApplyResult> results) {
    Set<String> plans = new HashSet<>();
    results.stream()
        .filter(each -> each.getOutcome() == ResultOutcome.SUBMITTING)
        .forEach(each -> plans.add(each.getPlanId()));
    results.stream()
        .filter(ApplyResult::getFinalResult)
        .forEach(each -> plans.remove(each.getPlanId()));
    return plans;
  }

  private static Seen seen(DemoRun run) throws Exception {
    Map<String, String> records = LedgerRecords.read(run.endpoints());
    return new Seen(
        records,
        schemaIds(run),
        policy(run),
        run.command("control", "show", "--json"),
        ofRedis(run));
  }

  /** Its age is another each time. */
  private static String policy(DemoRun run) {
    return run.command("policy", "show", "--json").replaceAll("\"ageMs\":\\d+,", "");
  }

  private static Map<String, String> schemaIds(DemoRun run) throws Exception {
    Map<String, String> ids = new TreeMap<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String subjects = asked(http, run, "/subjects");
      for (String subject : subjects.replaceAll("[\\[\\]\"]", "").split(",", -1)) {
        String latest = asked(http, run, "/subjects/" + subject + "/versions/latest");
        ids.put(subject, latest.replaceAll(".*\"id\":(\\d+).*", "$1"));
      }
    }
    return ids;
  }

  private static String asked(HttpClient http, DemoRun run, String path)
      throws IOException, InterruptedException {
    URI at = URI.create(run.endpoints().registryUrl() + path);
    return http.send(HttpRequest.newBuilder(at).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static Map<String, String> ofRedis(DemoRun run) {
    return onRedis(run, redis -> new TreeMap<>(redis.hgetall(POLICY)));
  }

  private static <T> T onRedis(
      DemoRun run, java.util.function.Function<RedisCommands<String, String>, T> asked) {
    RedisClient client = RedisClient.create(run.redisUri());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return asked.apply(connection.sync());
    } finally {
      client.shutdown();
    }
  }

  private static void assertSame(DemoRun again, Seen before) throws Exception {
    Map<String, String> records = LedgerRecords.read(again.endpoints());
    assertThat(before.records()).hasSizeGreaterThan(20);
    assertThat(records).containsAllEntriesOf(before.records());
    assertThat(schemaIds(again)).isEqualTo(before.schemas()).hasSizeGreaterThan(10);
    assertThat(policy(again)).isEqualTo(before.policy()).contains("\"maxPositions\":7");
    assertThat(again.command("control", "show", "--json"))
        .isEqualTo(before.control())
        .contains(LOCKED);
    assertThat(ofRedis(again)).isEqualTo(before.redis()).isNotEmpty();
  }

  /** Every plan has one end, and none was filled twice; what the exchange has the ledger has. */
  private static void assertEachPlanOnce(DemoRun again) throws InterruptedException {
    again.await(() -> underWay(TwinBooks.read(again.endpoints()).results()).isEmpty());
    List<ApplyResult> results =
        TwinBooks.read(again.endpoints()).results().stream()
            .filter(each -> each.getOrigin() == ResultOrigin.PLAN)
            .toList();
    assertThat(results.stream().filter(ApplyResult::getFinalResult))
        .extracting(ApplyResult::getPlanId)
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(results.stream().filter(each -> each.getFill() != null))
        .extracting(ApplyResult::getPlanId)
        .doesNotHaveDuplicates();
    assertThat(results.stream().filter(each -> each.getFill() != null))
        .extracting(each -> each.getFill().getFillId())
        .doesNotHaveDuplicates();
    again.await(() -> ACCOUNTS.stream().allMatch(account -> agrees(again, account)));
  }

  private static boolean agrees(DemoRun run, String account) {
    return TwinBooks.read(run.endpoints()).positionsAgree(account);
  }

  /** The same id, made anew: it was decided before the backup, so it is decided no more. */
  private static void assertIntentsAreKnown(DemoRun again) throws InterruptedException {
    ask(again, 0);
    again.await(
        () ->
            TwinBooks.read(again.endpoints())
                .codes()
                .keySet()
                .containsAll(List.of("main INTENT_DUPLICATE", "second INTENT_DUPLICATE")));
    again.send("main", LOCKED, "locked", IntentAction.BUY, Sizing.NOTIONAL, "300", 2);
    again.await(() -> TwinBooks.read(again.endpoints()).codes().containsKey("main SYMBOL_LOCKED"));
  }

  private static void assertRedisIsRebuilt(DemoRun again, Seen before) {
    Set<String> ledgers = ledgersInRedis(again);
    assertThat(ledgers)
        .anyMatch(key -> key.startsWith("quantum:position:ledger:"))
        .anyMatch(key -> key.startsWith("quantum:second:position:ledger:"));
    String unused = onRedis(again, RedisCommands::flushall);
    again.command("redis", "rebuild", "--redis", again.redisUri());
    assertThat(ofRedis(again)).isEqualTo(before.redis());
    assertThat(ledgersInRedis(again)).containsAll(ledgers);
  }

  private static Set<String> ledgersInRedis(DemoRun run) {
    return onRedis(run, redis -> Set.copyOf(redis.keys("*:position:ledger:*")));
  }

  private static void assertDone(CommandRun run) {
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static void deleteAll(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
