package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.Verdict;
import java.math.BigDecimal;
import java.util.List;

/** Records that checks hear of, as short as a test can say them; all of them of one account. */
final class Given {

  static final String ACCOUNT = "main";
  static final long NOW = 1_748_736_000_000L;
  static final long MINUTE = 60_000;

  private Given() {}

  static BigDecimal dec(String number) {
    return new BigDecimal(number);
  }

  /** An entry at a price of 100, whose permit is good for a minute. */
  static ApplyPlan entry(String planId, String symbol, String quantity, int leverage, long atMs) {
    BigDecimal notional = dec(quantity).multiply(dec("100"));
    return ApplyPlan.newBuilder()
        .setPlanId(planId)
        .setAccount(ACCOUNT)
        .setSymbol(symbol)
        .setSide(OrderSide.BUY)
        .setAction(PlanAction.ENTRY)
        .setReduceOnly(false)
        .setQuantity(dec(quantity))
        .setPrice(dec("100"))
        .setLeverage(leverage)
        .setMargin(notional.divide(BigDecimal.valueOf(leverage)))
        .setNotional(notional)
        .setPermit(
            Permit.newBuilder()
                .setPlanId(planId)
                .setAccount(ACCOUNT)
                .setSymbol(symbol)
                .setKind(PermitKind.P33)
                .setGrantedAtMs(atMs)
                .setExpiresAtMs(atMs + MINUTE)
                .setQuantity(dec(quantity))
                .setPositionQuantity(BigDecimal.ZERO)
                .setReason("PERMIT_GRANTED")
                .build())
        .setCreatedAtMs(atMs)
        .build();
  }

  static Decision granted(ApplyPlan plan, String equity) {
    return Decision.newBuilder()
        .setDecisionId(plan.getPlanId())
        .setAccount(ACCOUNT)
        .setStage("portfolio-gate")
        .setVerdict(Verdict.GRANTED)
        .setCode("PERMIT_GRANTED")
        .setNumbers(List.of(new NumberOf("equity", equity)))
        .setCauseType(CauseType.INTENT)
        .setCauseId("i")
        .setPlanId(plan.getPlanId())
        .setAtMs(NOW)
        .build();
  }

  static PositionLedger open(String symbol, String quantity, String price, int leverage) {
    return PositionLedger.newBuilder()
        .setAccount(ACCOUNT)
        .setSymbol(symbol)
        .setPositionId(symbol + ":1")
        .setSide(PositionSide.LONG)
        .setQuantity(dec(quantity))
        .setEntryPrice(dec(price))
        .setLeverage(leverage)
        .setRealizedPnl(BigDecimal.ZERO)
        .setFees(BigDecimal.ZERO)
        .setPositionRealizedPnl(BigDecimal.ZERO)
        .setPositionFees(BigDecimal.ZERO)
        .setOpenedAtMs(NOW - 60 * MINUTE)
        .setUpdatedAtMs(NOW)
        .build();
  }

  static PositionSnapshot valued(PositionLedger row, String mark) {
    return PositionSnapshot.newBuilder()
        .setAccount(ACCOUNT)
        .setSymbol(row.getSymbol())
        .setPositionId(row.getPositionId())
        .setSide(row.getSide())
        .setQuantity(row.getQuantity())
        .setEntryPrice(row.getEntryPrice())
        .setLeverage(row.getLeverage())
        .setMarkPrice(dec(mark))
        .setNotional(row.getQuantity().multiply(dec(mark)))
        .setUnrealizedPnl(BigDecimal.ZERO)
        .setMarginInUse(BigDecimal.ZERO)
        .setPeakPrice(dec(mark))
        .setTroughPrice(dec(mark))
        .setOpenedAtMs(row.getOpenedAtMs())
        .setAgeMs(0)
        .setAsOfMs(NOW)
        .build();
  }
}
