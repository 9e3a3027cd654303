package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.twin.core.AlgoRequest;
import io.quantumtrader.execution.twin.core.AlgoStatus;
import io.quantumtrader.execution.twin.core.PositionSide;
import io.quantumtrader.execution.twin.core.Side;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.io.IOException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** An executor that only observes leaves what rests on the exchange exactly as it is. */
final class TwinObserveTest {

  private static final String MAIN = CrashWorld.ACCOUNTS.getFirst();

  private static long resting(CrashWorld world) {
    return world.twin().state().conditionalOrders(MAIN).stream()
        .filter(order -> order.status() == AlgoStatus.NEW)
        .count();
  }

  private static void steps(CrashWorld world, int count) {
    for (int step = 0; step < count; step++) {
      world.step();
    }
  }

  @Test
  void shouldReportAStopAndCancelNothing() throws IOException {
    // given: a position with stop and target, and what is left of a stop that was being moved
    try (CrashWorld world = new CrashWorld(1)) {
      ApplyPlan.Builder entry = WorldPlans.entry(1, MAIN, CrashWorld.BTC);
      world.plan(WorldPlans.granted(entry, world.nowMs(), 60_000));
      steps(world, 5);
      leaveABridge(world);
      assertThat(resting(world)).isEqualTo(3);

      // when
      world.restart(ExecutorMode.OBSERVE);
      WorldPlans.dip(world, CrashWorld.BTC);
      steps(world, 40);
      long observed = resting(world);
      int orders = world.twin().state().orders(MAIN).size();

      // then
      assertThat(world.results()).extracting(ApplyResult::getOrigin).contains(ResultOrigin.STOP);
      assertThat(observed).as("the bridge is left as it is").isEqualTo(1);
      assertThat(orders).as("entry and stop").isEqualTo(2);
    }
  }

  private static void leaveABridge(CrashWorld world) {
    world
        .twin()
        .change(
            (core, now) ->
                core.placeAlgo(
                    MAIN,
                    new AlgoRequest(
                        CrashWorld.BTC,
                        Side.SELL,
                        PositionSide.BOTH,
                        "STOP_MARKET",
                        new BigDecimal("0.01"),
                        new BigDecimal("50000"),
                        true,
                        true,
                        false,
                        false,
                        "qs-00000000000000aa-sb"),
                    now));
  }

  @Test
  void shouldPlaceNoStopForAPlanThatWasSentBefore() throws IOException {
    // given: an entry whose executor died before its stop was placed
    try (CrashWorld world = new CrashWorld(1)) {
      ApplyPlan.Builder entry = WorldPlans.entry(1, MAIN, CrashWorld.BTC);
      world.plan(WorldPlans.granted(entry, world.nowMs(), 60_000));
      world.dieBefore("protect");
      world.step();
      assertThat(world.twin().state().amount(MAIN, CrashWorld.BTC)).isNotZero();

      // when
      world.restart(ExecutorMode.OBSERVE);
      steps(world, 40);

      // then
      assertThat(resting(world)).isZero();
      ApplyResult last = world.results().getLast();
      assertThat(last.getOutcome()).isEqualTo(ResultOutcome.FILLED);
      assertThat(last.getFinalResult()).isTrue();
      assertThat(last.getCode()).isEqualTo("PROTECTION_REJECTED");
      assertThat(last.getNumbers().toString()).contains("EXECUTOR_OBSERVES");
    }
  }
}
