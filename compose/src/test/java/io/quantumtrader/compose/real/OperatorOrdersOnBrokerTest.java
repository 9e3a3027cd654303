package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.console.order.Order;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Locks, reductions and tightened stops, from the command to the plan, on a real broker. */
@Tag("real")
final class OperatorOrdersOnBrokerTest {

  private static final String BTC = "BTCUSDT";

  private static RealPipeline pipeline;

  /** Five minutes past ten minutes, so that no test passes a full hour, when lists are made. */
  private static long nowMs = Records.NOW + 5 * Records.MINUTE;

  private static int tests;

  private String account;
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
  void beginWithAnAccountOfItsOwn() throws Exception {
    account = "order-" + ++tests;
    nowMs += 10 * Records.MINUTE;
    world = World.oneMore(pipeline, nowMs, List.of(account), List.of(BTC));
    world.begin();
  }

  @Test
  void shouldLockASymbolUntilTheClockHasPassedTheEnd() throws Exception {
    // given
    CommandRun run =
        later("control", "lock", "btcusdt", "--entries", "--until", "5m", "--reason", "news")
            .get(60, TimeUnit.SECONDS);
    assertThat(run.err()).contains("the lock is written, but no stages run there");
    String until = Instant.ofEpochMilli(nowMs + 5 * Records.MINUTE).toString();
    assertThat(run.out()).contains("lock BTCUSDT: entries until " + until + " (news)");

    // when
    world.intend("denied", account, BTC, IntentAction.OPEN_LONG, world.nowMs());
    pipeline.settle();

    // then
    assertThat(world.decision(account, "denied").getCode()).isEqualTo("SYMBOL_LOCKED");

    // when one thing is changed, the lock stays
    succeed("control", "state", "ACTIVE", "--account", account, "--no-wait");
    assertThat(show()).contains("lock BTCUSDT: entries until");

    // when the clock has passed the end
    refresh(5 * Records.MINUTE);
    assertThat(world.enter(account, BTC).getSymbol()).isEqualTo(BTC);
  }

