package io.quantumtrader.topology;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.LeverageBracket;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.ReduceOrder;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.StopOrder;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.topology.decision.Decimals;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** Records to test with: an ordinary one of each kind, to be changed in what the test is about. */
public final class Given {

  /** Noon of 2025-11-19, UTC, epoch ms. */
  public static final long NOON = 1_763_553_600_000L;

  public static final long MINUTE = 60_000;
  public static final long HOUR = 3_600_000;
  public static final String MAIN = "main";
  public static final String BTC = "BTCUSDT";

  private Given() {}

  /** Returns the decimal with scale 18. */
  public static BigDecimal dec(String value) {
    return new BigDecimal(value).setScale(Decimals.SCALE);
  }

  public static Policy.Builder policy() {
    return Policy.newBuilder().setVersion(1).setCreatedAtMs(NOON - HOUR);
  }

  public static Control control(String account, TradingState state) {
    return Control.newBuilder()
        .setAccount(account)
        .setTradingState(state)
        .setAtMs(NOON - HOUR)
        .build();
  }

  /** A lock of a symbol, until a time of the clock or, for null, until it is taken off. */
  public static SymbolLock lock(String symbol, boolean entries, boolean exits, Long untilMs) {
    return SymbolLock.newBuilder()
        .setId("lock-1")
        .setSymbol(symbol)
        .setEntries(entries)
        .setExits(exits)
        .setUntilMs(untilMs)
        .setReason("a listing is near")
        .setAtMs(NOON - HOUR)
        .build();
  }

  /** An order to reduce an account to a share of its equity. */
  public static ReduceOrder reduce(String id, double toExposure) {
    return ReduceOrder.newBuilder()
        .setId(id)
        .setToExposure(toExposure)
        .setReason("too much")
        .setAtMs(NOON)
        .build();
  }

  /** An order to tighten a stop. */
  public static StopOrder stopOrder(String id, String symbol, String price) {
    return StopOrder.newBuilder()
        .setId(id)
        .setSymbol(symbol)
        .setPrice(dec(price))
        .setReason("closer")
        .setAtMs(NOON)
        .build();
  }

  public static Clock clock(long nowMs) {
    return Clock.newBuilder().setNowMs(nowMs).setStepMs(MINUTE).setPartition(0).build();
  }

  public static Instrument.Builder instrument(String symbol) {
    return Instrument.newBuilder()
        .setSymbol(symbol)
        .setTickSize(dec("0.1"))
        .setStepSize(dec("0.001"))
        .setMinQuantity(dec("0.001"))
        .setMinNotional(dec("5"))
        .setMaxLeverage(125)
        .setStatus(InstrumentStatus.TRADING)
        .setAsOfMs(NOON - HOUR);
  }

  /** A range of position values, quote currency, and its highest leverage. */
  public static LeverageBracket bracket(String floor, String cap, int maxLeverage) {
    return LeverageBracket.newBuilder()
        .setNotionalFloor(dec(floor))
        .setNotionalCap(dec(cap))
        .setMaxLeverage(maxLeverage)
        .setMaintenanceRatio(dec("0.01"))
        .setMaintenanceAmount(dec("0"))
        .build();
  }

  /** 20x to 500 dollars, 5x to 1420 and 2x to 2840. */
  public static List<LeverageBracket> brackets() {
    return List.of(bracket("0", "500", 20), bracket("500", "1420", 5), bracket("1420", "2840", 2));
  }

  public static Universe top(String... symbols) {
    return Universe.newBuilder()
        .setName("top10")
        .setAsOfMs(NOON - HOUR)
        .setSymbols(Arrays.asList(symbols))
        .setCode("UNIVERSE_RANKED")
        .build();
  }

  /** A calm trend at 71000, one minute candles, ATR 1000. */
  public static MarketState.Builder state(String symbol) {
    return MarketState.newBuilder()
        .setSymbol(symbol)
        .setAsOfMs(NOON)
        .setIntervalMs(MINUTE)
        .setSigma(0.001)
        .setMu(0.0001)
        .setTs(0.1)
        .setPTrend(0.5)
        .setPMr(0.2)
        .setPChop(0.3)
        .setDp(0.5)
        .setVr(1.0)
        .setSpikeProxy(0.0)
        .setAtr(1000.0)
        .setLastPrice(dec("71000"))
        .setNotional24h(1e9)
        .setBufferSize(257);
  }

  public static ExchangeAccount exchange(String account, String wallet, long asOfMs) {
    return ExchangeAccount.newBuilder()
        .setAccount(account)
        .setAsOfMs(asOfMs)
        .setWallet(dec(wallet))
        .build();
  }

  /** A long position as the exchange has it, with everything that it says. */
  public static ExchangePosition.Builder exchangePosition(String symbol, String quantity) {
    return ExchangePosition.newBuilder()
        .setSymbol(symbol)
        .setSide(PositionSide.LONG)
        .setQuantity(dec(quantity))
        .setEntryPrice(dec("71000.5"))
        .setLeverage(3)
        .setMarkPrice(dec("71100"))
        .setMargin(dec("474"))
        .setLiquidationPrice(dec("48000"))
        .setUnrealizedProfit(dec("1.99"));
  }

