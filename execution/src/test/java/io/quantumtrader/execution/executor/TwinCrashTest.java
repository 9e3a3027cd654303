package io.quantumtrader.execution.executor;

import static io.quantumtrader.schemas.avro.ResultOrigin.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import java.io.IOException;
import java.math.BigDecimal;
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

  /** Beyond the receive window of 5 s, so that some of what comes late comes too late. */
  private static final long LATEST_MS = 6_000;

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
      world.crashShare(0.03);
      world.twin().faults().random(0.2);
      world.twin().faults().late(0.15, LATEST_MS);

      // when
      for (int step = 0; step < FAULTY_STEPS; step++) {
        if (step % 12 == 3) {
          round(step, random, world);
        }
        if (step % 20 == 15) {
          WorldPlans.dip(world, symbol(random));
        }
        if (step % 18 == 9) {
          world.stops().cancelOne(random);
        }
        world.step();
      }
      world.crashShare(0);
      world.twin().faults().clear();
      for (int step = 0; step < QUIET_STEPS; step++) {
        world.step();
      }

      // then
      crashes += world.crashes();
      stopped += world.results().stream().filter(each -> each.getOrigin() == STOP).count();
      WorldChecks.assertExecutedOnce(world);
      WorldChecks.assertStopped(world);
      assertThat(world.longestBareMs()).as(world.describe()).isLessThanOrEqualTo(BARE_AT_MOST_MS);
    }
  }

  /** Writes a plan for each account: an entry where it is flat, else a close or another stop. */
  private static void round(int step, Random random, CrashWorld world) {
    for (String account : CrashWorld.ACCOUNTS) {
      String symbol = symbol(random);
      int number = 100 * (step + 1) + CrashWorld.ACCOUNTS.indexOf(account);
      BigDecimal held = world.booked(account, symbol);
      ApplyPlan.Builder plan =
          held.signum() == 0
              ? WorldPlans.entry(number, account, symbol)
              : random.nextBoolean()
                  ? WorldPlans.close(number, account, symbol, held)
                  : WorldPlans.moveStop(number, account, symbol, held);
      world.plan(WorldPlans.granted(plan, world.nowMs(), 60_000));
    }
  }

  private static String symbol(Random random) {
    return random.nextBoolean() ? CrashWorld.BTC : CrashWorld.ETH;
  }
}
