package io.quantumtrader.replay.reconcile;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;

/** Records of a small trading day in one symbol, as short as a test can say them. */
final class TradingDay {

  static final String SYMBOL = "BTCUSDT";
  static final long MINUTE = 60_000;

  private final TradedRecords records = new TradedRecords();

  TradedRecords records() {
    return records;
  }

  static BigDecimal decimal(String number) {
    return new BigDecimal(number);
  }

  /** A plan id of 16 digits. */
  static String id(int number) {
    return "%016x".formatted(number);
  }

  TradingDay tick(String tick) {
    records.accept(
        Instrument.newBuilder()
            .setSymbol(SYMBOL)
            .setTickSize(decimal(tick))
            .setStepSize(decimal("0.001"))
            .setMinQuantity(decimal("0.001"))
            .setMinNotional(decimal("5"))
            .setMaxLeverage(125)
            .setStatus(InstrumentStatus.TRADING)
            .setAsOfMs(0)
            .build());
    return this;
  }

  /** A mark of a minute that closes then. */
  TradingDay mark(long closeMs, String open, String high, String low, String close) {
    records.accept(
        Candle.newBuilder()
            .setSymbol(SYMBOL)
            .setOpenTimeMs(closeMs - MINUTE)
            .setIntervalMs(MINUTE)
            .setOpen(decimal(open))
            .setHigh(decimal(high))
            .setLow(decimal(low))
            .setClose(decimal(close))
            .setVolume(BigDecimal.ONE)
            .build());
    return this;
  }

  TradingDay plan(int number, OrderSide side, String quantity, String price, long atMs) {
    return plan(number, PlanAction.ENTRY, side, quantity, price, null, atMs);
  }

  TradingDay plan(
      int number,
      PlanAction action,
      OrderSide side,
      String quantity,
      String price,
      String stop,
      long atMs) {
    records.accept(
        ApplyPlan.newBuilder()
            .setPlanId(id(number))
            .setSymbol(SYMBOL)
            .setSide(side)
            .setAction(action)
            .setReduceOnly(action != PlanAction.ENTRY)
            .setQuantity(decimal(quantity))
            .setPrice(decimal(price))
            .setLeverage(1)
            .setStopPrice(stop == null ? null : decimal(stop))
            .setMargin(BigDecimal.ONE)
            .setNotional(BigDecimal.ONE)
            .setPermit(
                Permit.newBuilder()
                    .setPlanId(id(number))
                    .setAccount("main")
                    .setSymbol(SYMBOL)
                    .setKind(PermitKind.P33)
                    .setGrantedAtMs(0)
                    .setExpiresAtMs(1)
                    .setQuantity(decimal(quantity))
                    .setPositionQuantity(BigDecimal.ZERO)
                    .setReason("GRANTED")
                    .build())
            .setCreatedAtMs(atMs)
            .build());
    return this;
  }

  private static ApplyResult.Builder result(
      String planId, ResultOutcome outcome, OrderSide side, long atMs) {
    return ApplyResult.newBuilder()
        .setResultId(planId + ":" + outcome)
        .setPlanId(planId)
        .setSymbol(SYMBOL)
        .setOrigin(ResultOrigin.PLAN)
        .setOutcome(outcome)
        .setFinalResult(outcome != ResultOutcome.SUBMITTING)
        .setSide(side)
        .setReduceOnly(false)
        .setRequestedQuantity(BigDecimal.ONE)
        .setFilledQuantity(BigDecimal.ZERO)
        .setAtMs(atMs);
  }

  TradingDay sent(int plan, OrderSide side, long atMs) {
    records.accept(result(id(plan), ResultOutcome.SUBMITTING, side, atMs).build());
    return this;
  }

  TradingDay refused(int plan, OrderSide side, String code, long atMs) {
    records.accept(result(id(plan), ResultOutcome.REJECTED, side, atMs).setCode(code).build());
    return this;
  }

