package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits that accounts with open positions are beyond already, and the way back to a version. */
@Tag("real")
final class PolicyLimitsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SYMBOLS = List.of("BNBUSDT", "BTCUSDT", "ETHUSDT", "SOLUSDT");

  private static RealPipeline pipeline;
  private static long nowMs = Records.NOW + 5 * Records.MINUTE;
  private static int tests;

  private String plain;
  private String own;
  private World world;
  private String out = "";
  private String err = "";

  @BeforeAll
  static void startTheStages() throws Exception {
    pipeline = RealPipeline.fresh().startStages();
  }

  @AfterAll
  static void stopTheStages() {
    pipeline.close();
  }

  /** Two accounts, of which one has a policy of its own and positions in three symbols. */
  @BeforeEach
  void openPositions() throws Exception {
    tests++;
    plain = "plain-" + tests;
    own = "own-" + tests;
    nowMs += 10 * Records.MINUTE;
    world = World.oneMore(pipeline, nowMs, List.of(plain, own), SYMBOLS);
    world.begin();
    assertThat(set("maxPositions=9 haltMs=5 --reason own --account " + own)).isZero();
    enterThree(own);
  }

  @Test
  void shouldRefuseALimitThatAnAccountIsBeyondUntilItIsMeant() throws Exception {
    // given the same positions in an account that the default holds for
    enterThree(plain);
    int records = pipeline.read(Topic.POLICY).size();
    long before = policy("default").getVersion();

    // when it is set for all who have none of their own
    int refused = set("maxPositions=2 --reason fewer --json");

    // then both numbers are said of the one that it would apply to, and nothing is written
    assertThat(refused).isEqualTo(2);
    assertThat(said())
        .contains("Account " + plain + " (2025-11-19T")
        .contains("open: BNBUSDT, BTCUSDT, ETHUSDT")
        .contains("3 open positions and reservations, beyond maxPositions = 2 (in force: 10)")
        .contains("Nothing is closed by it; entries are denied")
        .contains("1 limit of 1 account exceeded: nothing was written. Give --even-if-exceeded")
        .doesNotContain(own);
    assertThat(err.lines()).allMatch(line -> line.length() <= 80);
    JsonNode answer = JSON.readTree(out);
    assertThat(answer.get("written").asBoolean()).isFalse();
    assertThat(answer.get("exceeded")).hasSize(1);
    assertThat(answer.get("exceeded").get(0).get("account").asText()).isEqualTo(plain);
    assertThat(answer.get("exceeded").get(0).get("now").asText()).isEqualTo("3");
    assertThat(run("policy validate maxPositions=2")).isEqualTo(2);
    assertThat(out)
        .startsWith("default: would be refused without --even-if-exceeded, 1 limit of 1 account")
        .contains("Account " + plain);
    assertThat(out.lines()).allMatch(line -> line.length() <= 80);
    assertThat(set("maxPositions=2 --reason fewer --account " + own)).isEqualTo(2);
    assertThat(said()).contains("Account " + own, "(in force: 9)").doesNotContain(plain);
    assertThat(pipeline.read(Topic.POLICY)).hasSize(records);

    // when it is meant
    assertThat(set("maxPositions=2 --reason fewer --even-if-exceeded")).isZero();

    // then it is said and written, positions stay, and entries are denied
    assertThat(said()).contains("beyond maxPositions = 2", "it is written all the same");
    assertThat(policy("default").getVersion()).isEqualTo(before + 1);
    assertThat(intend(plain, SYMBOLS.getLast())).isEqualTo("POSITION_LIMIT");
    assertThat(world.portfolio(plain).getOpenPositions()).isEqualTo(3);

    // then an account that was beyond the limit already is no reason to refuse a tighter one
    assertThat(set("maxPositions=1 --reason fewer")).isZero();

    // when the default, which is tighter, would apply to the other again
    String reset = "policy reset --reason as-all --wait 0 --account " + own;
    assertThat(run(reset)).isEqualTo(2);

    // then
    assertThat(said()).contains("Account " + own, "beyond maxPositions = 1 (in force: 9)");
    assertThat(policy(own).getMaxPositions()).isEqualTo(9);
    assertThat(run(reset + " --even-if-exceeded")).isZero();
    assertThat(pipeline.table(Topic.POLICY, Policy.class)).doesNotContainKey(own);
    assertThat(run("policy rollback %d --reason back --wait 0".formatted(before))).isZero();
    assertThat(policy("default").getMaxPositions()).isEqualTo(10);
  }

  @Test
  void shouldGoBackToAVersionAsTheNextOne() throws Exception {
    // given two versions of an account, of which the first allows less than is open
    assertThat(set("maxPositions=2 haltMs=6 --reason two --even-if-exceeded --account " + own))
        .isZero();
    assertThat(set("maxPositions=8 --reason three --account " + own)).isZero();

    // when
    assertThat(run("policy diff 1 3 --json --account " + own)).isZero();

    // then
    assertThat(JSON.readTree(out).get("changed")).hasSize(2);
    assertThat(JSON.readTree(out).get("inForce").get("version").asLong()).isEqualTo(3);
    assertThat(run("policy diff 2 3 --account " + own)).isZero();
    assertThat(out)
        .containsPattern("(?m)^  maxPositions +2 -> 8$")
        .contains("version 3 is in force");

    // when it is to allow less than is open
    String rollback = "policy rollback %d --wait 0 --reason back --account " + own;
    assertThat(run(rollback.formatted(2))).isEqualTo(2);

    // then
    assertThat(said()).contains("beyond maxPositions = 2 (in force: 8)", "nothing was written");
    assertThat(policy(own).getVersion()).isEqualTo(3);
    assertThat(run(rollback.formatted(1) + " --expect-version 2")).isEqualTo(3);

    // when
    assertThat(run(rollback.formatted(1) + " --json")).isZero();

    // then the thresholds of the first are version 4, and the history has all
    JsonNode answer = JSON.readTree(out);
    assertThat(answer.get("version").asLong()).isEqualTo(4);
    assertThat(answer.get("written").asBoolean()).isTrue();
    assertThat(answer.get("exceeded")).isEmpty();
    assertThat(answer.get("changed")).hasSize(2);
    Policy written = policy(own);
    assertThat(written.getName()).isEqualTo(own);
    assertThat(written.getNote()).isEqualTo("back");
    assertThat(written.getMaxPositions()).isEqualTo(9);
    assertThat(written.getHaltMs()).isEqualTo(5);
    assertThat(versions(own)).containsExactly(1L, 2L, 3L, 4L);

    // when it is done again
    assertThat(run(rollback.formatted(1))).isZero();

    // then there is nothing to write
    assertThat(said()).contains("What version 1 of " + own + " says already applies. Nothing was");
    assertThat(versions(own)).hasSize(4);
  }

  @Test
  void shouldRefuseAVersionThatIsNotThereOrThatBreaksARule() {
    // given one that somebody wrote by hand, and a good one after it
    Policy loose =
        Policy.newBuilder().setName(own).setVersion(2).setMaxPositions(1_000_000).build();
    pipeline.send(Topic.POLICY, own, loose, nowMs);
    pipeline.flush();
    assertThat(set("maxPositions=7 --reason mended --account " + own)).isZero();

    // when, then
    assertThat(run("policy rollback 2 --reason back --account " + own)).isEqualTo(2);
    assertThat(said()).contains("maxPositions = 1000000 is above 1000", "nothing was written");
    for (String command : List.of("policy rollback 9 --reason back", "policy diff 1 9")) {
      assertThat(run(command + " --account " + own)).isEqualTo(2);
      assertThat(err.lines().toList().getLast())
          .contains(own + " has no version 9; choose one of 1 to 3");
    }
    assertThat(run("policy diff 1 2 --account " + plain)).isEqualTo(2);
    assertThat(err).contains(plain + " has no version 1; it has none at all");
    assertThat(versions(own)).containsExactly(1L, 2L, 3L);
  }

  private void enterThree(String account) throws InterruptedException {
    for (String symbol : SYMBOLS.subList(0, 3)) {
      enter(account, symbol);
    }
    assertThat(world.portfolio(account).getOpenPositions()).isEqualTo(3);
  }

  /** Opens a position: an entry that is granted and filled. */
  private void enter(String account, String symbol) throws InterruptedException {
    assertThat(intend(account, symbol)).isEqualTo("PERMIT_GRANTED");
    ApplyPlan plan = world.plans(account).getLast();
    pipeline.send(Topic.APPLY_RESULT, account, Records.filled(plan, nowMs), nowMs);
    pipeline.settle();
  }

  /** Returns the code of what was decided about an entry. */
  private String intend(String account, String symbol) throws InterruptedException {
    String id = account + "-" + symbol;
    world.intend(id, account, symbol, IntentAction.OPEN_LONG, nowMs);
    pipeline.settle();
    return world.decision(account, id).getCode();
  }

  private int set(String words) {
    return run("policy set --wait 0 " + words);
  }

  private int run(String command) {
    CommandRun run = pipeline.run(new ArrayList<>(List.of(command.split(" "))));
    out = run.out();
    err = run.err();
    return run.code();
  }

  private String said() {
    return err.replaceAll("\\s+", " ");
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
