package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the command sets, stages that are never restarted act by, and say so. */
@Tag("real")
final class PolicyInForceTest {

  private static final List<String> SYMBOLS =
      List.of("BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT", "XRPUSDT");
  private static final String BTC = SYMBOLS.getFirst();

  private static RealPipeline pipeline;

  /** Five minutes past ten minutes, so that no test passes a full hour, when lists are made. */
  private static long nowMs = Records.NOW + 5 * Records.MINUTE;

  private static int tests;

  private String first;
  private String second;
  private World world;

  @BeforeAll
  static void startTheStages() throws Exception {
    pipeline = RealPipeline.fresh().startStages();
  }

  @AfterAll
  static void stopTheStages() {
    pipeline.close();
  }

  @BeforeEach
  void beginWithAccountsOfItsOwn() throws Exception {
    tests++;
    first = "first-" + tests;
    second = "second-" + tests;
    nowMs += 10 * Records.MINUTE;
    world = World.oneMore(pipeline, nowMs, List.of(first, second), SYMBOLS);
    world.begin();
  }

  @Test
  void shouldHoldEachAccountToItsOwnNumberOfPositionsFromTheNextDecisionOn() throws Exception {
    // given a limit of 3 for all and of 2 for one
    set("maxPositions=3", "--reason", "three for all");
    set("max_positions=2", "--account", second, "--reason", "two for one");
    long ofAll = version("default");

    // when each wants one more than that
    List<Decision> ofFirst = enter(first, 0, 4);
    List<Decision> ofSecond = enter(second, 0, 3);

    // then
    assertThat(codes(ofFirst))
        .containsExactly("PERMIT_GRANTED", "PERMIT_GRANTED", "PERMIT_GRANTED", "POSITION_LIMIT");
    assertThat(codes(ofSecond))
        .containsExactly("PERMIT_GRANTED", "PERMIT_GRANTED", "POSITION_LIMIT");
    assertThat(ofFirst).allSatisfy(decision -> isUnder(decision, "default", ofAll));
    assertThat(ofSecond).allSatisfy(decision -> isUnder(decision, second, 1));

    // when both are raised by one, while the stages run on
    set("maxPositions=4", "--reason", "one more for all");
    set("maxPositions=3", "--account", second, "--reason", "one more for one");

    // then each opens one more and no second one
    List<Decision> moreOfFirst = enter(first, 3, 5);
    List<Decision> moreOfSecond = enter(second, 2, 4);
    assertThat(codes(moreOfFirst)).containsExactly("PERMIT_GRANTED", "POSITION_LIMIT");
    assertThat(codes(moreOfSecond)).containsExactly("PERMIT_GRANTED", "POSITION_LIMIT");
    assertThat(moreOfFirst).allSatisfy(decision -> isUnder(decision, "default", ofAll + 1));
    assertThat(moreOfSecond).allSatisfy(decision -> isUnder(decision, second, 2));

    // when the one gives its own up
    succeed("policy", "reset", "--account", second, "--reason", "as all", "--wait", "0");

    // then the default holds for it
    List<Decision> asAll = enter(second, 3, 5);
    assertThat(codes(asAll)).containsExactly("PERMIT_GRANTED", "POSITION_LIMIT");
    assertThat(asAll).allSatisfy(decision -> isUnder(decision, "default", ofAll + 1));
    assertThat(pipeline.failedThreads()).isZero();
  }

