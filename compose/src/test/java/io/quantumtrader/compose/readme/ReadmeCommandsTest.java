package io.quantumtrader.compose.readme;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.compose.containers.ComposeCommandsTest;
import io.quantumtrader.compose.readme.House.Run;
import io.quantumtrader.compose.up.UpExampleTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that the README tells people to type is typed, in a shell, at the root of a house
 * that is built; those that are not stand in a list, with the test that holds them.
 */
@Tag("real")
final class ReadmeCommandsTest {

  private static final Duration SOON = Duration.ofMinutes(2);

  private static final String UP = "./quantum up";

  private static final String UP_WITHOUT_TRADING =
      "./quantum up --data data --without executor,agent";

  private static final String ADD_INTENT =
      "redis-cli -a PASSWORD XADD quantum:stream:trade.intent '*' symbol BTCUSDT action BUY"
          + " position_usd 300 leverage 2";

  private static final String UP_ON_TWIN = "./quantum up --exchange twin --without agent";

  private static final String SMOKE = "./quantum smoke --symbol BTCUSDT --notional 50";

  private static final String OLD_REDIS = "redis://127.0.0.1:6379";

  /** Commands that need nothing but the house, with what they must have come to. */
  private static final Map<String, Expectation> ALONE =
      Map.ofEntries(
          entry("./quantum schemas check", ReadmeChecks::checked),
          entry(
              "./quantum schemas check --path schemas/history --level BACKWARD --json",
              ReadmeChecks::checkedAsJson),
          entry("./quantum schemas diff quantum.policy-value v1 v2", ReadmeChecks::sawDifferences),
          entry(
              "./quantum topology --format svg --out topology.svg", ReadmeCommandsTest::drewImage),
          entry(
              "./quantum replay --candles examples/candles --against killThreshold=0.85"
                  + " --against heatMode=shadow,maxPositions=3",
              run ->
                  assertThat(run.out())
                      .startsWith("variant ")
                      .contains(" inputs decided differently", "maxPositions: 10 -> 3")),
          entry(
              "./quantum replay --incident positions-without-close",
              run ->
                  assertThat(run.out())
                      .startsWith("45 positions and no close\n")
                      .containsPattern("(?m)^open at the end +45 +0$")),
          entry("./quantum topology --format describe", ReadmeChecks::described),
          entry("./quantum topology --check", ReadmeChecks::foundNoDifference),
          entry(
              "./quantum topology --from docs/topology/golden.json --json",
              ReadmeChecks::comparedAsJson));

