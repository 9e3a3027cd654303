package io.quantumtrader.replay.result;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import java.math.BigDecimal;

/** Rows of a small trading day, as short as a test can say them. */
final class Rows {

  static final String ACCOUNT = "main";

  private Rows() {}

  static BigDecimal of(String number) {
    return new BigDecimal(number);
  }

  static PositionLedger open(String symbol, String quantity, String entry, String stop, long atMs) {
    return row(symbol, "0", "0", atMs)
        .setPositionId(ACCOUNT + ":" + symbol + ":1")
        .setSide(PositionSide.LONG)
        .setQuantity(of(quantity))
        .setEntryPrice(of(entry))
        .setOpenedAtMs(atMs)
        .setOpenedRegime("trend")
        .setStopPrice(of(stop))
        .setTargetPrice(of("200"))
        .setRisk(
            Risk.newBuilder()
                .setInitialStop(of(stop))
                .setFactor(1.5)
                .setSource(RiskSource.STATE_ATR)
                .build())
        .build();
  }

  static PositionLedger flat(String symbol, String realized, String fees, long atMs) {
    return row(symbol, realized, fees, atMs).setFlatSinceMs(atMs).build();
  }

  private static PositionLedger.Builder row(
      String symbol, String realized, String fees, long atMs) {
    return PositionLedger.newBuilder()
        .setAccount(ACCOUNT)
        .setSymbol(symbol)
        .setSide(PositionSide.FLAT)
        .setQuantity(BigDecimal.ZERO)
        .setEntryPrice(BigDecimal.ZERO)
        .setRealizedPnl(of(realized))
        .setFees(of(fees))
        .setPositionRealizedPnl(of(realized))
        .setPositionFees(of(fees))
        .setUpdatedAtMs(atMs);
  }

  static ApplyPlan plan(String id, String symbol, String price) {
    return ApplyPlan.newBuilder()
        .setPlanId(id)
        .setSymbol(symbol)
        .setSide(OrderSide.BUY)
        .setAction(PlanAction.ENTRY)
        .setReduceOnly(false)
        .setQuantity(BigDecimal.ONE)
        .setPrice(of(price))
        .setLeverage(1)
        .setMargin(BigDecimal.ONE)
        .setNotional(BigDecimal.ONE)
        .setPermit(
            Permit.newBuilder()
                .setPlanId(id)
                .setAccount(ACCOUNT)
                .setSymbol(symbol)
                .setKind(PermitKind.P33)
                .setGrantedAtMs(0)
                .setExpiresAtMs(1)
                .setQuantity(BigDecimal.ONE)
                .setPositionQuantity(BigDecimal.ZERO)
                .setReason("GRANTED")
                .build())
        .setCreatedAtMs(0)
        .build();
  }

  static ApplyResult fill(
      String id,
      String planId,
      String symbol,
      OrderSide side,
      String quantity,
      String price,
      ResultOrigin origin,
      ExitTrigger trigger) {
    return ApplyResult.newBuilder()
        .setResultId(id)
        .setPlanId(planId)
        .setSymbol(symbol)
        .setOrigin(origin)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(side)
        .setReduceOnly(side == OrderSide.SELL)
        .setRequestedQuantity(of(quantity))
        .setFilledQuantity(of(quantity))
        .setFill(new Fill(id, of(quantity), of(price), BigDecimal.ZERO, 0L, "", null))
        .setTrigger(trigger)
        .setAtMs(0)
        .build();
  }

  static ExchangeIncome funding(String id, String symbol, String amount) {
    return ExchangeIncome.newBuilder()
        .setIncomeId(id)
        .setAccount(ACCOUNT)
        .setSymbol(symbol)
        .setKind(IncomeKind.FUNDING)
        .setAsset("USDT")
        .setAmount(of(amount))
        .setExchangeAtMs(0)
        .setAtMs(0)
        .build();
  }

  static PortfolioState state(String account, long atMs, String equity, String margin, int open) {
    return PortfolioState.newBuilder()
        .setAccount(account)
        .setAsOfMs(atMs)
        .setWallet(of(equity))
        .setEquity(of(equity))
        .setUnrealizedPnl(BigDecimal.ZERO)
        .setOpenPositions(open)
        .setReservations(0)
        .setMarginInUse(of(margin))
        .setMarginReserved(BigDecimal.ZERO)
        .setGrossNotional(BigDecimal.ZERO)
        .setRealizedPnl(BigDecimal.ZERO)
        .setFees(BigDecimal.ZERO)
        .setHeat(0.5)
        .build();
  }
}
