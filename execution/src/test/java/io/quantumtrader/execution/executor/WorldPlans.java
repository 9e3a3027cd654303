package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PlanAction;
import java.math.BigDecimal;

/** Plans for the accounts and symbols of {@link CrashWorld}: long, with stop and target. */
final class WorldPlans {

  private WorldPlans() {}

  /** Returns a plan that opens, or enlarges, a long. */
  static ApplyPlan.Builder entry(int number, String account, String symbol, String quantity) {
    return Plans.plan(number, account, symbol, OrderSide.BUY, PlanAction.ENTRY, quantity)
        .setStopPrice(new BigDecimal(isBtc(symbol) ? "58000" : "2900"))
        .setTargetPrice(new BigDecimal(isBtc(symbol) ? "70000" : "3500"));
  }

  /** Returns a plan that opens a long of a usual size. */
  static ApplyPlan.Builder entry(int number, String account, String symbol) {
    return entry(number, account, symbol, isBtc(symbol) ? "0.01" : "0.2");
  }

  /** Returns a plan that closes what is held. */
  static ApplyPlan.Builder close(int number, String account, String symbol, BigDecimal held) {
    return Plans.plan(
        number, account, symbol, OrderSide.SELL, PlanAction.FULL_CLOSE, held.toPlainString());
  }

  /** Returns a plan that moves the stop of what is held up. */
  static ApplyPlan.Builder moveStop(int number, String account, String symbol, BigDecimal held) {
    return Plans.plan(
            number, account, symbol, OrderSide.SELL, PlanAction.UPDATE_SL, held.toPlainString())
        .setStopPrice(new BigDecimal(isBtc(symbol) ? "58500" : "2950"));
  }

  /** Returns the plan, made now, with a permit that is good so long, milliseconds. */
  static ApplyPlan granted(ApplyPlan.Builder plan, long nowMs, long goodForMs) {
    return plan.setCreatedAtMs(nowMs)
        .setPermit(
            Permit.newBuilder(plan.getPermit())
                .setGrantedAtMs(nowMs)
                .setExpiresAtMs(nowMs + goodForMs)
                .build())
        .build();
  }

  /** Lets the price of a symbol fall through the stops, and come back. */
  static void dip(CrashWorld world, String symbol) {
    world.twin().price(symbol, new BigDecimal(isBtc(symbol) ? "57500" : "2880"));
    world.twin().price(symbol, new BigDecimal(isBtc(symbol) ? "60000" : "3000"));
  }

  private static boolean isBtc(String symbol) {
    return symbol.equals(CrashWorld.BTC);
  }
}