  /** Commands for another terminal while {@link #UP} runs. */
  private static final Map<String, Expectation> BESIDE =
      Map.ofEntries(
          entry(
              "./quantum control state REDUCING --reason news",
              run -> {
                assertThat(run.out()).isEqualTo("all accounts: REDUCING (news)\n");
                assertThat(run.err()).contains("Pipeline up-", "The stages took it after ");
              }),
          entry(
              "./quantum pipelines",
              run -> assertThat(run.out()).contains(", account main\n", "  broker ", "  redis ")),
          entry(
              "./quantum intent BTCUSDT BUY 300 --leverage 2",
              run -> assertThat(run.out()).containsPattern("^(GRANTED|DENIED) [A-Z_]+: ")),
          entry(
              "./quantum control close BTCUSDT --reason news",
              run ->
                  assertThat(run.out() + run.err())
                      .containsPattern("1 closed, 0 left|nothing is open in BTCUSDT")),
          entry(
              "./quantum flatten --account main --reason maintenance",
              run -> assertThat(run.out()).endsWith(" closed, 0 left\n")),
          entry("./quantum control show", ReadmeChecks::showsWhatWasOrdered),
          entry("./quantum status", ReadmeChecks::toldHowItIs),
          entry(
              "./quantum positions",
              run ->
                  assertThat(run.out() + run.err())
                      // How wide the numbers are decides which columns there is room for.
                      .containsPattern("SYMBOL .*SIDE|Nothing is open")),
          entry(
              "./quantum trades --by exit",
              run ->
                  assertThat(run.out() + run.err())
                      .containsPattern("GROUP +TRADES|No trade was closed")),
          entry(
              "./quantum decisions --last 5",
              run -> assertThat(run.out()).containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d  ")),
          entry(
              "./quantum funnel",
              run -> assertThat(run.out()).containsPattern("(?m)^intents +[1-9]")),
          entry(
              "./quantum health",
              run -> assertThat(run.out()).containsPattern("^\\d+ (healthy|warning)\n")),
          entry("./quantum summary", ReadmeChecks::toldTheDay),
          entry("./quantum why --last --check", ReadmeChecks::toldWhy),
          entry(
              "./quantum dead-letters",
              run ->
                  assertThat(run.out() + run.err())
                      .containsPattern("PLACE +.*AGAIN|There are no such dead letters")),
          entry(
              "./quantum approvals list",
              run -> assertThat(run.err()).contains("No entry waits for a person.")),
          entry(
              "./quantum policy show",
              run ->
                  assertThat(run.out())
                      .startsWith("default: the default record, version 1, ")
                      .containsPattern("(?m)^  maxPositions +10$")),
          entry(
              "./quantum policy set maxPositions=20 --reason more-room",
              run ->
                  assertThat(run.out())
                      .startsWith("default: version 2\n")
                      .containsPattern("(?m)^  maxPositions +10 -> 20$")),
          entry(
              "./quantum policy set closePolicy=risk_first heatMode=shadow --account main"
                  + " --reason trial",
              run ->
                  assertThat(run.out())
                      .startsWith("main: version 1\n")
                      .containsPattern("heatMode +enforce -> shadow")),
          entry(
              "./quantum policy validate max_positions=30 heat_warm=0.3",
              run -> assertThat(run.out()).contains("default: would be valid", "20 -> 30")),
          entry(
              "./quantum policy reset --account main --reason trial-over",
              run -> assertThat(run.out()).startsWith("main: its own record is removed")),
          entry(
              "./quantum policy history",
              run -> assertThat(run.out()).contains("more-room", "main version 1", "main removed")),
          entry("./quantum policy diff 1 2", ReadmeChecks::comparedVersions),
          entry("./quantum policy rollback 1 --reason no-more-room", ReadmeChecks::wentBack),
          entry(
              "./quantum policy set max_positions=30 --at 7d --max-drawdown 5% --reason ramp",
              run -> assertThat(run.out()).contains("maxPositions=30", "WAITING for the time ")),
          entry(
              "./quantum policy scheduled",
              run -> assertThat(run.out()).contains("maxPositions=30", "WAITING for the time ")),
          entry(
              "./quantum topology --live",
              run -> assertThat(run.out()).containsPattern("processor bridge [1-9]\\d* → ")));

  /** Exit codes beside 0: a market that has just begun may let nothing be opened or closed. */
  private static final Map<String, Integer> OTHER_CODES =
      Map.of(
          "./quantum intent BTCUSDT BUY 300 --leverage 2", 3,
          "./quantum control close BTCUSDT --reason news", 1,
          "./quantum health", 3);

  /** Commands for another terminal while {@link #UP_WITHOUT_TRADING} runs. */
  private static final Map<String, Expectation> TAKING_OVER =
      Map.ofEntries(
          entry(
              "./quantum import redis --redis " + OLD_REDIS + " --dry-run",
              run ->
                  assertThat(run.out())
                      .contains("BTCUSDT  LONG 0.03 at 90000, leverage 5", "1 positions would be")),
          entry(
              "./quantum import redis --redis " + OLD_REDIS,
              run -> assertThat(run.out()).contains("1 positions written for account main")),
          entry(
              "./quantum backfill risk --account main",
              run -> assertThat(run.out()).contains("main BTCUSDT: initial stop ")));

  /** What another test holds. */
  private static final Map<String, Class<?>> HELD_ELSEWHERE =
      Map.of(UpExampleTest.COMMAND, UpExampleTest.class);

  @TempDir private static Path directory;
  private static House house;

  private static Page readme;

  /** What a command must have come to, besides the exit code 0. */
  private interface Expectation {
    void check(Run run) throws Exception;
  }

  @BeforeAll
  static void build() throws Exception {
    house = House.in(directory);
    readme = Page.of("README.md");
  }

  @AfterAll
  static void endWhatIsLeft() throws IOException {
    house.close();
  }

  @Test
  void shouldRunEveryCommandOfTheReadmeOrNameWhoHoldsIt() throws IOException {
    // given
    Set<String> typed =
        new LinkedHashSet<>(List.of(UP, UP_WITHOUT_TRADING, UP_ON_TWIN, SMOKE, ADD_INTENT));
    Stream.of(ALONE, BESIDE, TAKING_OVER, HELD_ELSEWHERE)
        .forEach(some -> typed.addAll(some.keySet()));

    // when
    Set<String> told = new LinkedHashSet<>();
    readme.lines().forEach(line -> told.add(Page.command(line)));
    Set<String> others = new HashSet<>(told);
    others.removeAll(typed);

    // then
    assertThat(told).containsAll(typed);
    assertThat(others).allMatch(ReadmeCommandsTest::isHeldInAnotherWay);
    List<String> mentioned = new ArrayList<>();
    for (String page : List.of("README.md", "CONTRIBUTING.md", "connectors/README.md")) {
      Page read = Page.of(page);
      mentioned.addAll(read.inline());
      if (!page.equals("README.md")) {
        read.lines().forEach(line -> mentioned.add(Page.command(line)));
      }
    }
    assertThat(mentioned)
        .allMatch(
            command ->
                isHeldInAnotherWay(command)
                    || told.stream().anyMatch(whole -> (whole + " ").startsWith(command + " ")));
  }

  private static boolean isHeldInAnotherWay(String command) {
    return ComposeCommandsTest.isOne(command) || NotTyped.covers(command);
  }

  @Test
  void shouldRunWhatNeedsNothingElse() throws Exception {
    runEach(ALONE, line -> line);
  }

  @Test
  void shouldRunWhatIsForAnotherTerminal() throws Exception {
    // given
    House.Started up = start(UP);
    try (OldServices redis = OldServices.at(redisOf(up))) {
      List<String> intent = house.words(line(ADD_INTENT));

      // when an intent arrives while everything may be opened
      String first = redis.add(intent);

      // then
      assertThat(redis.decision(first, SOON)).containsKeys("verdict", "code", "numbers");

      // when
      runEach(BESIDE, line -> line);
      String second = redis.add(intent);

      // then the pipeline holds it back, and says so where the README says
      Map<String, String> denied = redis.decision(second, SOON);
      assertThat(denied)
          .containsEntry("verdict", "DENIED")
          .containsEntry("code", "TRADING_REDUCING")
          .containsEntry("symbol", "BTCUSDT");
      assertThat(redis.result(denied.getOrDefault("plan_id", second), SOON))
          .containsEntry("executed", "false");
    }
    Run ended = up.interrupt();
    assertThat(ended.code()).as(ended.err()).isEqualTo(130);
    assertThat(ended.out()).containsPattern("(?m)^  intents +[1-9]").contains("TRADING_REDUCING");
  }

  @Test
  void shouldTradeOnceOnTheTwin() throws Exception {
    // given
    House.Started up = start(UP_ON_TWIN);

    // when
    Run smoke = house.run(line(SMOKE));

    // then
    assertThat(smoke.code()).as(smoke.out() + smoke.err()).isZero();
    assertThat(smoke.out())
        .contains("stop and target rest there", "Redis is flat")
        .doesNotContain("FAIL");
    assertThat(up.interrupt().code()).isEqualTo(130);
  }

  @Test
  void shouldTakeOverWhatIsOpen() throws Exception {
    // given a Redis that the old services left, and a pipeline that does not trade yet
    House.Started up = start(UP_WITHOUT_TRADING);
    try (OldServices old = OldServices.start(directory);
        OldServices own = OldServices.at(redisOf(up))) {
      old.leave("BTCUSDT", "0.03", "90000.0");

      // when
      runEach(
          TAKING_OVER,
          line -> {
            if (line.contains("backfill")) {
              own.awaitLedger("BTCUSDT", SOON);
            }
            return line.replace(OLD_REDIS, old.uri());
          });
    }

    // then
    assertThat(up.interrupt().code()).isEqualTo(130);
  }

  /** Types the lines of the README that are such commands, in its order. */
  private static void runEach(Map<String, Expectation> commands, Typing typing) throws Exception {
    for (String line : readme.lines()) {
      Expectation expected = commands.get(Page.command(line));
      if (expected != null) {
        Run run = house.run(typing.of(line));
        assertThat(run.code())
            .as(line + "\n" + run.err())
            .isIn(0, OTHER_CODES.getOrDefault(Page.command(line), 0));
        expected.check(run);
      }
    }
  }

  private interface Typing {
    String of(String line);
  }

  private static House.Started start(String command) throws IOException {
    House.Started up = house.start(line(command));
    await()
        .atMost(SOON)
        .failFast(() -> assertThat(up.isAlive()).as(up::err).isTrue())
        .until(() -> up.err().contains("Running. Ctrl-C ends it."));
    return up;
  }

  private static String line(String command) {
    return readme.lines().stream()
        .filter(line -> Page.command(line).equals(command))
        .findFirst()
        .orElseThrow();
  }

  private static String redisOf(House.Started up) {
    Matcher address = Pattern.compile("redis://[0-9.:]+").matcher(up.err());
    assertThat(address.find()).as(up.err()).isTrue();
    return address.group();
  }

  private static void drewImage(Run run) throws IOException {
    assertThat(run.err()).contains("written: topology.svg");
    assertThat(Files.readString(house.file("topology.svg"))).contains("<svg", "governor");
  }
}
