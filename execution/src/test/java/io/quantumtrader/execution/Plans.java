package io.quantumtrader.execution;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import java.math.BigDecimal;

/** Plans to test with, created at 1 000 with a permit until 61 000. */
public final class Plans {

  public static final long CREATED_MS = 1_000;
  public static final long EXPIRES_MS = 61_000;

  private Plans() {}

  /** Returns a plan id with this number in it. */
  public static String id(int number) {
    return "%016x".formatted(number);
  }

  public static ApplyPlan entry(int number, String symbol, OrderSide side, String quantity) {
    return plan(number, "main", symbol, side, PlanAction.ENTRY, quantity).build();
  }

  public static ApplyPlan close(int number, String symbol, OrderSide side, String quantity) {
    return plan(number, "main", symbol, side, PlanAction.FULL_CLOSE, quantity).build();
  }

  public static ApplyPlan.Builder plan(
      int number,
      String account,
      String symbol,
      OrderSide side,
      PlanAction action,
      String quantity) {
    BigDecimal amount = new BigDecimal(quantity);
    PermitKind kind = action == PlanAction.ENTRY ? PermitKind.P33 : PermitKind.P26;
    return ApplyPlan.newBuilder()
        .setPlanId(id(number))
        .setAccount(account)
        .setSymbol(symbol)
        .setSide(side)
        .setAction(action)
        .setReduceOnly(action != PlanAction.ENTRY)
        .setQuantity(amount)
        .setPrice(BigDecimal.ONE)
        .setLeverage(10)
        .setMargin(BigDecimal.ZERO)
        .setNotional(amount)
        .setPermit(permit(id(number), account, symbol, kind, amount).build())
        .setCreatedAtMs(CREATED_MS);
  }

  public static Permit.Builder permit(
      String planId, String account, String symbol, PermitKind kind, BigDecimal quantity) {
    return Permit.newBuilder()
        .setPlanId(planId)
        .setAccount(account)
        .setSymbol(symbol)
        .setKind(kind)
        .setGrantedAtMs(CREATED_MS)
        .setExpiresAtMs(EXPIRES_MS)
        .setQuantity(quantity)
        .setPositionQuantity(BigDecimal.ZERO)
        .setReason("PERMIT_GRANTED");
  }
}
