package io.quantumtrader.console.testing;

import static io.quantumtrader.console.testing.Records.BTC;
import static io.quantumtrader.console.testing.Records.ETH;
import static io.quantumtrader.console.testing.Records.MINUTE;
import static io.quantumtrader.console.testing.Records.NOW;
import static io.quantumtrader.console.testing.Records.number;
import static io.quantumtrader.console.testing.Records.numbers;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.RankedSymbol;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An afternoon of two accounts, alpha in partition 0 and beta in partition 1: of everything that
 * can be shown there is something.
 */
public final class TwoAccounts {

  public static final String ALPHA = "alpha";
  public static final String BETA = "beta";

  private static final int CANDLES = 120;

  private TwoAccounts() {}

  /** Returns a book of it. */
  public static GivenBook book() {
    GivenBook book = new GivenBook();
    rules(book);
    LeftToOperators.ramp(book);
    market(book);
    money(book);
    openLong(book);
    denials(book);
    closedTrades(book);
    LeftToOperators.letters(book);
    book.tell(Topic.CLOCK, "0", Records.clock(NOW + MINUTE));
    return book;
  }

  private static void rules(GivenBook book) {
    Policy first = Policies.initial(NOW - 90 * MINUTE);
    book.tell(Topic.POLICY, 0, "default", Optional.of(first), Map.of());
    Policy second =
        Policy.newBuilder(first)
            .setVersion(2)
            .setCreatedAtMs(NOW - 30 * MINUTE)
            .setMaxPositions(5)
            .setNote("fewer at a time")
            .build();
    Map<String, String> by = Map.of("quantum.set.by", "dora");
    book.tell(Topic.POLICY, 0, "default", Optional.of(second), by);
    Policy third =
        Policy.newBuilder(second)
            .setVersion(3)
            .setCreatedAtMs(NOW - 10 * MINUTE)
            .setMaxPositions(6)
            .setMaxExposure(0.5)
            .setNote("calmer")
            .build();
    book.tell(Topic.POLICY, 0, "default", Optional.of(third), by);
    book.tell(
        Topic.CONTROL,
        "*",
        Control.newBuilder()
            .setAccount("*")
            .setTradingState(TradingState.ACTIVE)
            .setReason("start")
            .setAtMs(NOW - 90 * MINUTE)
            .build());
    book.tell(
        Topic.CONTROL,
        BETA,
        Control.newBuilder()
            .setAccount(BETA)
            .setTradingState(TradingState.REDUCING)
            .setReason("night shift")
            .setAtMs(NOW - MINUTE)
            .build());
  }

  private static void market(GivenBook book) {
    for (int back = CANDLES; back >= 0; back--) {
      String close = "%.2f".formatted(100 + 4 * Math.sin(back / 9.0) + back % 3);
      book.tell(Topic.CANDLE, BTC, Records.candle(BTC, NOW - back * MINUTE, close));
    }
    for (String symbol : List.of(BTC, ETH, "BNBUSDT", "XRPUSDT", "ADAUSDT")) {
      book.tell(Topic.INSTRUMENT, symbol, Records.instrument(symbol).build());
    }
    for (String symbol : List.of(BTC, ETH, "BNBUSDT")) {
      book.tell(Topic.MARKET_STATE, symbol, Records.state(symbol, NOW).build());
    }
    book.tell(
        Topic.MARKET_STATE, "XRPUSDT", Records.state("XRPUSDT", NOW).setSigma(0.0001).build());
    book.tell(
        Topic.UNIVERSE,
        "top10",
        Universe.newBuilder()
            .setName("top10")
            .setAsOfMs(NOW)
            .setSymbols(List.of(BTC, ETH, "BNBUSDT"))
            .setRanking(List.of(new RankedSymbol(BTC, 0.9, 0.001, 0.4)))
            .setCode("UNIVERSE_RANKED")
            .build());
  }

  private static void money(GivenBook book) {
    for (int back = 90; back >= 0; back--) {
      String equity = "%.2f".formatted(10_000 + 60 * Math.sin(back / 11.0) - back);
      book.tell(
          Topic.PORTFOLIO_STATE,
          0,
          ALPHA,
          Records.portfolio(ALPHA, NOW - back * MINUTE)
              .setEquity(number(equity))
              .setUnrealizedPnl(number("4"))
              .setOpenPositions(1)
              .setReservations(1)
              .setMarginRatio(2.5)
              .setHeat(0.1 + 0.3 * Math.abs(Math.sin(back / 20.0)))
              .build());
      book.tell(
          Topic.PORTFOLIO_STATE, 1, BETA, Records.portfolio(BETA, NOW - back * MINUTE).build());
    }
  }