  TradingDay moved(int plan, OrderSide side, String stop, long atMs) {
    records.accept(
        result(id(plan), ResultOutcome.PROTECTED, side, atMs).setStopPrice(decimal(stop)).build());
    return this;
  }

  /** A fill of a plan; its time on the exchange, then when it was told. */
  TradingDay filled(
      int plan, String fill, OrderSide side, String quantity, String price, String fee, long atMs) {
    records.accept(fill(id(plan), fill, side, quantity, price, fee, atMs).build());
    return this;
  }

  private static ApplyResult.Builder fill(
      String planId,
      String fill,
      OrderSide side,
      String quantity,
      String price,
      String fee,
      long atMs) {
    return result(planId, ResultOutcome.FILLED, side, atMs)
        .setResultId(fill)
        .setFill(new Fill(fill, decimal(quantity), decimal(price), decimal(fee), atMs, "", null));
  }

  /** The fill of a stop or target that a plan placed. */
  TradingDay triggered(
      int plan, Kind kind, OrderSide side, String quantity, String price, String fee, long atMs) {
    String order = ClientOrderIds.of(id(plan), kind);
    records.accept(
        fill("", order + "-1", side, quantity, price, fee, atMs)
            .setOrigin(kind == Kind.STOP ? ResultOrigin.STOP : ResultOrigin.TARGET)
            .setClientOrderId(order)
            .setTrigger(kind == Kind.STOP ? ExitTrigger.STOP_HIT : ExitTrigger.TARGET_HIT)
            .build());
    return this;
  }

  /** A fill that nothing of ours asked for. */
  TradingDay foreign(String fill, OrderSide side, String quantity, String price, long atMs) {
    records.accept(
        fill("", fill, side, quantity, price, "0", atMs).setOrigin(ResultOrigin.FOREIGN).build());
    return this;
  }

  TradingDay row(PositionSide side, String quantity, String stop, long atMs) {
    records.accept(
        PositionLedger.newBuilder()
            .setAccount("main")
            .setSymbol(SYMBOL)
            .setSide(side)
            .setQuantity(decimal(quantity))
            .setEntryPrice(BigDecimal.ONE)
            .setRealizedPnl(BigDecimal.ZERO)
            .setFees(BigDecimal.ZERO)
            .setPositionRealizedPnl(BigDecimal.ZERO)
            .setPositionFees(BigDecimal.ZERO)
            .setStopPrice(stop == null ? null : decimal(stop))
            .setUpdatedAtMs(atMs)
            .build());
    return this;
  }

  TradingDay equity(String equity, long atMs) {
    records.accept(
        PortfolioState.newBuilder()
            .setAccount("main")
            .setAsOfMs(atMs)
            .setWallet(decimal(equity))
            .setEquity(decimal(equity))
            .setUnrealizedPnl(BigDecimal.ZERO)
            .setOpenPositions(0)
            .setReservations(0)
            .setMarginInUse(BigDecimal.ZERO)
            .setMarginReserved(BigDecimal.ZERO)
            .setGrossNotional(BigDecimal.ZERO)
            .setRealizedPnl(BigDecimal.ZERO)
            .setFees(BigDecimal.ZERO)
            .build());
    return this;
  }

  TradingDay funding(String amount, long exchangeAtMs, long atMs) {
    records.accept(
        ExchangeIncome.newBuilder()
            .setIncomeId("funding-" + exchangeAtMs)
            .setAccount("main")
            .setSymbol(SYMBOL)
            .setKind(IncomeKind.FUNDING)
            .setAsset("USDT")
            .setAmount(decimal(amount))
            .setExchangeAtMs(exchangeAtMs)
            .setAtMs(atMs)
            .build());
    return this;
  }

  TradingDay wallet(String wallet, String expected, long atMs) {
    records.accept(
        ExchangeAccount.newBuilder()
            .setAccount("main")
            .setAsOfMs(atMs)
            .setWallet(decimal(wallet))
            .setPositions(List.of())
            .setWalletExpected(decimal(expected))
            .build());
    return this;
  }
}
