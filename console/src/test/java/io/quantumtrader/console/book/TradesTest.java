package io.quantumtrader.console.book;

import static io.quantumtrader.console.testing.Records.BTC;
import static io.quantumtrader.console.testing.Records.ETH;
import static io.quantumtrader.console.testing.Records.NOW;
import static io.quantumtrader.schemas.avro.OrderSide.BUY;
import static io.quantumtrader.schemas.avro.OrderSide.SELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.console.testing.GivenBook;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.view.FillRow;
import io.quantumtrader.console.view.FillView;
import io.quantumtrader.console.view.Scope;
import io.quantumtrader.console.view.TradeFigures;
import io.quantumtrader.console.view.TradeRow;
import io.quantumtrader.console.view.TradeView;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TradesTest {

  private static final String A = "alpha";
  private static final String B = "beta";

  private final GivenBook book = new GivenBook();

  private void filled(ApplyResult.Builder result) {
    book.tell(Topic.APPLY_RESULT, result.getAccount(), result.build());
  }

  private void planned(String plan, String account, String symbol) {
    book.tell(Topic.APPLY_PLAN, account, Records.plan(plan, account, symbol).build());
  }

  private List<TradeRow> trades(String account) {
    return book.read(pages -> TradeView.rows(pages, new Scope(account, "")));
  }

  @Test
  void shouldTellATradeFromEntryOverPartCloseToFlat() {
    // given: 2 bought at 100, a stop at 95
    planned("p", A, BTC);
    filled(Records.fill("f1", A, BTC, BUY, "2", "100").setPlanId("p"));

    // when: half is sold at 110, the rest at 104
    filled(Records.fill("f2", A, BTC, SELL, "1", "110").setTrigger(ExitTrigger.RUNG));
    assertThat(trades(A)).as("not closed yet").isEmpty();
    filled(Records.fill("f3", A, BTC, SELL, "1", "104").setTrigger(ExitTrigger.STOP_HIT));

    // then
    assertThat(trades(A))
        .singleElement()
        .satisfies(
            trade -> {
              assertThat(trade.side()).isEqualTo("LONG");
              assertThat(trade.quantity()).isEqualByComparingTo("2");
              assertThat(trade.entryPrice()).isEqualByComparingTo("100");
              assertThat(trade.exitPrice()).isEqualByComparingTo("107");
              assertThat(trade.realized()).isEqualByComparingTo("14");
              assertThat(trade.fees()).isEqualByComparingTo("0.3");
              assertThat(trade.net()).isEqualByComparingTo("13.7");
              assertThat(trade.r()).as("13.7 of 2 x 5").isCloseTo(1.37, offset(1e-9));
              assertThat(trade.exitReason()).isEqualTo("STOP_HIT");
              assertThat(trade.source()).isEqualTo("breakout");
              assertThat(trade.entryReason()).isEqualTo("above the range of the day");
              assertThat(trade.regime()).isEqualTo("trend");
            });
  }

  @Test
  void shouldTellAShortThatFellAsAGain() {
    filled(Records.fill("f1", A, BTC, SELL, "1", "100"));
    filled(Records.fill("f2", A, BTC, BUY, "1", "90").setOrigin(ResultOrigin.TARGET));

    TradeRow trade = trades(A).getFirst();
    assertThat(trade.side()).isEqualTo("SHORT");
    assertThat(trade.realized()).isEqualByComparingTo("10");
    assertThat(trade.exitReason()).isEqualTo("TARGET");
    assertThat(trade.r()).as("without a plan no risk is known").isNull();
  }

  @Test
  void shouldOpenTheOtherSideWithWhatIsLeftOfAFill() {
    // given
    filled(Records.fill("f1", A, BTC, BUY, "1", "100"));

    // when: it is turned around, and the short closed
    filled(Records.fill("f2", A, BTC, SELL, "3", "110").setPlanId("turn"));
    assertThat(book.<Object>read(pages -> pages.trades().openedBy(A, BTC).orElse("")))
        .isEqualTo("turn");
    filled(Records.fill("f3", A, BTC, BUY, "2", "105"));

    // then: the newest first
    assertThat(trades(A)).extracting(TradeRow::side).containsExactly("SHORT", "LONG");
    assertThat(trades(A).getFirst().quantity()).isEqualByComparingTo("2");
    assertThat(trades(A).getFirst().realized()).isEqualByComparingTo("10");
    assertThat(trades(A).getLast().realized()).isEqualByComparingTo("10");
  }

  @Test
  void shouldCountFundingWhileItIsOpenAndOfItsAccountAlone() {
    // given
    filled(Records.fill("a1", A, BTC, BUY, "1", "100"));
    filled(Records.fill("b1", B, BTC, BUY, "1", "100"));

    // when
    book.tell(Topic.EXCHANGE_INCOME, A, Records.funding(A, BTC, "-0.5"));
    book.tell(Topic.EXCHANGE_INCOME, A, Records.funding(A, ETH, "-7"));
    book.tell(
        Topic.EXCHANGE_INCOME,
        A,
        ExchangeIncome.newBuilder(Records.funding(A, BTC, "-3"))
            .setKind(IncomeKind.COMMISSION)
            .build());
    filled(Records.fill("a2", A, BTC, SELL, "1", "101"));
    book.tell(Topic.EXCHANGE_INCOME, A, Records.funding(A, BTC, "-9"));
    filled(Records.fill("b2", B, BTC, SELL, "1", "101"));

    // then
    assertThat(trades(A).getFirst().funding()).isEqualByComparingTo("-0.5");
    assertThat(trades(A).getFirst().net()).isEqualByComparingTo("0.3");
    assertThat(trades(B).getFirst().funding()).isEqualByComparingTo("0");
    assertThat(trades("*")).hasSize(2);
  }

  @Test
  void shouldCountAFillThatIsToldTwiceOnce() {
    ApplyResult.Builder bought = Records.fill("f1", A, BTC, BUY, "1", "100");
    filled(bought);
    filled(bought);
    // The other account may have a fill of the same id.
    filled(Records.fill("f1", B, BTC, BUY, "1", "100"));
    filled(Records.fill("f2", A, BTC, SELL, "1", "101"));

    assertThat(trades("*")).hasSize(1);
    assertThat(trades(A).getFirst().quantity()).isEqualByComparingTo("1");
    assertThat(book.<List<FillRow>>read(pages -> FillView.rows(pages, Scope.ALL, 10)))
        .extracting(FillRow::account, FillRow::fillId)
        .containsExactly(tuple(A, "f2"), tuple(B, "f1"), tuple(A, "f1"));
  }

  @Test
  void shouldPassOverACloseOfWhichTheEntryIsNotKnown() {
    filled(Records.fill("f1", A, BTC, SELL, "1", "100").setReduceOnly(true));
    filled(Records.fill("f2", A, BTC, BUY, "1", "100"));
    filled(Records.fill("f3", A, BTC, SELL, "1", "99").setReduceOnly(true));

    assertThat(trades(A)).singleElement().extracting(TradeRow::side).isEqualTo("LONG");
  }

  private void closed(String id, String account, String symbol, String exit, long atMs) {
    filled(Records.fill(id + "-in", account, symbol, BUY, "1", "100").setPlanId(id));
    ApplyResult.Builder out = Records.fill(id + "-out", account, symbol, SELL, "1", exit);
    out.setFill(Fill.newBuilder(out.getFill()).setAtMs(atMs).build());
    filled(out);
  }

  private List<TradeFigures> figures(TradeView.Grouping by) {
    return TradeView.figures(trades("*"), by);
  }

  @Test
  void shouldSayWhatTradesCameToAllTogetherAndByGroup() {
    // given: +9.8, -5.2, +1.8 after fees of 0.2 each
    planned("t1", A, BTC);
    closed("t1", A, BTC, "110", NOW);
    closed("t2", B, ETH, "95", NOW);
    closed("t3", A, BTC, "102", NOW + 86_400_000);

    // when
    TradeFigures all = figures(TradeView.Grouping.ALL).getFirst();

    // then
    assertThat(all.trades()).isEqualTo(3);
    assertThat(all.winRate()).isEqualTo(2 / 3.0);
    assertThat(all.net()).isEqualByComparingTo("6.4");
    assertThat(all.fees()).isEqualByComparingTo("0.6");
    assertThat(all.expectancy().doubleValue()).isCloseTo(6.4 / 3, offset(1e-9));
    assertThat(all.averageR()).as("of the one whose risk is known").isCloseTo(1.96, offset(1e-9));
    assertThat(all.profitFactor()).isEqualTo(11.6 / 5.2);
    assertThat(figures(TradeView.Grouping.SYMBOL))
        .extracting(TradeFigures::group, TradeFigures::trades, TradeFigures::profitFactor)
        .containsExactly(tuple(BTC, 2, null), tuple(ETH, 1, 0.0));
    assertThat(figures(TradeView.Grouping.DAY))
        .extracting(TradeFigures::group)
        .containsExactly("2025-11-19", "2025-11-20");
    assertThat(figures(TradeView.Grouping.SIDE)).hasSize(1);
    assertThat(figures(TradeView.Grouping.EXIT).getFirst().group()).isEqualTo("INTENT");
    assertThat(figures(TradeView.Grouping.REGIME))
        .extracting(TradeFigures::group)
        .containsExactly("", "trend");
    assertThat(figures(TradeView.Grouping.SOURCE)).hasSize(2);
  }

  @Test
  void shouldHaveNoShareOfNoTrade() {
    TradeFigures none = figures(TradeView.Grouping.ALL).getFirst();

    assertThat(none.trades()).isZero();
    assertThat(none.winRate()).isNull();
    assertThat(none.expectancy()).isNull();
    assertThat(none.averageR()).isNull();
    assertThat(none.profitFactor()).isNull();
    assertThat(figures(TradeView.Grouping.SYMBOL)).isEmpty();
  }
}
