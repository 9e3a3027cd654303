package io.quantumtrader.compose.real;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.Universe;
import java.math.BigDecimal;
import java.util.List;

/** A plan, its permit and the position that it became, as readers of the old keys expect them. */
final class ContractRecords {

  static final String PLAN_ID = "ce55002fb9d9d7ef";
  static final String SYMBOL = "BTCUSDT";

  private final long nowMs;

  /**
   * Creates them.
   *
   * @param nowMs when all of it happened, epoch milliseconds
   */
  ContractRecords(long nowMs) {
    this.nowMs = nowMs;
  }

  ApplyPlan plan() {
    return ApplyPlan.newBuilder()
        .setPlanId(PLAN_ID)
        .setSymbol(SYMBOL)
        .setSide(OrderSide.BUY)
        .setAction(PlanAction.ENTRY)
        .setReduceOnly(false)
        .setQuantity(decimal("0.008"))
        .setPrice(decimal("71000"))
        .setLeverage(2)
        .setStopPrice(decimal("70290"))
        .setTargetPrice(decimal("72420"))
        .setMargin(decimal("284"))
        .setNotional(decimal("568"))
        .setPermit(permit())
        .setIntentId("1773499990000-0")
        .setConfidence(0.82)
        .setRegime("TREND")
        .setCreatedAtMs(nowMs)
        .build();
  }

  Permit permit() {
    return Permit.newBuilder()
        .setPlanId(PLAN_ID)
        .setSymbol(SYMBOL)
        .setKind(PermitKind.P33)
        .setGrantedAtMs(nowMs)
        .setExpiresAtMs(nowMs + 600_000)
        .setQuantity(decimal("0.008"))
        .setPositionQuantity(decimal("0"))
        .setReason("PERMIT_GRANTED")
        .build();
  }

  PositionLedger ledger() {
    return PositionLedger.newBuilder()
        .setSymbol(SYMBOL)
        .setPositionId("main:BTCUSDT:1")
        .setOpenSequence(1)
        .setSide(PositionSide.SHORT)
        .setQuantity(decimal("0.008"))
        .setEntryPrice(decimal("71000"))
        .setLeverage(2)
        .setRealizedPnl(decimal("0"))
        .setFees(decimal("0.1"))
        .setPositionRealizedPnl(decimal("0"))
        .setPositionFees(decimal("0.1"))
        .setTradeCount(0)
        .setOpenedAtMs(nowMs)
        .setLastPlanId(PLAN_ID)
        .setLastOrderId("4242")
        .setLastFillId("f1")
        .setLastFillSide(OrderSide.SELL)
        .setLastFillQuantity(decimal("0.008"))
        .setUpdatedAtMs(nowMs)
        .build();
  }

  PositionSnapshot snapshot() {
    return PositionSnapshot.newBuilder()
        .setSymbol(SYMBOL)
        .setPositionId("main:BTCUSDT:1")
        .setSide(PositionSide.SHORT)
        .setQuantity(decimal("0.008"))
        .setEntryPrice(decimal("71000"))
        .setLeverage(2)
        .setMarkPrice(decimal("71500"))
        .setNotional(decimal("572"))
        .setUnrealizedPnl(decimal("-4"))
        .setMarginInUse(decimal("284"))
        .setPeakPrice(decimal("71500"))
        .setTroughPrice(decimal("71000"))
        .setOpenedAtMs(nowMs)
        .setAgeMs(0)
        .setRisk(
            Risk.newBuilder()
                .setInitialStop(decimal("71710"))
                .setTarget(decimal("69580"))
                .setAtr(400.0)
                .setFactor(1.5)
                .setSource(RiskSource.STATE_ATR)
                .build())
        .setAsOfMs(nowMs)
        .build();
  }

  Universe active() {
    return Universe.newBuilder()
        .setName("active")
        .setAsOfMs(nowMs)
        .setSymbols(List.of(SYMBOL, "ETHUSDT"))
        .setCode("UNIVERSE_RANKED")
        .setMinSigma(0.005)
        .setMinTs(0.3)
        .build();
  }

  private static BigDecimal decimal(String value) {
    return new BigDecimal(value).setScale(18);
  }
}
