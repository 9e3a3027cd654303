package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.twin.core.AlgoStatus;
import io.quantumtrader.execution.twin.core.TwinAlgoOrder;
import io.quantumtrader.execution.twin.core.TwinOrder;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be true of {@link CrashWorld} once all is quiet, whatever went wrong before. */
final class WorldChecks {

  private WorldChecks() {}

  /** Holds all of it against the world. */
  static void assertSound(CrashWorld world) {
    assertExecutedOnce(world);
    assertProtected(world);
  }

  /** Holds plans, orders and trades against the world, not what rests. */
  static void assertExecutedOnce(CrashWorld world) {
    assertAnsweredOnce(world);
    assertOrderedOnce(world);
    assertBooked(world);
  }

  /**
   * What is open has one stop that closes it, what is flat has none. At which price is not said:
   * where several plans of a symbol are under way at a time, the one that ends last has placed it.
   */
  static void assertStopped(CrashWorld world) {
    for (String account : CrashWorld.ACCOUNTS) {
      for (String symbol : CrashWorld.SYMBOLS) {
        boolean open = world.twin().state().amount(account, symbol).signum() != 0;
        assertThat(resting(world, account, symbol, "STOP_MARKET", open))
            .as("%s %s\n%s", account, symbol, world.describe())
            .hasSize(open ? 1 : 0);
      }
    }
  }

  /** Each plan has one final result, and each fill is booked once. */
  private static void assertAnsweredOnce(CrashWorld world) {
    assertThat(world.results())
        .as(world.describe())
        .filteredOn(ApplyResult::getFinalResult)
        .filteredOn(result -> result.getOrigin() == ResultOrigin.PLAN)
        .extracting(ApplyResult::getPlanId)
        .containsExactlyInAnyOrderElementsOf(
            world.plans().stream().map(ApplyPlan::getPlanId).toList());
    assertThat(world.results())
        .as("no fill is booked twice")
        .filteredOn(result -> result.getFill() != null)
        .extracting(result -> result.getAccount() + result.getFill().getFillId())
        .doesNotHaveDuplicates();
  }

  /** A plan that was executed has one order on the exchange, one that was not has none. */
  private static void assertOrderedOnce(CrashWorld world) {
    Set<String> planned =
        world.plans().stream()
            .map(plan -> ClientOrderIds.of(plan.getPlanId()))
            .collect(Collectors.toSet());
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
              .filter(planned::contains)
              .toList();
      assertThat(ordered).as(world.describe()).containsExactlyInAnyOrderElementsOf(executed);
    }
  }

  /** The results come to the positions of the exchange, trade by trade. */
  private static void assertBooked(CrashWorld world) {
    for (String account : CrashWorld.ACCOUNTS) {
      for (String symbol : CrashWorld.SYMBOLS) {
        assertThat(world.booked(account, symbol))
            .as("%s %s\n%s", account, symbol, world.describe())
            .isEqualByComparingTo(world.twin().state().amount(account, symbol));
      }
      assertThat(world.results())
          .as(world.describe())
          .filteredOn(each -> each.getAccount().equals(account) && each.getFill() != null)
          .extracting(each -> each.getFill().getFillId())
          .containsExactlyInAnyOrderElementsOf(
              world.twin().state().trades(account).stream()
                  .map(trade -> trade.symbol() + ":" + trade.tradeId())
                  .toList());
    }
  }

  /**
   * What is open has the stop and the target of its row, and what is flat has neither. A bridge
   * that came late, after the change that it was for, may rest beside them until the next change.
   */
  private static void assertProtected(CrashWorld world) {
    for (String account : CrashWorld.ACCOUNTS) {
      for (String symbol : CrashWorld.SYMBOLS) {
        boolean open = world.twin().state().amount(account, symbol).signum() != 0;
        PositionLedger row = world.row(account, symbol);
        assertResting(world, account, symbol, "STOP_MARKET", open ? row.getStopPrice() : null);
        assertResting(
            world, account, symbol, "TAKE_PROFIT_MARKET", open ? row.getTargetPrice() : null);
      }
    }
  }

  private static void assertResting(
      CrashWorld world, String account, String symbol, String type, BigDecimal trigger) {
    assertThat(resting(world, account, symbol, type, trigger != null))
        .as("%s %s %s\n%s", account, symbol, type, world.describe())
        .usingElementComparator(BigDecimal::compareTo)
        .isEqualTo(trigger == null ? List.of() : List.of(trigger));
  }

  /** Returns the triggers of what rests, without bridges where only what closes is asked for. */
  private static List<BigDecimal> resting(
      CrashWorld world, String account, String symbol, String type, boolean closing) {
    return world.twin().state().conditionalOrders(account).stream()
        .filter(order -> order.status() == AlgoStatus.NEW)
        .map(TwinAlgoOrder::request)
        .filter(request -> request.symbol().equals(symbol) && request.type().equals(type))
        .filter(request -> request.closePosition() || !closing)
        .map(request -> request.triggerPrice())
        .toList();
  }
}