  /** An exchange that has another position than the ledger, which is flat there. */
  public static ExchangeAccount held(String account, String symbol, String quantity, long asOfMs) {
    PositionHold hold = new PositionHold(symbol, dec("0"), dec(quantity), asOfMs);
    return ExchangeAccount.newBuilder(exchange(account, "10000", asOfMs))
        .setHolds(List.of(hold))
        .build();
  }

  /** Buys for 300 USD margin at 2x, made at noon. */
  public static TradeIntent.Builder intent(String id) {
    return TradeIntent.newBuilder()
        .setIntentId(id)
        .setAccount(MAIN)
        .setSymbol(BTC)
        .setAction(IntentAction.BUY)
        .setSizing(Sizing.MARGIN)
        .setAmount(dec("300"))
        .setLeverage(2.0)
        .setCreatedAtMs(NOON);
  }

  public static Fill fill(String id, String quantity, String price) {
    return fill(id, quantity, price, "0");
  }

  public static Fill fill(String id, String quantity, String price, String fee) {
    return Fill.newBuilder()
        .setFillId(id)
        .setQuantity(dec(quantity))
        .setPrice(dec(price))
        .setFee(dec(fee))
        .setAtMs(NOON)
        .build();
  }

  /** A final, filled result of a plan. */
  public static ApplyResult.Builder result(ApplyPlan plan, Fill fill) {
    return result(plan.getSymbol(), plan.getSide(), fill)
        .setAccount(plan.getAccount())
        .setPlanId(plan.getPlanId())
        .setReduceOnly(plan.getReduceOnly())
        .setRequestedQuantity(plan.getQuantity())
        .setLeverage(plan.getLeverage());
  }

  /** A final, filled result that answers no plan. */
  public static ApplyResult.Builder result(String symbol, OrderSide side, Fill fill) {
    return ApplyResult.newBuilder()
        .setResultId(fill == null ? "none" : fill.getFillId())
        .setAccount(MAIN)
        .setSymbol(symbol)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(side)
        .setReduceOnly(false)
        .setRequestedQuantity(fill == null ? dec("1") : fill.getQuantity())
        .setFilledQuantity(fill == null ? dec("0") : fill.getQuantity())
        .setFill(fill)
        .setLeverage(2)
        .setAtMs(NOON);
  }

  /** An open position of the account main. */
  public static PositionLedger.Builder position(
      String symbol, PositionSide side, String quantity, String entryPrice) {
    return PositionLedger.newBuilder()
        .setAccount(MAIN)
        .setSymbol(symbol)
        .setPositionId(MAIN + ":" + symbol + ":1")
        .setOpenSequence(1)
        .setSide(side)
        .setQuantity(dec(quantity))
        .setEntryPrice(dec(entryPrice))
        .setLeverage(2)
        .setRealizedPnl(dec("0"))
        .setFees(dec("0"))
        .setPositionRealizedPnl(dec("0"))
        .setPositionFees(dec("0"))
        .setOpenedAtMs(NOON)
        .setUpdatedAtMs(NOON);
  }

  /** A long of 0.02 BTC at 71000 with its stop at 69000, as it was opened at noon. */
  public static PositionLedger.Builder longBtc() {
    return position(BTC, PositionSide.LONG, "0.02", "71000")
        .setRisk(
            Risk.newBuilder()
                .setInitialStop(dec("69000"))
                .setTarget(dec("87000"))
                .setFactor(1.5)
                .setSource(RiskSource.STATE_ATR)
                .build())
        .setStopPrice(dec("69000"))
        .setTargetPrice(dec("87000"))
        .setOpenedRegime("trend");
  }

  /** A proposal for {@link #longBtc}, made at noon, that asks for nothing. */
  public static HarvestProposal.Builder proposal() {
    return HarvestProposal.newBuilder()
        .setAccount(MAIN)
        .setSymbol(BTC)
        .setPositionId(MAIN + ":" + BTC + ":1")
        .setSide(PositionSide.LONG)
        .setAction("NONE")
        .setQuantity(dec("0.02"))
        .setEntryPrice(dec("71000"))
        .setMarkPrice(dec("72000"))
        .setUnrealizedPnl(dec("20"))
        .setRNet(0.4645)
        .setRiskUnit(2000)
        .setCostEstimate(71)
        .setKillScore(0.5)
        .setKRegimeFlip(0)
        .setKSigmaSpike(0)
        .setKTsDrop(0)
        .setKAgePenalty(0)
        .setAgeMs(MINUTE)
        .setAsOfMs(NOON);
  }

  /** A position of the account main at this price. */
  public static PositionSnapshot snapshot(PositionLedger row, String mark, long asOfMs) {
    BigDecimal price = dec(mark);
    return PositionSnapshot.newBuilder()
        .setAccount(row.getAccount())
        .setSymbol(row.getSymbol())
        .setPositionId(row.getPositionId())
        .setSide(row.getSide())
        .setQuantity(row.getQuantity())
        .setEntryPrice(row.getEntryPrice())
        .setLeverage(row.getLeverage())
        .setMarkPrice(price)
        .setNotional(Decimals.cash(row.getQuantity().multiply(price)))
        .setUnrealizedPnl(dec("0"))
        .setMarginInUse(dec("0"))
        .setPeakPrice(price)
        .setTroughPrice(price)
        .setOpenedAtMs(NOON)
        .setAgeMs(0)
        .setAsOfMs(asOfMs)
        .build();
  }
}
