package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceFillsTest extends OnTheTwin {

  private void open() {
    assertThat(exchange.setLeverage(MAIN, BTC, 5, now())).isNotNull();
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.PROFIT_LOCK));
    protect(target("62000", PLAN));
  }

  /** Nothing is told once more, however long one listens. */
  private void nothingMore() {
    exchange.marketLink().forget("nobody");
    for (int i = 0; i < 20; i++) {
      assertThat(exchange.marketLink().unplanned(MAIN, now())).isEmpty();
      pause(10);
    }
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("assumes-sibling-stays-or-expires")
  @Tag("assumes-conditional-keeps-id")
  void shouldReportAStopOnceAndLeaveTheTargetToWhoeverTrades(boolean siblingsStay) {
    // given
    twin.matching(inner -> inner.siblingsStay(siblingsStay));
    follow();
    open();

    // when
    twin.price(BTC, new BigDecimal("58900"));
    UnplannedFill fill = unplanned(1).getFirst();

    // then
    assertThat(fill.origin()).isEqualTo(ResultOrigin.STOP);
    assertThat(fill.trigger()).isEqualTo(ExitTrigger.PROFIT_LOCK);
    assertThat(fill.clientOrderId()).isEqualTo(PLAN + "-s");
    assertThat(fill.side()).isEqualTo(OrderSide.SELL);
    assertThat(fill.reduceOnly()).isTrue();
    assertThat(fill.leverage()).isEqualTo(5);
    assertThat(fill.fill().getQuantity()).isEqualByComparingTo("0.010");
    assertThat(fill.fill().getFee()).isPositive();
    nothingMore();
    assertThat(exchange.protection(MAIN, BTC).orElseThrow())
        .as("nothing is sent")
        .hasSize(siblingsStay ? 1 : 0);
    assertThat(exchange.clearProtection(MAIN, BTC, now())).isInstanceOf(Acknowledgement.Done.class);
    assertThat(exchange.protection(MAIN, BTC).orElseThrow()).isEmpty();
    ExchangeAccount account = exchange.account(MAIN, now()).orElseThrow();
    assertThat(account.getPositions()).isEmpty();
    assertThat(account.getLastFillId()).isEqualTo(fill.fill().getFillId());
  }

  @Test
  void shouldReportAStopWhoseFillComesFirstAndWhoseOrderIsNotNamed() {
    // given
    twin.matching(
        faults -> {
          faults.fillBeforeTriggered(true);
          faults.hideActualOrder(true);
        });
    follow();
    open();

    // when
    twin.price(BTC, new BigDecimal("62100"));

    // then
    assertThat(unplanned(1))
        .singleElement()
        .extracting(UnplannedFill::origin, UnplannedFill::trigger)
        .containsExactly(ResultOrigin.TARGET, ExitTrigger.TARGET_HIT);
    nothingMore();
  }

  @Test
  void shouldReportEachPartOnceThoughEventsAreDoubledAndLate() {
    // given
    follow();
    open();
    twin.matching(faults -> faults.parts(10));
    twin.faults().streams().random(0.4, 0.4);

    // when
    twin.price(BTC, new BigDecimal("58900"));
    List<UnplannedFill> fills = unplanned(10);

    // then
    assertThat(fills)
        .hasSize(10)
        .extracting(each -> each.fill().getFillId())
        .doesNotHaveDuplicates();
    nothingMore();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRADE_LITE", "ORDER_TRADE_UPDATE", "ALGO_UPDATE", "ACCOUNT_UPDATE"})
  void shouldFillTheGapThatACutLeaves(String type) {
    // given
    follow();
    open();
    assertThat(exchange.marketLink().unplanned(MAIN, now())).isEmpty();
    twin.faults().streams().cutAt(type);

    // when
    twin.price(BTC, new BigDecimal("58900"));

    // then
    assertThat(unplanned(1))
        .singleElement()
        .extracting(UnplannedFill::origin)
        .isEqualTo(ResultOrigin.STOP);
    await(() -> exchange.isStreaming(MAIN));
    nothingMore();
  }

  @Test
  @Tag("assumes-end-time-ahead")
  void shouldFindAStopOfWhichAStreamThatStandsSaysNothing() {
    // given
    follow();
    open();
    twin.faults().streams().silenceUsers(true);

    // when
    twin.price(BTC, new BigDecimal("58900"));

    // then
    assertThat(unplanned(1))
        .singleElement()
        .extracting(UnplannedFill::origin)
        .isEqualTo(ResultOrigin.STOP);
    nothingMore();
  }

  @Test
  @Tag("assumes-forced-order-ids")
  void shouldReportWhatTheTraderAndTheExchangeDid() {
    // given
    follow();
    open();

    // when
    twin.closeByHand(MAIN, BTC, new BigDecimal("0.5"));
    List<UnplannedFill> fills = new ArrayList<>(unplanned(1));
    twin.liquidate(MAIN, BTC);
    fills.addAll(unplanned(1));

    // then
    assertThat(fills)
        .extracting(UnplannedFill::origin)
        .containsExactly(ResultOrigin.FOREIGN, ResultOrigin.LIQUIDATION);
    assertThat(fills).extracting(UnplannedFill::trigger).containsOnly(ExitTrigger.NONE);
    assertThat(fills).extracting(UnplannedFill::side).containsOnly(OrderSide.SELL);
    nothingMore();
  }

  @Test
  void shouldTakeANewKeyWhenTheOldOneIsLost() {
    // given
    follow();
    open();

    // when
    twin.expireListenKey(MAIN);
    twin.price(BTC, new BigDecimal("58900"));

    // then
    assertThat(unplanned(1)).hasSize(1);
    await(() -> exchange.isStreaming(MAIN));
    nothingMore();
  }

  @Test
  void shouldReportWhatHappenedWhileNobodyWasThere() {
    // given
    follow();
    open();
    ExchangeAccount last = exchange.account(MAIN, now()).orElseThrow();
    List<ApplyResult> results = new ArrayList<>(List.of(planned(true)));
    exchange.close();

    // when
    twin.price(BTC, new BigDecimal("58900"));
    exchange = open(SessionRecorder.none());
    exchange.marketLink().restore(MAIN, Optional.of(last), results);
    UnplannedFill fill = unplanned(1).getFirst();

    // then
    assertThat(fill.origin()).isEqualTo(ResultOrigin.STOP);
    assertThat(fill.trigger()).isEqualTo(ExitTrigger.PROFIT_LOCK);
    assertThat(fill.leverage()).isEqualTo(5);
    nothingMore();

    // and: what was committed is not told after the next start
    results.add(ResultRecords.unplanned(fill, now()));
    exchange.marketLink().restore(MAIN, Optional.of(last), results);
    await(() -> exchange.isStreaming(MAIN));
    nothingMore();
  }

  /** Returns the result of the plan's own order. */
  private ApplyResult planned(boolean last) {
    Accepted order = (Accepted) exchange.query(MAIN, BTC, PLAN, now());
    return ApplyResult.newBuilder()
        .setResultId(order.fills().getFirst().getFillId())
        .setPlanId("0123456789abcdef")
        .setSymbol(BTC)
        .setOrigin(ResultOrigin.PLAN)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(last)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(new BigDecimal("0.010"))
        .setFilledQuantity(new BigDecimal("0.010"))
        .setFill(order.fills().getFirst())
        .setClientOrderId(PLAN)
        .setAtMs(order.fills().getFirst().getAtMs() - 500)
        .build();
  }

  @Test
  void shouldReportAnOwnFillOfAPlanThatHadEndedBefore() {
    // given
    buy("0.010", PLAN);
    ApplyResult lapsed =
        ApplyResult.newBuilder(planned(true))
            .setOutcome(ResultOutcome.LAPSED)
            .setFill(null)
            .build();

    // when
    exchange.marketLink().restore(MAIN, Optional.empty(), List.of(lapsed));

    // then
    assertThat(unplanned(1))
        .singleElement()
        .extracting(UnplannedFill::origin, UnplannedFill::clientOrderId)
        .containsExactly(ResultOrigin.FOREIGN, PLAN);
  }

  @Test
  void shouldReportNothingOfTheTimeBeforeAnAccountWasNew() {
    // given
    buy("0.010", PLAN);
    pause(20);
    twin.closeByHand(MAIN, BTC, BigDecimal.ONE);
    pause(20);

    // when
    follow();

    // then
    nothingMore();
    assertThat(exchange.marketLink().income(MAIN, now())).isEmpty();
  }

  @Test
  void shouldAskAgainWhereTheExchangeDidNotSay() {
    // given
    follow();
    open();
    ExchangeAccount last = exchange.account(MAIN, now()).orElseThrow();
    List<ApplyResult> results = List.of(planned(true));
    exchange.marketLink().forget(MAIN);
    twin.price(BTC, new BigDecimal("58900"));
    twin.faults()
        .next("GET", "/fapi/v1/userTrades", RestFault.refusal(503, -1001, "Internal error"), 1);

    // when
    exchange.marketLink().restore(MAIN, Optional.of(last), results);

    // then
    assertThat(exchange.marketLink().unplanned(MAIN, now())).isEmpty();
    assertThat(unplanned(1)).hasSize(1);
  }

  @Test
  void shouldReportFundingOnceAndWhatWasPaidInAnotherAsset() {
    // given
    follow();
    open();

    // when
    twin.fund();
    List<String> ids = new ArrayList<>();
    await(
        () -> {
          assertThat(exchange.marketLink().unplanned(MAIN, now())).isEmpty();
          exchange.marketLink().income(MAIN, now()).forEach(each -> ids.add(each.getIncomeId()));
          return !ids.isEmpty();
        });

    // then
    assertThat(ids).hasSize(1).allMatch(id -> id.startsWith("FUNDING_FEE:"));
    nothingMore();
    assertThat(exchange.marketLink().income(MAIN, now())).isEmpty();
  }

  @Test
  @Tag("assumes-income-names-trades")
  void shouldFindTradesInASymbolNobodyThoughtOf() {
    // given
    follow();
    twin.faults().streams().silenceUsers(true);

    // when
    try (HandOf hand = new HandOf(settings())) {
      hand.send(
          Call.order("/fapi/v1/order", Urgency.ENTRY)
              .with("symbol", "币安人生USDT")
              .with("side", "BUY")
              .with("type", "MARKET")
              .with("quantity", "100")
              .with("newClientOrderId", "web_7"));
    }
    twin.cutUserStreams();

    // then
    assertThat(unplanned(1))
        .singleElement()
        .extracting(UnplannedFill::origin, UnplannedFill::symbol, UnplannedFill::clientOrderId)
        .containsExactly(ResultOrigin.FOREIGN, "币安人生USDT", "web_7");
  }
}