  @Test
  void shouldHoldOrPassAnUnstableCloseAsTheClosePolicySays() throws Exception {
    // given two accounts with the same position, and a policy of its own for one
    world.enter(first, BTC);
    world.enter(second, BTC);
    set("closePolicy=risk_first", "--account", second, "--reason", "out at once");

    // when both are to be closed while that is unstable
    propose(first, 1);
    propose(second, 1);

    // then
    assertThat(world.plans(first)).hasSize(1);
    assertThat(only(first, "HEAT_HOLD").getVerdict()).isEqualTo(Verdict.DENIED);
    assertThat(world.plans(second)).hasSize(2);
    assertThat(world.plans(second).getLast().getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    isUnder(only(second, "CLOSE_GRANTED"), second, 1);
  }

  @Test
  void shouldOnlyRecordWhatTheHeatGateSaysWhileItIsInTheShadow() throws Exception {
    // given
    world.enter(first, BTC);
    set("heatMode=shadow", "--account", first, "--reason", "a look first");
    set("heatMode=shadow", "--account", second, "--reason", "a look first");

    // when an unstable close is proposed
    propose(first, 1);

    // then the gate says HOLD, and the close goes ahead all the same
    HarvestProposal calibrated = calibrated(first);
    assertThat(calibrated.getCalibration().getAction()).isEqualTo("HOLD");
    assertThat(calibrated.getCalibration().getMode()).isEqualTo("shadow");
    assertThat(calibrated.getCalibration().getCalibrated()).isFalse();
    assertThat(world.plans(first)).hasSize(2);

    // given the gate decides
    world.enter(second, BTC);
    set("heatMode=enforce", "--account", second, "--reason", "enough looked");

    // when
    propose(second, 1);

    // then
    assertThat(calibrated(second).getCalibration().getMode()).isEqualTo("enforce");
    assertThat(calibrated(second).getCalibration().getCalibrated()).isTrue();
    assertThat(world.plans(second)).hasSize(1);
    isUnder(only(second, "HEAT_HOLD"), second, 2);
  }

  @Test
  void shouldReckonWithNoRecordThatBreaksARule() throws Exception {
    // given one that somebody wrote by hand, beside a default that is good
    Policy loose =
        Policy.newBuilder().setName(first).setVersion(1).setMaxPositions(1_000_000).build();
    pipeline.send(Topic.POLICY, first, loose, nowMs);

    // when
    Decision decision = enter(first, 0, 1).getFirst();

    // then the default does not step in, and the command says why
    assertThat(decision.getCode()).isEqualTo("POLICY_MISSING");
    CommandRun shown = succeed("policy", "show", "maxPositions", "--account", first);
    assertThat(shown.err()).contains("maxPositions = 1000000 is above 1000", "POLICY_MISSING");

    // when it is mended
    set("maxPositions=5", "--account", first, "--reason", "mended");

    // then
    Decision mended = enter(first, 1, 2).getFirst();
    assertThat(mended.getCode()).isEqualTo("PERMIT_GRANTED");
    isUnder(mended, first, 2);
  }

  @Test
  void shouldNameTheFirstDecisionUnderIt() throws Exception {
    // when the command waits, and decisions are made while it does
    CompletableFuture<CommandRun> command =
        CompletableFuture.supplyAsync(
            () ->
                pipeline.run(
                    List.of(
                            "policy set maxPositions=7 --reason seven --wait 120 --account "
                                + first)
                        .stream()
                        .flatMap(line -> List.of(line.split(" ")).stream())
                        .toList()));
    Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(60))
        .until(() -> pipeline.table(Topic.POLICY, Policy.class).containsKey(first));
    Decision decision = enter(first, 0, 1).getFirst();

    // then
    CommandRun ended = command.get(180, TimeUnit.SECONDS);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains(first + ": version 1", "maxPositions", "-> 7");
    isUnder(decision, first, 1);
    assertThat(ended.err().replaceAll("\\s+", " "))
        .contains("In force since decision ", " of account " + first);
  }

  private static void isUnder(Decision decision, String name, long version) {
    assertThat(decision.getPolicyName()).isEqualTo(name);
    assertThat(decision.getPolicyVersion()).isEqualTo(version);
  }

  private static List<String> codes(List<Decision> decisions) {
    return decisions.stream().map(Decision::getCode).toList();
  }

  private static long version(String key) {
    return pipeline.table(Topic.POLICY, Policy.class).get(key).getVersion();
  }

  /** Wants to open these symbols, one after the other, and returns what was decided. */
  private List<Decision> enter(String account, int from, int to) throws InterruptedException {
    List<Decision> decisions = new ArrayList<>();
    for (String symbol : SYMBOLS.subList(from, to)) {
      String id = "%s-%s-%d".formatted(account, symbol, world.decisions(account).size());
      world.intend(id, account, symbol, IntentAction.OPEN_LONG, nowMs);
      pipeline.settle();
      decisions.add(world.decision(account, id));
    }
    return decisions;
  }

  private Decision only(String account, String code) {
    List<Decision> found =
        world.decisions(account).stream()
            .filter(decision -> decision.getCode().equals(code))
            .toList();
    assertThat(found).as(() -> world.decisions(account).toString()).hasSize(1);
    return found.getFirst();
  }

  private static HarvestProposal calibrated(String account) {
    return pipeline
        .table(Topic.HARVEST_CALIBRATED, HarvestProposal.class)
        .get(Accounts.key(account, BTC));
  }

  /** Proposes a full close that counts as unstable, at this R: too little for an override. */
  private static void propose(String account, double rNet) throws InterruptedException {
    HarvestProposal proposal =
        HarvestProposal.newBuilder()
            .setAccount(account)
            .setSymbol(BTC)
            .setPositionId(account + ":" + BTC + ":1")
            .setSide(PositionSide.LONG)
            .setAction("FULL_CLOSE_PROPOSED")
            .setTrigger(ExitTrigger.KILL_SCORE)
            .setShare(1.0)
            .setQuantity(new BigDecimal("2"))
            .setEntryPrice(new BigDecimal("100"))
            .setMarkPrice(new BigDecimal("100"))
            .setUnrealizedPnl(BigDecimal.ZERO)
            .setRNet(rNet)
            .setRiskUnit(1.5)
            .setCostEstimate(0.1)
            .setKillScore(0.756)
            .setKRegimeFlip(0)
            .setKSigmaSpike(0)
            .setKTsDrop(0)
            .setKAgePenalty(0)
            .setAgeMs(Records.MINUTE)
            .setAsOfMs(nowMs)
            .build();
    pipeline.send(Topic.HARVEST_PROPOSAL, Accounts.key(account, BTC), proposal, nowMs);
    pipeline.settle();
  }

  private static void set(String... words) {
    List<String> command = new ArrayList<>(List.of("policy", "set", "--wait", "0"));
    command.addAll(List.of(words));
    succeed(command.toArray(new String[0]));
  }

  private static CommandRun succeed(String... command) {
    CommandRun run = pipeline.run(List.of(command));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }
}