  private static void openLong(GivenBook book) {
    book.tell(Topic.TRADE_INTENT, 0, ALPHA, Records.intent("i-open", ALPHA, BTC).build());
    book.tell(
        Topic.DECISION,
        0,
        ALPHA,
        decision("i-open", "PERMIT_GRANTED", Verdict.GRANTED)
            .setDecisionId("gate:i-open")
            .setStage("portfolio-gate")
            .setPlanId("p-open")
            .setNumbers(numbers("quantity", "1.0", "exposureAfter", "0.12345678"))
            .setLookups(List.of(new Lookup("quantum.market.state", BTC, NOW, 300L)))
            .build());
    book.tell(
        Topic.APPLY_PLAN,
        0,
        ALPHA,
        Records.plan("p-open", ALPHA, BTC).setIntentId("i-open").build());
    book.tell(Topic.PERMIT, "p-open", Records.permit("p-open", ALPHA, BTC).build());
    book.tell(
        Topic.APPLY_RESULT,
        0,
        ALPHA,
        Records.fill("f-open", ALPHA, BTC, OrderSide.BUY, "1", "100").setPlanId("p-open").build());
    book.tell(Topic.POSITION_LEDGER, 0, ALPHA + ":" + BTC, Records.ledger(ALPHA, BTC).build());
    book.tell(Topic.POSITION_SNAPSHOT, 0, ALPHA + ":" + BTC, snapshot());
    book.tell(Topic.HARVEST_PROPOSAL, 0, ALPHA + ":" + BTC, proposal());
    book.tell(
        Topic.APPLY_PLAN,
        0,
        ALPHA,
        Records.plan("p-waiting", ALPHA, ETH).setIntentId("i-waiting").build());
  }

  private static PositionSnapshot snapshot() {
    return PositionSnapshot.newBuilder()
        .setAccount(ALPHA)
        .setSymbol(BTC)
        .setPositionId(ALPHA + ":" + BTC + ":1")
        .setSide(PositionSide.LONG)
        .setQuantity(number("1"))
        .setEntryPrice(number("100"))
        .setLeverage(2)
        .setMarkPrice(number("104"))
        .setNotional(number("104"))
        .setUnrealizedPnl(number("4"))
        .setMarginInUse(number("50"))
        .setPeakPrice(number("105"))
        .setTroughPrice(number("99"))
        .setOpenedAtMs(NOW)
        .setAgeMs(MINUTE)
        .setAsOfMs(NOW + MINUTE)
        .setLiquidationPrice(number("50.25"))
        .build();
  }

  private static HarvestProposal proposal() {
    return HarvestProposal.newBuilder()
        .setAccount(ALPHA)
        .setSymbol(BTC)
        .setPositionId(ALPHA + ":" + BTC + ":1")
        .setSide(PositionSide.LONG)
        .setAction("HOLD")
        .setQuantity(number("1"))
        .setEntryPrice(number("100"))
        .setMarkPrice(number("104"))
        .setUnrealizedPnl(number("4"))
        .setRNet(0.78)
        .setRiskUnit(5.0)
        .setCostEstimate(0.1)
        .setKillScore(0.21)
        .setKRegimeFlip(0)
        .setKSigmaSpike(0)
        .setKTsDrop(0)
        .setKAgePenalty(0)
        .setAgeMs(MINUTE)
        .setAsOfMs(NOW + MINUTE)
        .build();
  }

  private static void denials(GivenBook book) {
    book.tell(
        Topic.TRADE_INTENT, 1, BETA, Records.intent("i-denied", BETA, ETH).setSource("").build());
    for (int index = 0; index < 3; index++) {
      book.tell(
          Topic.DECISION,
          1,
          BETA,
          Records.decision(BETA, index == 0 ? "i-denied" : "i-denied-" + index, "TRADING_REDUCING")
              .setStage("bridge")
              .setSymbol(ETH)
              .setAtMs(NOW + 200 + index)
              .setNumbers(numbers("tradingState", "REDUCING"))
              .build());
    }
    book.tell(
        Topic.DECISION,
        0,
        ALPHA,
        Records.decision(ALPHA, "i-small", "MIN_NOTIONAL")
            .setNumbers(numbers("notional", "3.2", "minNotional", "5"))
            .build());
    book.tell(Topic.DECISION, 0, ALPHA, Records.decision(ALPHA, "i-hold", "INTENT_HOLD").build());
  }

  private static void closedTrades(GivenBook book) {
    trade(book, 0, ALPHA, "ADAUSDT", "t-won", "110", ExitTrigger.TARGET_HIT, 60);
    trade(book, 0, ALPHA, "ADAUSDT", "t-lost", "96", ExitTrigger.STOP_HIT, 40);
    trade(book, 1, BETA, "XRPUSDT", "t-beta", "102", ExitTrigger.INTENT, 20);
  }

  private static void trade(
      GivenBook book,
      int partition,
      String account,
      String symbol,
      String id,
      String exit,
      ExitTrigger by,
      int minutesAgo) {
    long openedMs = NOW - (minutesAgo + 15) * MINUTE;
    book.tell(
        Topic.APPLY_PLAN,
        partition,
        account,
        Records.plan(id, account, symbol).setCreatedAtMs(openedMs - 1_000).build());
    book.tell(
        Topic.APPLY_RESULT,
        partition,
        account,
        fill(id + "-in", account, symbol, OrderSide.BUY, "100", openedMs).setPlanId(id).build());
    book.tell(
        Topic.APPLY_RESULT,
        partition,
        account,
        fill(id + "-out", account, symbol, OrderSide.SELL, exit, NOW - minutesAgo * MINUTE)
            .setReduceOnly(true)
            .setTrigger(by)
            .build());
  }

  private static ApplyResult.Builder fill(
      String id, String account, String symbol, OrderSide side, String price, long atMs) {
    return Records.fill(id, account, symbol, side, "1", price)
        .setFill(
            Fill.newBuilder()
                .setFillId(id)
                .setQuantity(number("1"))
                .setPrice(number(price))
                .setFee(number("0.1"))
                .setAtMs(atMs)
                .build())
        .setAtMs(atMs);
  }

  private static Decision.Builder decision(String causeId, String code, Verdict verdict) {
    return Records.decision(ALPHA, causeId, code).setVerdict(verdict);
  }
}
