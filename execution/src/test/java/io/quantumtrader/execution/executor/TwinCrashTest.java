package io.quantumtrader.execution.executor;

import static io.quantumtrader.schemas.avro.ResultOrigin.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.twin.core.TwinOrder;
import io.quantumtrader.execution.twin.core.TwinTrade;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Executors that crash, on an exchange whose answers get lost, by seed: whatever happens, each plan
 * is executed at most once and answered once, the results come to what the exchange has, and no
 * position is without a stop for long. {@code -Dquantum.crash.runs=200} runs as many seeds.
 */
final class TwinCrashTest {

  private static final int RUNS = Integer.getInteger("quantum.crash.runs", 20);
  private static final int FAULTY_STEPS = 90;
  private static final int QUIET_STEPS = 90;

  /**
   * What is waited for at the most: an order's way (16 s) before it is asked about, the look at the
   * account (10 s), and as much again where the answers to both are lost.
   */
  private static final long BARE_AT_MOST_MS = 60_000;

  private static long crashes;
  private static long stopped;

  @AfterAll
  static void shouldHaveCrashedAndBeenStoppedOut() {
    assertThat(crashes).as("crashes in %d runs", RUNS).isGreaterThan(RUNS);
    assertThat(stopped).as("stops that triggered in %d runs", RUNS).isGreaterThan(RUNS / 2);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, RUNS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldExecuteEachPlanOnceAndBookWhatTheExchangeDid(long seed) throws IOException {
    // given
    try (CrashWorld world = new CrashWorld(seed)) {
      Random random = new Random(-seed);
      List<ApplyPlan> plans = new ArrayList<>();
      world.crashShare(0.03);
      world.twin().faults().random(0.25);

      // when
      for (int step = 0; step < FAULTY_STEPS; step++) {
        if (step % 12 == 3) {
          plans.addAll(round(step, random, world));
          plans.subList(Math.max(0, plans.size() - 2), plans.size()).forEach(world::plan);
        }
        if (step % 20 == 15) {
          dip(random, world);
        }
        world.step();
      }
      world.crashShare(0);
      world.twin().faults().random(0);
      for (int step = 0; step < QUIET_STEPS; step++) {
        world.step();
      }

      // then
      crashes += world.crashes();
      stopped += world.results().stream().filter(each -> each.getOrigin() == STOP).count();
      assertAnsweredOnce(plans, world);
      assertOrderedOnce(world);
      assertBooked(world);
      assertThat(world.longestBareMs()).as(world.describe()).isLessThanOrEqualTo(BARE_AT_MOST_MS);
    }
  }

  /** Lets the price of a symbol fall through the stops, and come back. */
  private static void dip(Random random, CrashWorld world) {
    String symbol = random.nextBoolean() ? CrashWorld.BTC : CrashWorld.ETH;
    world.twin().price(symbol, new BigDecimal(isBtc(symbol) ? "57500" : "2880"));
    world.twin().price(symbol, new BigDecimal(isBtc(symbol) ? "60000" : "3000"));
  }

  /** Makes a plan for each account: an entry where it is flat, else a close or another stop. */
  private static List<ApplyPlan> round(int step, Random random, CrashWorld world) {
    List<ApplyPlan> plans = new ArrayList<>();
    for (String account : CrashWorld.ACCOUNTS) {
      String symbol = random.nextBoolean() ? CrashWorld.BTC : CrashWorld.ETH;
      int number = 100 * (step + 1) + CrashWorld.ACCOUNTS.indexOf(account);
      BigDecimal held = world.booked(account, symbol);
      ApplyPlan.Builder plan =
          held.signum() == 0
              ? entry(number, account, symbol)
              : random.nextBoolean()
                  ? close(number, account, symbol, held)
                  : moveStop(number, account, symbol, held);
      plan.setCreatedAtMs(world.nowMs());
      plan.setPermit(
          Permit.newBuilder(plan.getPermit())
              .setGrantedAtMs(world.nowMs())
              .setExpiresAtMs(world.nowMs() + 60_000)
              .build());
      plans.add(plan.build());
    }
    return plans;
  }

  private static boolean isBtc(String symbol) {
    return symbol.equals(CrashWorld.BTC);
  }

  private static ApplyPlan.Builder entry(int number, String account, String symbol) {
    return Plans.plan(
            number,
            account,
            symbol,
            OrderSide.BUY,
            PlanAction.ENTRY,
            isBtc(symbol) ? "0.01" : "0.2")
        .setStopPrice(new BigDecimal(isBtc(symbol) ? "58000" : "2900"))
        .setTargetPrice(new BigDecimal(isBtc(symbol) ? "70000" : "3500"));
  }

  private static ApplyPlan.Builder close(
      int number, String account, String symbol, BigDecimal held) {
    return Plans.plan(
        number, account, symbol, OrderSide.SELL, PlanAction.FULL_CLOSE, held.toPlainString());
  }

  private static ApplyPlan.Builder moveStop(
      int number, String account, String symbol, BigDecimal held) {
    return Plans.plan(
            number, account, symbol, OrderSide.SELL, PlanAction.UPDATE_SL, held.toPlainString())
        .setStopPrice(new BigDecimal(isBtc(symbol) ? "58500" : "2950"));
  }

  private static void assertAnsweredOnce(List<ApplyPlan> plans, CrashWorld world) {
    assertThat(world.results())
        .as(world.describe())
        .filteredOn(ApplyResult::getFinalResult)
        .filteredOn(result -> result.getOrigin() == ResultOrigin.PLAN)
        .extracting(ApplyResult::getPlanId)
        .containsExactlyInAnyOrderElementsOf(plans.stream().map(ApplyPlan::getPlanId).toList());
    assertThat(world.results())
        .as("no fill is booked twice")
        .filteredOn(result -> result.getFill() != null)
        .extracting(result -> result.getAccount() + result.getFill().getFillId())
        .doesNotHaveDuplicates();
  }

  /** A plan that was executed has one order on the exchange, one that was not has none. */
  private static void assertOrderedOnce(CrashWorld world) {
    for (String account : CrashWorld.ACCOUNTS) {
      List<String> executed =
          world.results().stream()
              .filter(each -> each.getAccount().equals(account))
              .filter(each -> each.getOrigin() == ResultOrigin.PLAN && each.getFill() != null)
              .filter(each -> each.getOutcome() == ResultOutcome.FILLED)
              .map(each -> ClientOrderIds.of(each.getPlanId()))
              .distinct()
              .toList();
      List<String> ordered =
          world.twin().state().orders(account).stream()
              .filter(order -> order.executed().signum() > 0 && order.algoId() == 0)
              .map(TwinOrder::clientOrderId)
              .toList();
      assertThat(ordered).as(world.describe()).containsExactlyInAnyOrderElementsOf(executed);
    }
  }

  private static void assertBooked(CrashWorld world) {
    for (String account : CrashWorld.ACCOUNTS) {
      for (String symbol : List.of(CrashWorld.BTC, CrashWorld.ETH)) {
        assertThat(world.booked(account, symbol))
            .as("%s %s\n%s", account, symbol, world.describe())
            .isEqualByComparingTo(world.twin().state().amount(account, symbol));
      }
      List<String> trades =
          world.twin().state().trades(account).stream().map(TwinCrashTest::fillId).toList();
      assertThat(world.results())
          .as(world.describe())
          .filteredOn(each -> each.getAccount().equals(account) && each.getFill() != null)
          .extracting(each -> each.getFill().getFillId())
          .containsExactlyInAnyOrderElementsOf(trades);
    }
  }

  private static String fillId(TwinTrade trade) {
    return trade.symbol() + ":" + trade.tradeId();
  }
}
