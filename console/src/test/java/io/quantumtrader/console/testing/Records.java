package io.quantumtrader.console.testing;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import java.math.BigDecimal;
import java.util.Arrays;

/** Records with sane values, for a test to change what it is about. */
public final class Records {

  /** Event time of the tests: 2025-11-19T10:00:00Z. */
  public static final long NOW = 1_763_546_400_000L;

  public static final long MINUTE = 60_000;
  public static final String BTC = "BTCUSDT";
  public static final String ETH = "ETHUSDT";

  private Records() {}

  /** Returns a decimal. */
  public static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  /** Returns a step of the clock. */
  public static Clock clock(long nowMs) {
    return Clock.newBuilder().setNowMs(nowMs).setStepMs(1_000).setPartition(0).build();
  }

  /** Returns a candle of a minute that closes at a time, a bit above or below its open. */
  public static Candle candle(String symbol, long closeMs, String close) {
    return Candle.newBuilder()
        .setSymbol(symbol)
        .setOpenTimeMs(closeMs - MINUTE)
        .setIntervalMs(MINUTE)
        .setOpen(number(close).add(number(closeMs / MINUTE % 2 == 0 ? "0.8" : "-0.8")))
        .setHigh(number(close).add(BigDecimal.ONE))
        .setLow(number(close).subtract(BigDecimal.TWO))
        .setClose(number(close))
        .setVolume(BigDecimal.TEN)
        .build();
  }

  /** Returns an intent to open a long with 100 of margin. */
  public static TradeIntent.Builder intent(String id, String account, String symbol) {
    return TradeIntent.newBuilder()
        .setIntentId(id)
        .setAccount(account)
        .setSymbol(symbol)
        .setAction(IntentAction.OPEN_LONG)
        .setSizing(Sizing.MARGIN)
        .setAmount(number("100"))
        .setLeverage(2.0)
        .setSource("breakout")
        .setReason("above the range of the day")
        .setCreatedAtMs(NOW);
  }

  /** Returns a plan to buy one at 100 with a stop at 95. */
  public static ApplyPlan.Builder plan(String id, String account, String symbol) {
    return ApplyPlan.newBuilder()
        .setPlanId(id)
        .setAccount(account)
        .setSymbol(symbol)
        .setSide(OrderSide.BUY)
        .setAction(PlanAction.ENTRY)
        .setReduceOnly(false)
        .setQuantity(number("1"))
        .setPrice(number("100"))
        .setLeverage(2)
        .setStopPrice(number("95"))
        .setTargetPrice(number("140"))
        .setRisk(risk("95"))
        .setMargin(number("50"))
        .setNotional(number("100"))
        .setPermit(permit(id, account, symbol).build())
        .setSource("breakout")
        .setReason("above the range of the day")
        .setRegime("trend")
        .setPolicyVersion(1)
        .setCreatedAtMs(NOW + 400);
  }

  /** Returns a risk with its first stop. */
  public static Risk risk(String stop) {
    return Risk.newBuilder()
        .setInitialStop(number(stop))
        .setFactor(1.5)
        .setSource(RiskSource.STATE_ATR)
        .build();
  }

  /** Returns the permit of an entry, a minute long. */
  public static Permit.Builder permit(String planId, String account, String symbol) {
    return Permit.newBuilder()
        .setPlanId(planId)
        .setAccount(account)
        .setSymbol(symbol)
        .setKind(PermitKind.P33)
        .setGrantedAtMs(NOW)
        .setExpiresAtMs(NOW + MINUTE)
        .setQuantity(number("1"))
        .setPositionQuantity(number("0"))
        .setReason("PERMIT_GRANTED");
  }

  /** Returns a result without a fill that is not final. */
  public static ApplyResult.Builder result(String id, String account, String symbol) {
    return ApplyResult.newBuilder()
        .setResultId(id)
        .setAccount(account)
        .setSymbol(symbol)
        .setOutcome(ResultOutcome.SUBMITTING)
        .setFinalResult(false)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(number("1"))
        .setFilledQuantity(number("0"))
        .setAtMs(NOW + 1_000);
  }

  /** Returns a final fill with a fee of 0.1. */
  public static ApplyResult.Builder fill(
      String id, String account, String symbol, OrderSide side, String quantity, String price) {
    return result(id, account, symbol)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(side)
        .setRequestedQuantity(number(quantity))
        .setFilledQuantity(number(quantity))
        .setFill(
            Fill.newBuilder()
                .setFillId(id)
                .setQuantity(number(quantity))
                .setPrice(number(price))
                .setFee(number("0.1"))
                .setAtMs(NOW + 1_000)
                .build());
  }

