package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradeBookTest {

  private static final String PLAN = "qs-0123456789abcdef";
  private static final String OTHER = "qs-fedcba9876543210";
  private static final OrderFacts STOP = new OrderFacts(PLAN + "-sp", true, false);

  private static final OrderFacts OWN = new OrderFacts(PLAN, false, false);

  private final TradeBook book = new TradeBook("main");

  private static Trade trade(String symbol, long id, long atMs) {
    return new Trade(
        symbol,
        id,
        9,
        OrderSide.SELL,
        new BigDecimal("0.5"),
        new BigDecimal("100"),
        new BigDecimal("0.02"),
        "USDT",
        atMs);
  }

  private static ApplyResult result(String clientOrderId, Trade trade, boolean last) {
    return ApplyResult.newBuilder()
        .setResultId("r")
        .setSymbol("BTCUSDT")
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(last)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(BigDecimal.ONE)
        .setFilledQuantity(BigDecimal.ONE)
        .setClientOrderId(clientOrderId)
        .setAtMs(1)
        .setFill(trade == null ? null : trade.fill("USDT"))
        .build();
  }

  @Test
  void shouldReportAFillOnceHoweverOftenItIsTold() {
    // when
    book.take(trade("BTCUSDT", 7, 10), STOP, "USDT", 5);
    book.take(trade("BTCUSDT", 7, 10), STOP, "USDT", 5);

    // then
    List<UnplannedFill> fills = book.report();
    assertThat(fills).hasSize(1);
    UnplannedFill fill = fills.getFirst();
    assertThat(fill.fill().getFillId()).isEqualTo("BTCUSDT:7");
    assertThat(fill.origin()).isEqualTo(ResultOrigin.STOP);
    assertThat(fill.trigger()).isEqualTo(ExitTrigger.PROFIT_LOCK);
    assertThat(fill.clientOrderId()).isEqualTo(PLAN + "-s");
    assertThat(fill.orderId()).isEqualTo("9");
    assertThat(fill.reduceOnly()).isTrue();
    assertThat(fill.leverage()).isEqualTo(5);
    assertThat(book.report()).isEmpty();
  }

  @Test
  @Tag("assumes-trade-id-of-symbol")
  void shouldNotTakeTheSameIdOfAnotherSymbolForTheSameTrade() {
    // when
    book.take(trade("BTCUSDT", 7, 10), STOP, "USDT", 1);
    book.take(trade("ETHUSDT", 7, 10), STOP, "USDT", 1);

    // then
    assertThat(book.report()).hasSize(2);
  }

  @Test
  void shouldReportInTheOrderItHappened() {
    // given
    book.take(trade("BTCUSDT", 8, 20), STOP, "USDT", 1);
    book.take(trade("BTCUSDT", 10, 10), STOP, "USDT", 1);
    book.take(trade("BTCUSDT", 9, 10), STOP, "USDT", 1);

    // then
    assertThat(book.report())
        .extracting(each -> each.fill().getFillId())
        .containsExactly("BTCUSDT:9", "BTCUSDT:10", "BTCUSDT:8");
    assertThat(book.lastFillId()).isEqualTo("BTCUSDT:8");
  }

  @Test
  void shouldLeaveThePlansOwnFillsToItsRun() {
    // given
    book.runs(Set.of(PLAN));

    // when
    book.take(trade("BTCUSDT", 7, 10), OWN, "USDT", 1);

    // then
    assertThat(book.has("BTCUSDT:7")).isTrue();
    assertThat(book.report()).isEmpty();
  }

  @Test
  void shouldReportWhatARunThatEndedHasNotReported() {
    // given: of two fills the run was told of one, and ends
    book.runs(Set.of(PLAN));
    book.take(trade("BTCUSDT", 7, 10), OWN, "USDT", 1);
    book.take(trade("BTCUSDT", 8, 11), OWN, "USDT", 1);
    book.toldToRun(PLAN, List.of(trade("BTCUSDT", 7, 10).fill("USDT")));
    assertThat(book.report()).isEmpty();

    // when
    book.runs(Set.of());

    // then
    assertThat(book.report())
        .singleElement()
        .extracting(each -> each.fill().getFillId(), UnplannedFill::origin)
        .containsExactly("BTCUSDT:8", ResultOrigin.FOREIGN);
    assertThat(book.report()).isEmpty();
  }

  @Test
  void shouldReportAFillOfAPlanThatHasNoRunHere() {
    // given: a plan of long ago, or of another cluster; of one fill the results tell
    book.restore(List.of(result(PLAN, trade("BTCUSDT", 6, 9), true)));

    // when
    book.take(trade("BTCUSDT", 6, 9), OWN, "USDT", 1);
    book.take(trade("BTCUSDT", 7, 10), OWN, "USDT", 1);
    book.take(trade("BTCUSDT", 7, 10), OWN, "USDT", 1);

    // then
    assertThat(book.report())
        .singleElement()
        .extracting(UnplannedFill::origin, UnplannedFill::clientOrderId)
        .containsExactly(ResultOrigin.FOREIGN, PLAN);
    assertThat(book.hasOrder(PLAN)).as("it was executed").isTrue();
  }

  @Test
  void shouldKnowThatAnOrderWasExecutedWhoeverToldOfItsFills() {
    // when: one by what was committed before a restart, one by the exchange's answer to its run
    book.restore(
        List.of(result(PLAN, trade("BTCUSDT", 6, 9), true), result(PLAN + "-s", null, true)));
    book.toldToRun(OTHER, List.of(trade("BTCUSDT", 7, 10).fill("USDT")));

    // then
    assertThat(book.hasOrder(PLAN)).isTrue();
    assertThat(book.hasOrder(OTHER)).isTrue();
    book.forgetBefore(10);
    assertThat(book.hasOrder(PLAN)).isFalse();
    assertThat(book.hasOrder(OTHER)).isTrue();
  }

  @Test
  void shouldBookEachAssetOfCashThatHasOneId() {
    // given
    CashBook cash = new CashBook("main", "USDT");
    Income usdt = new Income("TRANSFER", "", BigDecimal.ONE, "USDT", 5, 42, "");
    Income bnb = new Income("TRANSFER", "", BigDecimal.TEN, "BNB", 5, 42, "");

    // when
    cash.take(usdt);
    cash.take(bnb);
    List<ExchangeIncome> told = cash.report(99);
    CashBook after = new CashBook("main", "USDT");
    after.restore(told.subList(0, 1));
    after.take(usdt);
    after.take(bnb);

    // then
    assertThat(told).extracting(ExchangeIncome::getAsset).containsExactly("USDT", "BNB");
    assertThat(after.report(99)).extracting(ExchangeIncome::getAsset).containsExactly("BNB");
  }

  @Test
  void shouldNotReportWhatAnAdoptedPositionContains() {
    // given
    ApplyResult adopted =
        ApplyResult.newBuilder(result("", trade("BTCUSDT", 6, 20), true))
            .setOrigin(ResultOrigin.ADOPTED)
            .build();
    book.restore(List.of(adopted));

    // when
    book.take(trade("BTCUSDT", 7, 20), STOP, "USDT", 1);
    book.take(trade("BTCUSDT", 8, 21), STOP, "USDT", 1);
    book.take(trade("ETHUSDT", 9, 20), STOP, "USDT", 1);

    // then
    assertThat(book.report())
        .extracting(each -> each.fill().getFillId())
        .containsExactly("ETHUSDT:9", "BTCUSDT:8");
  }

  @Test
  void shouldTellAFeeInAnotherAssetBesideTheFill() {
    // given
    Trade bnb =
        new Trade(
            "BTCUSDT",
            1,
            2,
            OrderSide.BUY,
            BigDecimal.ONE,
            BigDecimal.TEN,
            new BigDecimal("0.003"),
            "BNB",
            5);

    // when
    Fill fill = bnb.fill("USDT");
    Fill quote = trade("BTCUSDT", 7, 10).fill("USDT");

    // then
    assertThat(fill.getFee()).isZero();
    assertThat(fill.getFeeAsset()).isEqualTo("BNB");
    assertThat(fill.getFeePaid()).isEqualByComparingTo("0.003");
    assertThat(quote.getFee()).isEqualByComparingTo("0.02");
    assertThat(quote.getFeeAsset()).isEmpty();
    assertThat(quote.getFeePaid()).isNull();
  }

  @Test
  void shouldForgetOnlyWhatIsOld() {
    // given
    book.take(trade("BTCUSDT", 7, 10), STOP, "USDT", 1);
    book.take(trade("BTCUSDT", 8, 20), STOP, "USDT", 1);

    // when
    book.forgetBefore(20);

    // then
    assertThat(book.has("BTCUSDT:7")).isFalse();
    assertThat(book.has("BTCUSDT:8")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "FUNDING_FEE, USDT, FUNDING",
    "COMMISSION, BNB, COMMISSION",
    "COMMISSION, USDT,",
    "REALIZED_PNL, USDT,",
    "TRANSFER, USDT, TRANSFER",
    "INSURANCE_CLEAR, USDT, LIQUIDATION_FEE",
    "REFERRAL_KICKBACK, USDT, OTHER"
  })
  void shouldBookCashOnceAndNotWhatTheFillsTell(String type, String asset, IncomeKind kind) {
    // given
    CashBook cash = new CashBook("main", "USDT");
    Income row = new Income(type, "BTCUSDT", new BigDecimal("-0.37"), asset, 5, 42, "");

    // when
    cash.take(row);
    cash.take(row);

    // then
    assertThat(cash.report(99))
        .extracting(each -> each.getIncomeId() + " " + each.getKind() + " " + each.getAtMs())
        .isEqualTo(kind == null ? List.of() : List.of(type + ":42 " + kind + " 99"));
    assertThat(cash.report(99)).isEmpty();
  }
}
