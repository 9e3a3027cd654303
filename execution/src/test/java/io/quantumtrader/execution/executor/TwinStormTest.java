package io.quantumtrader.execution.executor;

import static io.quantumtrader.execution.executor.CrashWorld.BTC;
import static io.quantumtrader.execution.executor.CrashWorld.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an exchange does to its clients on a bad day, one thing at a time, to two accounts of one
 * executor. After each: every plan has one final result, the results come to what the twin has,
 * each trade is booked once, and what is open has its stop and its target. The clock goes on only
 * when it is told to.
 */
final class TwinStormTest {

  private static final long GOOD_FOR_MS = 600_000;
  private static final int MOST_STEPS = 400;

  /** Enough for a look at the account (10 s), and for asking what a stream did not tell (5 s). */
  private static final int QUIET_STEPS = 25;

  /** As in {@link TwinCrashTest}. */
  private static final long BARE_AT_MOST_MS = 60_000;

  private CrashWorld world;
  private int number;

  @BeforeEach
  void begin() throws IOException {
    world = new CrashWorld(7);
    // The first step takes the accounts up, and with them their streams.
    world.step();
    awaitStreams();
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void shouldHoldBackAsLongAsA429Says() {
    // given
    openBoth();
    world.twin().faults().next("", "/", RestFault.limited(429, 7), 1);

    // when
    close("main");
    enter("second", ETH);
    settle();

    // then
    assertThat(world.twin().faults().waiting()).isZero();
    assertSound();
    assertThat(outcomes(ResultOutcome.FILLED)).isEqualTo(4);
  }

  @Test
  void shouldCloseAndProtectWhileA429HoldsTheRestBack() {
    // given: a minute in which nothing but exits goes on
    openBoth();
    enter("main", ETH);
    enter("second", ETH);
    settle();
    long fromMs = world.nowMs();
    world.twin().faults().next("", "/", RestFault.limited(429, 60), 1);

    // when
    close("main");
    close("second");
    enter("second", ETH);
    CrashWorld.ACCOUNTS.forEach(account -> world.stops().cancel(account, ETH));
    while (world.nowMs() < fromMs + 45_000) {
      world.step();
    }

    // then
    assertThat(world.twin().faults().waiting()).isZero();
    for (String account : CrashWorld.ACCOUNTS) {
      assertThat(world.twin().state().amount(account, BTC)).as(account).isZero();
      assertThat(world.booked(account, BTC)).as(account).isZero();
      assertThat(world.stops().rests(account, ETH)).as(account).isTrue();
    }
    assertThat(world.booked("second", ETH)).isEqualByComparingTo("0.2");
    settle();
    assertSound();
    assertThat(world.booked("second", ETH)).isEqualByComparingTo("0.4");
  }

  @Test
  void shouldAskNothingWhileItIsBanned() {
    // given
    openBoth();
    world.twin().faults().next("", "/", RestFault.limited(418, 30), 1_000);

    // when: the first request is answered with the ban, and each other one would be
    close("main");
    enter("second", ETH);
    steps(30);

    // then: only what was on its way from another thread may have been answered so too
    assertThat(world.twin().faults().waiting()).isBetween(997, 999);
    world.twin().faults().clear();
    settle();
    assertSound();
    assertThat(outcomes(ResultOutcome.FILLED)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000, -5_000})
  void shouldTradeOnWhenTheExchangesClockIsOff(long offMs) {
    // given
    openBoth();
    world.twin().faults().clockOffsetMs(offMs);

    // when
    enter("main", ETH);
    close("second");
    settle();
    WorldPlans.dip(world, BTC);
    world.twin().faults().clockOffsetMs(0);
    enter("second", ETH);
    settle();

    // then
    assertSound();
    assertThat(outcomes(ResultOutcome.FILLED)).isEqualTo(6);
    assertThat(origins(ResultOrigin.STOP)).isEqualTo(1);
  }

  @Test
  void shouldLetLapseWhatWaitedTooLongBehindSilence() {
    // given: an order that is lost, and that keeps the executor for 30 s
    world.twin().faults().next("POST", "/fapi/v1/order", RestFault.cut(false), 1);
    world.slow(30_000);

    // when: one plan in fifty has a permit that outlives it
    for (int i = 0; i < 1_000; i++) {
      String account = CrashWorld.ACCOUNTS.get(i % 2);
      long goodForMs = i % 50 >= 48 ? GOOD_FOR_MS : 20_000;
      ApplyPlan.Builder plan = WorldPlans.entry(++number, account, i % 4 < 2 ? BTC : ETH);
      world.plan(WorldPlans.granted(plan, world.nowMs(), goodForMs));
    }
    settle();

    // then
    assertSound();
    assertThat(outcomes(ResultOutcome.FILLED)).isEqualTo(40);
    assertThat(world.results())
        .filteredOn(each -> each.getOutcome() == ResultOutcome.LAPSED)
        .hasSize(960)
        .allMatch(each -> each.getCode().equals(ReasonCode.PERMIT_LAPSED.name()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ORDER_TRADE_UPDATE",
        "TRADE_LITE",
        "ACCOUNT_UPDATE",
        "ALGO_UPDATE",
        "ACCOUNT_CONFIG_UPDATE"
      })
  void shouldMissNothingWhereTheUserStreamIsCut(String type) {
    // given
    world.twin().faults().streams().cutAt(type);

    // when
    openBoth();
    WorldPlans.dip(world, BTC);
    enter("main", ETH);
    settle();

    // then
    assertThat(world.twin().faults().streams().isCutWanted()).isFalse();
    awaitStreams();
    assertSound();
    assertThat(origins(ResultOrigin.STOP)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldGoOnWithAnotherListenKey(boolean told) {
    // given: the end of the key is told by an event, or by the refusal to keep it alive
    openBoth();
    world.twin().faults().streams().lose(told ? 0 : 1);
    world.twin().expireListenKey("main");
    world.twin().faults().streams().lose(0);

    // when
    WorldPlans.dip(world, BTC);
    world.step(TimeUnit.MINUTES.toMillis(31));
    enter("main", ETH);
    settle();

    // then
    awaitStreams();
    assertSound();
    assertThat(origins(ResultOrigin.STOP)).isEqualTo(2);
  }

  @Test
  void shouldBookOnceWhatIsToldTwiceAndOutOfOrder() {
    // given
    world.twin().faults().streams().random(0.4, 0.4);

    // when
    openBoth();
    enter("main", ETH);
    enter("second", ETH);
    settle();
    world.twin().closeByHand("second", ETH, new BigDecimal("0.5"));
    WorldPlans.dip(world, BTC);
    settle();

    // then
    assertSound();
    assertThat(origins(ResultOrigin.STOP)).isEqualTo(2);
    assertThat(origins(ResultOrigin.FOREIGN)).isEqualTo(1);
  }

  @Test
  void shouldBookEachOfFiftyParts() {
    // given
    world.twin().matching(faults -> faults.parts(50));

    // when
    plan(WorldPlans.entry(++number, "main", BTC, "0.05"));
    plan(WorldPlans.entry(++number, "second", ETH, "1"));
    settle();
    WorldPlans.dip(world, BTC);
    settle();

    // then: two entries, and a stop
    assertSound();
    assertThat(outcomes(ResultOutcome.FILLED) + outcomes(ResultOutcome.PARTIALLY_FILLED))
        .isEqualTo(150);
    assertThat(origins(ResultOrigin.STOP)).isEqualTo(50);
  }

  @Test
  void shouldBookALiquidation() {
    // given
    openBoth();

    // when
    world.twin().liquidate("main", BTC);
    settle();

    // then
    assertSound();
    assertThat(origins(ResultOrigin.LIQUIDATION)).isEqualTo(1);
    assertThat(world.booked("main", BTC)).isZero();
    assertThat(world.booked("second", BTC)).isPositive();
  }

  @Test
  void shouldKeepTheStopOfWhatTheTraderLeavesOpen() {
    // given
    openBoth();

    // when
    world.twin().closeByHand("main", BTC, new BigDecimal("0.5"));
    settle();

    // then
    assertSound();
    assertThat(origins(ResultOrigin.FOREIGN)).isEqualTo(1);
    assertThat(world.booked("main", BTC)).isEqualByComparingTo("0.005");
    WorldPlans.dip(world, BTC);
    settle();
    assertSound();
    assertThat(world.booked("main", BTC)).isZero();
  }

  /** Opens a long of each account, and sees that it is protected. */
  private void openBoth() {
    enter("main", BTC);
    enter("second", BTC);
    settle();
    assertSound();
  }

  private void enter(String account, String symbol) {
    plan(WorldPlans.entry(++number, account, symbol));
  }

  private void close(String account) {
    plan(WorldPlans.close(++number, account, BTC, world.booked(account, BTC)));
  }

  private void plan(ApplyPlan.Builder plan) {
    world.plan(WorldPlans.granted(plan, world.nowMs(), GOOD_FOR_MS));
  }

  /** Goes on until each plan is answered, and all that follows is done. */
  private void settle() {
    for (int step = 0; step < MOST_STEPS && answered() < world.plans().size(); step++) {
      world.step();
    }
    steps(QUIET_STEPS);
  }

  private void steps(int count) {
    for (int step = 0; step < count; step++) {
      world.step();
    }
  }

  private long answered() {
    return world.results().stream()
        .filter(each -> each.getFinalResult() && each.getOrigin() == ResultOrigin.PLAN)
        .count();
  }

  private long outcomes(ResultOutcome outcome) {
    return count(world.results().stream().map(ApplyResult::getOutcome).toList(), outcome);
  }

  private long origins(ResultOrigin origin) {
    return count(world.results().stream().map(ApplyResult::getOrigin).toList(), origin);
  }

  private static <T> long count(List<T> all, T wanted) {
    return all.stream().filter(wanted::equals).count();
  }

  private void assertSound() {
    WorldChecks.assertSound(world);
    assertThat(world.longestBareMs()).as(world.describe()).isLessThanOrEqualTo(BARE_AT_MOST_MS);
  }

  private void awaitStreams() {
    await(world::isStreaming);
  }

  /** Streams connect on threads of their own; ten seconds are for a machine that is very busy. */
  private static void await(BooleanSupplier condition) {
    long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean() && System.nanoTime() < untilNs) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    assertThat(condition.getAsBoolean()).as("the user streams stand").isTrue();
  }
}