  /** Returns funding of a symbol. */
  public static ExchangeIncome funding(String account, String symbol, String amount) {
    return ExchangeIncome.newBuilder()
        .setIncomeId("funding")
        .setAccount(account)
        .setSymbol(symbol)
        .setKind(IncomeKind.FUNDING)
        .setAsset("USDT")
        .setAmount(number(amount))
        .setExchangeAtMs(NOW)
        .setAtMs(NOW)
        .build();
  }

  /** Returns a long of 1 opened at 100 with its stop at 95. */
  public static PositionLedger.Builder ledger(String account, String symbol) {
    return PositionLedger.newBuilder()
        .setAccount(account)
        .setSymbol(symbol)
        .setPositionId(account + ":" + symbol + ":1")
        .setOpenSequence(1)
        .setSide(PositionSide.LONG)
        .setQuantity(number("1"))
        .setEntryPrice(number("100"))
        .setLeverage(2)
        .setRealizedPnl(number("0"))
        .setFees(number("0.1"))
        .setPositionRealizedPnl(number("0"))
        .setPositionFees(number("0.1"))
        .setOpenedAtMs(NOW)
        .setRisk(risk("95"))
        .setStopPrice(number("95"))
        .setTargetPrice(number("140"))
        .setUpdatedAtMs(NOW + 1_500);
  }

  /** Returns an account with equity and nothing open. */
  public static PortfolioState.Builder portfolio(String account, long asOfMs) {
    return PortfolioState.newBuilder()
        .setAccount(account)
        .setAsOfMs(asOfMs)
        .setWallet(number("10000"))
        .setUnrealizedPnl(number("0"))
        .setEquity(number("10000"))
        .setEquityAsOfMs(asOfMs)
        .setOpenPositions(0)
        .setReservations(0)
        .setMarginInUse(number("0"))
        .setMarginReserved(number("0"))
        .setGrossNotional(number("0"))
        .setExposure(0.1)
        .setDayFirstEquity(number("10000"))
        .setRealizedPnl(number("0"))
        .setFees(number("0"))
        .setHeat(0.1)
        .setHeatLevel("COLD");
  }

  /** Returns a state of minute candles that passes the default policy's minimums. */
  public static MarketState.Builder state(String symbol, long asOfMs) {
    return MarketState.newBuilder()
        .setSymbol(symbol)
        .setAsOfMs(asOfMs)
        .setIntervalMs(MINUTE)
        .setSigma(0.001)
        .setMu(0.0004)
        .setTs(0.4)
        .setPTrend(0.6)
        .setPMr(0.2)
        .setPChop(0.2)
        .setDp(0.5)
        .setVr(1.0)
        .setSpikeProxy(0.1)
        .setLastPrice(number("100"))
        .setNotional24h(1_000_000.0)
        .setBufferSize(300);
  }

  /** Returns an instrument that is traded. */
  public static Instrument.Builder instrument(String symbol) {
    return Instrument.newBuilder()
        .setSymbol(symbol)
        .setTickSize(number("0.01"))
        .setStepSize(number("0.001"))
        .setMinQuantity(number("0.001"))
        .setMinNotional(number("5"))
        .setMaxLeverage(125)
        .setStatus(InstrumentStatus.TRADING)
        .setAsOfMs(NOW);
  }

  /** Returns a denial of an intent by the governor. */
  public static Decision.Builder decision(String account, String causeId, String code) {
    return Decision.newBuilder()
        .setDecisionId("governor:" + causeId + ":" + code)
        .setAccount(account)
        .setStage("governor")
        .setVerdict(Verdict.DENIED)
        .setCode(code)
        .setCauseType(CauseType.INTENT)
        .setCauseId(causeId)
        .setSymbol(BTC)
        .setSide(OrderSide.BUY)
        .setPolicyName("default")
        .setPolicyVersion(1)
        .setAtMs(NOW + 300);
  }

  /** Returns numbers of a decision: a name, its value, and so on. */
  public static java.util.List<NumberOf> numbers(String... namesAndValues) {
    NumberOf[] numbers = new NumberOf[namesAndValues.length / 2];
    Arrays.setAll(
        numbers, index -> new NumberOf(namesAndValues[2 * index], namesAndValues[2 * index + 1]));
    return Arrays.asList(numbers);
  }
}
