package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the policy against a real broker and registry. */
@Tag("real")
final class PolicyCommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static RealPipeline pipeline;

  private static int tests;

  /** A test's own account: versions of one that was used go on counting. */
  private String account;

  private String out = "";
  private String err = "";

  @BeforeAll
  static void open() {
    pipeline = RealPipeline.fresh();
  }

  @AfterAll
  static void close() {
    pipeline.close();
  }

  @BeforeEach
  void takeAnAccount() {
    account = "account-" + ++tests;
  }

  @Test
  void shouldWriteTheNextVersionWithReasonTimeAndName() throws Exception {
    // given
    long before = policy("default").getVersion();
    long fromMs = System.currentTimeMillis();

    // when
    assertThat(set("max_positions=20 closePolicy=risk_first --reason more")).isZero();

    // then
    Policy written = policy("default");
    assertThat(written.getName()).isEqualTo("default");
    assertThat(written.getVersion()).isEqualTo(before + 1);
    assertThat(written.getNote()).isEqualTo("more");
    assertThat(written.getCreatedAtMs()).isBetween(fromMs, System.currentTimeMillis());
    assertThat(written.getMaxPositions()).isEqualTo(20);
    assertThat(written.getClosePolicy()).isEqualTo("risk_first");
    assertThat(written.getHeatMode()).isEqualTo("enforce");
    assertThat(out)
        .contains("default: version " + (before + 1))
        .containsPattern("maxPositions +10 -> 20")
        .containsPattern("closePolicy +profit_override -> risk_first");
    assertThat(err).startsWith("Pipeline at " + pipeline.stack().bootstrapServers());
    set("maxPositions=10 closePolicy=profit_override --reason back");
  }

  @Test
  void shouldStartAnAccountFromWhatHoldsForItAndCountOnAfterAReset() throws Exception {
    // given
    set("maxPositions=9 --reason nine");
    long ofAll = policy("default").getVersion();

    // when
    set("haltMs=1 --reason mine", "--account", account);
    set("maxPositions=9 --reason nothing", "--account", account);

    // then
    assertThat(err.replaceAll("\\s+", " ")).contains("already", "Nothing was written");
    assertThat(policy(account).getVersion()).isEqualTo(1);
    assertThat(policy(account).getMaxPositions()).isEqualTo(9);
    assertThat(policy(account).getHaltMs()).isEqualTo(1);

    // when the default goes on, its own stays whole
    set("maxPositions=11 --reason eleven");
    assertThat(err.replaceAll("\\s+", " "))
        .contains("Accounts with their own policy are not affected: ")
        .contains(account);
    assertThat(run("policy", "show", "--account", account)).isZero();
    assertThat(out)
        .startsWith(account + ": its own record, version 1, ")
        .containsPattern("\\* haltMs +1  \\(default: 3600000\\)")
        .containsPattern("\\* maxPositions +9  \\(default: 11\\)")
        .containsPattern("(?m)^  permitMs +60000$");

    // when
    assertThat(run("policy", "reset", "--account", account, "--reason", "over", "--wait", "0"))
        .isZero();

    // then
    assertThat(pipeline.table(Topic.POLICY, Policy.class)).doesNotContainKey(account);
    run("policy", "show", "maxPositions", "--account", account, "--json");
    JsonNode shown = JSON.readTree(out);
    assertThat(shown.get("source").asText()).isEqualTo("DEFAULT");
    assertThat(shown.get("version").asLong()).isEqualTo(ofAll + 1);
    assertThat(run("policy", "reset", "--account", account, "--reason", "again")).isZero();
    assertThat(err.replaceAll("\\s+", " ")).contains("has no policy of its own. Nothing was");
    set("haltMs=2 --reason again", "--account", account);
    assertThat(policy(account).getVersion()).isEqualTo(2);
    set("maxPositions=10 --reason back");
  }

  @Test
  void shouldTellTheHistoryWithWhoWhyAndWhat() throws Exception {
    // given
    set("haltMs=5 --reason one", "--account", account);
    set("haltMs=6 maxPositions=4 --reason two", "--account", account);
    run("policy", "reset", "--account", account, "--reason", "three", "--wait", "0");

    // when
    assertThat(run("policy", "history", "--account", account, "--json")).isZero();

    // then
    List<JsonNode> told = new ArrayList<>();
    for (String line : out.lines().toList()) {
      told.add(JSON.readTree(line));
    }
    assertThat(told).hasSize(3);
    assertThat(told).extracting(each -> each.get("version").asLong()).containsExactly(1L, 2L, 0L);
    assertThat(told)
        .extracting(each -> each.get("reason").asText())
        .containsExactly("one", "two", "three");
    assertThat(told)
        .allSatisfy(
            each ->
                assertThat(each.get("setBy").asText()).isEqualTo(System.getProperty("user.name")));
    assertThat(told.get(1).get("changed").toString())
        .isEqualTo(
            "[{\"field\":\"maxPositions\",\"before\":\"10\",\"after\":\"4\"},"
                + "{\"field\":\"haltMs\",\"before\":\"5\",\"after\":\"6\"}]");
    assertThat(told.get(2).get("removed").asBoolean()).isTrue();
    run("policy", "history");
    assertThat(out)
        .contains("default version 1: The defaults of the schema")
        .contains(account + " version 2, by ")
        .contains(account + " removed, by ");
    assertThat(out.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void shouldRefuseAnotherVersionThanExpected() {
    // given
    set("haltMs=5 --reason one", "--account", account);

    // when
    int code = set("haltMs=6 --reason two --expect-version 2", "--account", account);

    // then
    assertThat(code).isEqualTo(3);
    assertThat(err)
        .contains("refused: somebody else changed the policy of " + account + " to version 1")
        .contains("./quantum policy show --account " + account);
    assertThat(policy(account).getHaltMs()).isEqualTo(5);
    assertThat(set("haltMs=6 --reason two --expect-version 1", "--account", account)).isZero();
    assertThat(set("haltMs=7 --reason x --expect-version 0", "--account", account)).isEqualTo(3);
  }

  @Test
  void shouldLetOneOfTwoWinEachTimeAndLeaveNoGap() throws Exception {
    // given
    set("haltMs=1000 --reason first", "--account", account);
    try (ExecutorService operators = Executors.newFixedThreadPool(2)) {
      for (int round = 1; round <= 5; round++) {
        List<Future<CommandRun>> both = new ArrayList<>();
        for (int each = 0; each < 2; each++) {
          String words =
              "policy set --wait 0 haltMs=%d --expect-version %d --reason round --account %s"
                  .formatted(1000 + 10 * round + each, round, account);
          both.add(operators.submit(() -> pipeline.run(List.of(words.split(" ")))));
        }

        // when
        List<CommandRun> ended = new ArrayList<>();
        for (Future<CommandRun> one : both) {
          ended.add(one.get(120, TimeUnit.SECONDS));
        }

        // then
        assertThat(ended)
            .as(ended.toString())
            .extracting(CommandRun::code)
            .containsExactlyInAnyOrder(0, 3);
      }
    }
    assertThat(versions(account)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void shouldSayEverythingThatIsWrongAndWriteNothing() throws Exception {
    // given
    long before = pipeline.read(Topic.POLICY).size();

    // when
    int code = set("maxPosition=3 maxPositions=0 heatWarm=0.9 --reason x --json");

    // then
    assertThat(code).isEqualTo(2);
    assertThat(err)
        .contains("the nearest is maxPositions")
        .contains("maxPositions = 0 is below 1")
        .contains("heatWarm = 0.9 must be below heatHot = 0.65")
        .contains("3 violations: nothing was written.");
    assertThat(err.lines()).allMatch(line -> line.length() <= 80);
    assertThat(JSON.readTree(out).get("violations")).hasSize(3);
    assertThat(pipeline.read(Topic.POLICY)).hasSize((int) before);
  }

  @Test
  void shouldCheckWithoutWriting(@TempDir Path directory) throws Exception {
    // given
    long before = pipeline.read(Topic.POLICY).size();
    Path lines = directory.resolve("policy.txt");
    Files.writeString(lines, "# more\nmaxPositions = 30\n\npermitMs=1 # too short\n");
    run("policy", "show", "--json");
    Path shown = directory.resolve("policy.json");
    Files.writeString(shown, out);

    // when, then
    assertThat(run("policy", "validate")).isZero();
    assertThat(out).contains("default: is valid");
    assertThat(run("policy", "validate", shown.toString())).isZero();
    assertThat(out).isEqualToIgnoringNewLines("default: would be valid");
    assertThat(run("policy", "validate", lines.toString(), "heatMode=maybe")).isEqualTo(2);
    assertThat(out)
        .contains("default: would be refused, 2 violations")
        .contains("permitMs = 1 is below 1000")
        .contains("heatMode = maybe is not one of enforce, shadow");
    assertThat(run("policy", "validate", directory.resolve("none").toString())).isEqualTo(2);
    assertThat(pipeline.read(Topic.POLICY)).hasSize((int) before);
  }

  @Test
  void shouldPassOverWhatCannotBeReadAndSayIt() {
    // given
    set("haltMs=5 --reason one", "--account", account);
    pipeline.sendBytes(Topic.POLICY, account, new byte[] {1, 2, 3}, 1);
    pipeline.flush();

    // when
    int code = set("haltMs=6 --reason two", "--account", account);

    // then
    assertThat(code).isZero();
    assertThat(err.replaceAll("\\s+", " "))
        .contains("Skipped the record of quantum.policy for " + account + " at offset ");
    assertThat(out).contains(account + ": version 2");
    assertThat(run("policy", "show", "haltMs", "--account", account)).isZero();
    assertThat(out).containsPattern("haltMs +6 ");
    // The other tests read values with a reader that passes over nothing.
    pipeline.close();
    pipeline = RealPipeline.fresh();
  }

  @Test
  void shouldSayWhatNoRecordMeans() {
    // given
    pipeline.forget(Topic.POLICY, "default");

    // when, then
    assertThat(run("policy", "show", "maxPositions")).isZero();
    assertThat(out).contains("default: there is no record");
    assertThat(run("policy", "validate")).isZero();

    // when
    set("maxPositions=10 --reason begin");

    // then it begins from the built-in one, even where that changes nothing
    assertThat(policy("default").getMaxPositions()).isEqualTo(10);
    assertThat(policy("default").getVersion()).isGreaterThan(1);
  }

  @Test
  void shouldSayWhatIsGone() {
    // given a record whose elder brothers were compacted away
    Policy third = Policy.newBuilder().setName(account).setVersion(3).build();
    pipeline.send(Topic.POLICY, account, third, 1);
    pipeline.flush();

    // when
    assertThat(run("policy", "history", "--account", account)).isZero();

    // then
    assertThat(err.replaceAll("\\s+", " ")).contains("Missing for " + account + ": version 1, 2.");
  }

  @Test
  void shouldScheduleNothingThatHasPassedOrBreaksARule() {
    // when, then
    assertThat(set("maxPositions=0 --reason x --at 8h")).isEqualTo(2);
    assertThat(err).contains("maxPositions = 0 is below 1", "1 violation: nothing was written.");
    assertThat(set("maxPositions=3 --reason x --at 2020-01-31T12:00:00Z")).isEqualTo(2);
    assertThat(err.replaceAll("\\s+", " "))
        .contains("--at 2020-01-31T12:00:00Z has passed by the pipeline's clock, ");
    assertThat(set("maxPositions=3 --reason x --at 8h --expect-version 77")).isEqualTo(3);
    assertThat(pipeline.read(Topic.POLICY_SCHEDULE)).isEmpty();
    assertThat(run("policy", "scheduled")).isZero();
    assertThat(err).contains("No change is scheduled.");
    assertThat(run("policy scheduled --waiting".split(" "))).isZero();
    assertThat(err).contains("No change waits.");
  }

  @Test
  void shouldHaveATopicThatKeepsEveryVersion() throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "quantum.policy");
    assertThat(
            pipeline
                .admin()
                .describeConfigs(List.of(topic))
                .all()
                .get(30, TimeUnit.SECONDS)
                .get(topic)
                .get("min.compaction.lag.ms")
                .value())
        .isEqualTo(Long.toString(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy set maxPositions=3",
        "policy set --reason x",
        "policy set maxPositions=3 --reason=",
        "policy set maxPositions=3 --reason x --account Main",
        "policy set maxPositions=3 --reason x --account default",
        "policy set maxPositions=3 --reason x --at yesterday",
        "policy set maxPositions=3 --reason x --after-days 0",
        "policy set maxPositions=3 --reason x --after-days 3651",
        "policy set maxPositions=3 --reason x --after-trades -1",
        "policy set maxPositions=3 --reason x --max-drawdown 5",
        "policy set maxPositions=3 --reason x --max-daily-loss 101%",
        "policy withdraw 0a1b2c3d",
        "policy withdraw 0a1b2c3d --reason=",
        "policy withdraw --reason x",
        "policy reset --reason x",
        "policy show maxPosition",
        "policy history --account *",
        "policy rollback 1",
        "policy rollback one --reason x",
        "policy diff 1",
        "policy"
      })
  void shouldSayInOneLineWhatIsWrong(String command) {
    long before = pipeline.read(Topic.POLICY).size();
    String[] words = command.split(" ");
    CommandRun run =
        words.length > 1 ? pipeline.run(List.of(words)) : CommandRun.of((Object[]) words);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("--help");
    assertThat(pipeline.read(Topic.POLICY)).hasSize((int) before);
  }

  @Test
  void shouldSayThatNobodyAnswers() {
    CommandRun run =
        CommandRun.of(
            "policy",
            "show",
            "--bootstrap-servers",
            "127.0.0.1:1",
            "--schema-registry",
            "http://127.0.0.1:1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("the policy topic cannot be read or written");
  }

  private int set(String words, String... more) {
    List<String> command = new ArrayList<>(List.of("policy", "set", "--wait", "0"));
    command.addAll(List.of(words.split(" ")));
    command.addAll(List.of(more));
    return run(command.toArray(new String[0]));
  }

  private int run(String... command) {
    CommandRun run = pipeline.run(List.of(command));
    out = run.out();
    err = run.err();
    return run.code();
  }

  private static Policy policy(String key) {
    return pipeline.table(Topic.POLICY, Policy.class).get(key);
  }

  private static List<Long> versions(String key) {
    return pipeline.values(Topic.POLICY, Policy.class).stream()
        .filter(policy -> policy.getName().equals(key))
        .map(Policy::getVersion)
        .toList();
  }
}
