package io.quantumtrader.bench.run;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Ordinary records to measure with. */
public final class Sample {

  /** Length of a candle, milliseconds. */
  public static final long MINUTE_MS = 60_000;

  private static final double PRICE = 100;

  private Sample() {}

  /** Returns a decimal as the schemas have it. */
  public static BigDecimal decimal(double value) {
    return BigDecimal.valueOf(value).setScale(18, RoundingMode.HALF_EVEN);
  }

  /** Returns the name of a symbol. */
  public static String symbol(int number) {
    return "COIN%03dUSDT".formatted(number);
  }

  /** Returns the default policy with the symbols that may be opened, and room for them. */
  public static Policy policy(List<String> allowed, long nowMs) {
    return Policy.newBuilder()
        .setVersion(2)
        .setCreatedAtMs(nowMs)
        .setAllowedSymbols(allowed)
        .setMaxPositions(1000)
        // Symbols that take turns have no candles meanwhile, and stay warm all the same.
        .setCandleMaxGap(1000)
        .build();
  }

  /** Returns the trading state ACTIVE for all accounts. */
  public static Control active(long nowMs) {
    return Control.newBuilder()
        .setAccount(Accounts.ALL)
        .setTradingState(TradingState.ACTIVE)
        .setAtMs(nowMs)
        .build();
  }

  /** Returns the filters of a symbol. */
  public static Instrument instrument(String symbol, long nowMs) {
    return Instrument.newBuilder()
        .setSymbol(symbol)
        .setTickSize(decimal(0.01))
        .setStepSize(decimal(0.001))
        .setMinQuantity(decimal(0.001))
        .setMinNotional(decimal(5))
        .setMaxLeverage(125)
        .setStatus(InstrumentStatus.TRADING)
        .setAsOfMs(nowMs)
        .build();
  }

  /** Returns a calm trend. */
  public static MarketState state(String symbol, long nowMs) {
    return MarketState.newBuilder()
        .setSymbol(symbol)
        .setAsOfMs(nowMs)
        .setIntervalMs(MINUTE_MS)
        .setSigma(0.001)
        .setMu(0.0001)
        .setTs(0.1)
        .setPTrend(0.5)
        .setPMr(0.2)
        .setPChop(0.3)
        .setDp(0.5)
        .setVr(1.0)
        .setSpikeProxy(0.0)
        .setAtr(1.4)
        .setLastPrice(decimal(PRICE))
        .setNotional24h(1e9)
        .setBufferSize(257)
        .build();
  }

  /** Returns a wallet with much in it. */
  public static ExchangeAccount wallet(String account, long nowMs) {
    return ExchangeAccount.newBuilder()
        .setAccount(account)
        .setAsOfMs(nowMs)
        .setWallet(decimal(1_000_000))
        .build();
  }

  /** Returns a step of the clock of a partition. */
  public static Clock clock(int partition, long nowMs) {
    return Clock.newBuilder().setNowMs(nowMs).setStepMs(1000).setPartition(partition).build();
  }

  /** Returns an intent to buy for 100 USD of margin at 2x. */
  public static TradeIntent intent(String id, String account, String symbol, long nowMs) {
    return TradeIntent.newBuilder()
        .setIntentId(id)
        .setAccount(account)
        .setSymbol(symbol)
        .setAction(IntentAction.BUY)
        .setSizing(Sizing.MARGIN)
        .setAmount(decimal(100))
        .setLeverage(2.0)
        .setSource("bench")
        .setCreatedAtMs(nowMs)
        .build();
  }

  /** Returns a fill by which an account takes over a position that it did not open itself. */
  public static ApplyResult adopted(String account, String symbol, long nowMs) {
    String id = "adopted-" + account + "-" + symbol;
    return ApplyResult.newBuilder()
        .setResultId(id)
        .setAccount(account)
        .setSymbol(symbol)
        .setOrigin(ResultOrigin.ADOPTED)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(decimal(1))
        .setFilledQuantity(decimal(1))
        .setFill(
            Fill.newBuilder()
                .setFillId(id)
                .setQuantity(decimal(1))
                .setPrice(decimal(PRICE))
                .setFee(decimal(0))
                .setAtMs(nowMs)
                .build())
        .setLeverage(2)
        .setAtMs(nowMs)
        .build();
  }

  /** Returns the close of a minute: calm around one price, and another for each minute. */
  public static double close(int symbol, long minute) {
    return PRICE
        * (1 + 0.0004 * Math.sin((minute + symbol) / 7.0) + 0.0002 * Math.cos(minute * 1.7));
  }

  /** Returns the candle of a minute, counted from 1970. */
  public static Candle candle(int symbol, long minute) {
    BigDecimal close = decimal(close(symbol, minute));
    return Candle.newBuilder()
        .setSymbol(symbol(symbol))
        .setOpenTimeMs(minute * MINUTE_MS)
        .setIntervalMs(MINUTE_MS)
        .setOpen(close)
        .setHigh(close.multiply(new BigDecimal("1.0003")).setScale(18, RoundingMode.HALF_EVEN))
        .setLow(close.multiply(new BigDecimal("0.9997")).setScale(18, RoundingMode.HALF_EVEN))
        .setClose(close)
        .setVolume(decimal(10))
        .build();
  }
}