  @Test
  void shouldUnlockWhatIsLockedAndSayWhereNothingIs() throws Exception {
    // given
    succeed("control", "lock", BTC, "--account", account, "--reason", "x", "--no-wait");

    // when
    succeed("control", "unlock", BTC, "--exits", "--account", account, "--no-wait");
    assertThat(show()).contains("lock BTCUSDT: entries (x)");
    succeed("control", "unlock", BTC, "--account", account, "--no-wait");

    // then
    CommandRun again = run("control", "unlock", BTC, "--account", account, "--no-wait");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err().replaceAll("\\s+", " "))
        .contains("entries and exits of BTCUSDT are not locked for account " + account);
    CommandRun mistyped = run("control", "lock", "BTCUSTD", "--reason", "x", "--no-wait");
    assertThat(mistyped.code()).isEqualTo(1);
    assertThat(mistyped.err()).contains("there is no instrument BTCUSTD");
  }

  /** A margin of 100 over 10000 is 1 %. */
  @Test
  void shouldReduceTheExposureAndSayWhatWasClosedAndWhatCameOfIt() throws Exception {
    // given
    world.enter(account, BTC);
    world.pass(1_000);
    CompletableFuture<CommandRun> reduced =
        later("control", "reduce", "--to-exposure", "0.4%", "--reason", "too much", "--wait", "90");
    written(control -> control.getReduces().size() == 1);

    // when
    world.pass(1_000);
    ApplyPlan close = world.plans(account).getLast();
    assertThat(close.getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
    assertThat(close.getQuantity()).isEqualByComparingTo("1.2");
    assertThat(close.getReason()).isEqualTo("too much");
    pipeline.send(Topic.APPLY_RESULT, account, Records.filled(close, nowMs), nowMs);
    world.pass(1_000);

    // then
    CommandRun run = reduced.get(120, TimeUnit.SECONDS);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            account + " BTCUSDT 2: closed 1.2 at 100",
            account + ": exposure 0.4 %, at most 0.4 % was ordered");
    assertThat(world.plans(account)).hasSize(2);
  }

  @Test
  void shouldTightenAStopAndRefuseOneThatIsNotTighter() throws Exception {
    // given
    ApplyPlan entry = world.enter(account, BTC);
    world.pass(1_000);
    String old = entry.getStopPrice().stripTrailingZeros().toPlainString();

    // then: what can be seen is refused before it is ordered
    CommandRun refused = run("control", "stop", BTC, old, "--reason", "x");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err().replaceAll("\\s+", " "))
        .contains("STOP_NOT_TIGHTER (newStop=" + old + ", stop=" + old + "); nothing was ordered");
    CommandRun beyond = run("control", "stop", BTC, "100", "--reason", "x");
    assertThat(beyond.err().replaceAll("\\s+", " "))
        .contains("STOP_BEYOND_MARKET (newStop=100, price=100); nothing was ordered");

    // when
    CompletableFuture<CommandRun> moved =
        later("control", "stop", BTC, "99.9", "--reason", "closer", "--wait", "90");
    written(control -> control.getStops().size() == 1);
    world.pass(1_000);
    ApplyPlan plan = world.plans(account).getLast();
    assertThat(plan.getAction()).isEqualTo(PlanAction.UPDATE_SL);
    assertThat(plan.getStopPrice()).isEqualByComparingTo("99.9");
    pipeline.send(Topic.APPLY_RESULT, account, protectedBy(plan), nowMs);
    pipeline.settle();

    // then
    CommandRun run = moved.get(120, TimeUnit.SECONDS);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(account + " BTCUSDT LONG 2: the stop is at 99.9\n");
    assertThat(world.ledger(account, BTC).getStopPrice()).isEqualByComparingTo("99.9");
  }

  @Test
  void shouldTakeTheSameOrdersFromThePage() throws Exception {
    // given
    ApplyPlan entry = world.enter(account, BTC);
    world.pass(1_000);
    String old = entry.getStopPrice().stripTrailingZeros().toPlainString();
    try (PageOrders page = PageOrders.of(pipeline)) {
      // then: what makes no sense is refused, and nothing is written
      assertThatThrownBy(() -> page.give(Order.Kind.STOP, account, BTC, old))
          .isInstanceOf(OrderRefusedException.class)
          .hasMessageContaining("STOP_NOT_TIGHTER");
      assertThatThrownBy(() -> page.give(Order.Kind.UNLOCK, account, BTC, ""))
          .isInstanceOf(OrderRefusedException.class)
          .hasMessageContaining("BTCUSDT is not locked");
      assertThatThrownBy(() -> page.give(Order.Kind.LOCK_EXITS, account, "BTCUSTD", ""))
          .isInstanceOf(OrderRefusedException.class)
          .hasMessageContaining("there is no instrument BTCUSTD");
      assertThatThrownBy(() -> page.give(Order.Kind.REDUCE, "nobody", "", "0.5"))
          .isInstanceOf(OrderRefusedException.class)
          .hasMessageContaining("there is no account 'nobody'");

      // when
      page.give(Order.Kind.STOP, account, BTC, "99.9");
      written(control -> control.getStops().size() == 1);
      world.pass(1_000);
      ApplyPlan stop = world.plans(account).getLast();
      pipeline.send(Topic.APPLY_RESULT, account, protectedBy(stop), nowMs);
      page.give(Order.Kind.LOCK_ENTRIES, account, BTC, "");
      page.give(Order.Kind.REDUCE, account, "", "0.004");
      written(control -> control.getReduces().size() == 1 && control.getLocks().size() == 1);
      world.pass(1_000);

      // then
      assertThat(stop.getAction()).isEqualTo(PlanAction.UPDATE_SL);
      assertThat(stop.getStopPrice()).isEqualByComparingTo("99.9");
      ApplyPlan close = world.plans(account).getLast();
      assertThat(close.getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
      assertThat(close.getQuantity()).isEqualByComparingTo("1.2");
      assertThat(close.getReason()).isEqualTo("by the page");

      // when
      page.give(Order.Kind.UNLOCK, account, BTC, "");

      // then
      written(control -> control.getLocks().isEmpty() && control.getStops().size() == 1);
    }
  }

  @Test
  void shouldWriteWhatThePageOrdersOfAllAccountsBesideWhatRedisWrites() throws Exception {
    try (PageOrders page = PageOrders.of(pipeline)) {
      // when
      page.give(Order.Kind.LOCK_ENTRIES, Accounts.ALL, BTC, "");

      // then: it holds in an account that it does not name
      written(Accounts.ALL_ORDERS, control -> control.getLocks().size() == 1);
      world.intend("locked", account, BTC, IntentAction.OPEN_LONG, world.nowMs());
      pipeline.settle();
      assertThat(world.decision(account, "locked").getCode()).isEqualTo("SYMBOL_LOCKED");

      // when
      page.give(Order.Kind.UNLOCK, Accounts.ALL, BTC, "");

      // then
      written(Accounts.ALL_ORDERS, control -> control.getLocks().isEmpty());
    }
  }

  private static ApplyResult protectedBy(ApplyPlan plan) {
    return ApplyResult.newBuilder(Records.filled(plan, nowMs))
        .setOutcome(ResultOutcome.PROTECTED)
        .setFilledQuantity(BigDecimal.ZERO)
        .setFill(null)
        .setTrigger(plan.getTrigger())
        .setStopPrice(plan.getStopPrice())
        .build();
  }

  private void refresh(long byMs) throws InterruptedException {
    world.wallets(List.of(account), nowMs + byMs);
    world.state(BTC, "100", nowMs + byMs);
    world.pass(byMs);
  }

  private void written(Predicate<Control> isIt) {
    written(account, isIt);
  }

  private static void written(String key, Predicate<Control> isIt) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              Control control = pipeline.table(Topic.CONTROL, Control.class).get(key);
              return control != null && isIt.test(control);
            });
  }

  private static String show() {
    return run("control", "show").out();
  }

  /** Runs a command for the account of the test. */
  private CompletableFuture<CommandRun> later(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--account", account));
    return CompletableFuture.supplyAsync(() -> pipeline.run(all));
  }

  private static CommandRun run(String... arguments) {
    return pipeline.run(List.of(arguments));
  }

  private static void succeed(String... arguments) {
    CommandRun ended = run(arguments);
    assertThat(ended.code()).as(ended.err()).isZero();
  }
}
