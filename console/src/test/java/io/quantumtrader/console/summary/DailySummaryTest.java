package io.quantumtrader.console.summary;

import static io.quantumtrader.console.testing.Records.BTC;
import static io.quantumtrader.console.testing.Records.ETH;
import static io.quantumtrader.console.testing.Records.NOW;
import static io.quantumtrader.console.testing.Records.number;
import static io.quantumtrader.console.testing.TwoAccounts.ALPHA;
import static io.quantumtrader.console.testing.TwoAccounts.BETA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.console.book.DayBook;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.health.HealthRow.CostRow;
import io.quantumtrader.console.health.HealthRow.Level;
import io.quantumtrader.console.http.Json;
import io.quantumtrader.console.summary.DailySummary.AccountDay;
import io.quantumtrader.console.summary.DailySummary.Trade;
import io.quantumtrader.console.testing.GivenBook;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.testing.TwoAccounts;
import io.quantumtrader.console.text.SummaryText;
import io.quantumtrader.console.view.Scope;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.topic.Topic;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a day of two accounts came to: to the millisecond of its begin and end. */
final class DailySummaryTest {

  private static final LocalDate DAY = LocalDate.parse("2025-11-19");
  private static final long BEGIN = DayBook.beginMs(DAY);
  private static final long END = DayBook.beginMs(DAY.plusDays(1));
  private static final HealthRow WELL = new HealthRow(100, Level.HEALTHY, List.of(), NOW);

  private final GivenBook book = new GivenBook();
  private int fills;

  private static DailySummary summary(Pages pages) {
    return DailySummary.of(pages, Scope.ALL, DAY, WELL);
  }

  private AccountDay day(String account) {
    return book.read(DailySummaryTest::summary).accounts().stream()
        .filter(each -> each.account().equals(account))
        .findFirst()
        .orElseThrow();
  }

  private void equity(String account, long atMs, String equity, String dayFirst) {
    book.tell(
        Topic.PORTFOLIO_STATE,
        account,
        Records.portfolio(account, atMs)
            .setEquity(number(equity))
            .setDayFirstEquity(dayFirst == null ? null : number(dayFirst))
            .build());
  }

  private void fill(
      String account, String symbol, OrderSide side, String quantity, String price, long atMs) {
    fill(account, symbol, side, quantity, price, atMs, false);
  }

  private void fill(
      String account,
      String symbol,
      OrderSide side,
      String quantity,
      String price,
      long atMs,
      boolean reduceOnly) {
    String id = "f-" + fills++;
    ApplyResult.Builder result =
        Records.fill(id, account, symbol, side, quantity, price)
            .setReduceOnly(reduceOnly)
            .setFill(
                Fill.newBuilder()
                    .setFillId(id)
                    .setQuantity(number(quantity))
                    .setPrice(number(price))
                    .setFee(number("0.5"))
                    .setAtMs(atMs)
                    .build());
    book.tell(Topic.APPLY_RESULT, account, result.build());
  }

  @Test
  void shouldCountEquityFromTheFirstMillisecondOfTheDayToTheLast() {
    // given
    equity(ALPHA, BEGIN - 1, "500", null);
    equity(ALPHA, BEGIN, "1000", "1000");
    equity(ALPHA, BEGIN + 1, "1200", "1000");
    equity(ALPHA, BEGIN + 2, "900", "1000");
    equity(ALPHA, END - 1, "1100", "1000");
    equity(ALPHA, END, "1", "1");
    equity(BETA, BEGIN + 5, "70", "80");

    // then
    assertThat(day(ALPHA).equityFirst()).isEqualByComparingTo("1000");
    assertThat(day(ALPHA).equityLast()).isEqualByComparingTo("1100");
    assertThat(day(ALPHA).maxDrawdown()).isCloseTo(0.25, within(1e-9));
    // What the day began with is in the record, also where the first ones are compacted away.
    assertThat(day(BETA).equityFirst()).isEqualByComparingTo("80");
    assertThat(day(BETA).maxDrawdown()).isCloseTo(0.125, within(1e-9));
  }

  @Test
  void shouldBookTheProfitOfEachCloseOnItsDayAndTheTradeOnTheDayOfItsLastFill() {
    // given a long that is closed in three parts, grown between them
    fill(ALPHA, BTC, OrderSide.BUY, "1", "100", BEGIN - 1);
    fill(ALPHA, BTC, OrderSide.SELL, "0.5", "110", BEGIN, true);
    fill(ALPHA, BTC, OrderSide.BUY, "0.5", "120", BEGIN + 1);
    fill(ALPHA, BTC, OrderSide.SELL, "0.5", "120", END - 1, true);
    fill(ALPHA, BTC, OrderSide.SELL, "0.5", "200", END, true);
    // and a short
    fill(BETA, ETH, OrderSide.SELL, "2", "50", BEGIN);
    fill(BETA, ETH, OrderSide.BUY, "2", "45", END - 1, true);
    book.tell(Topic.EXCHANGE_INCOME, ALPHA, Records.funding(ALPHA, BTC, "-0.7"));

    // then: 0.5 x 10, and 0.5 x (120 - 110), the average of what was left
    assertThat(day(ALPHA).realized()).isEqualByComparingTo("10");
    assertThat(day(ALPHA).fees()).isEqualByComparingTo("1.5");
    assertThat(day(ALPHA).funding()).isEqualByComparingTo("-0.7");
    assertThat(day(ALPHA).trades()).isZero();
    assertThat(day(ALPHA).winRate()).isNull();
    assertThat(day(ALPHA).best()).isNull();
    assertThat(day(BETA).realized()).isEqualByComparingTo("10");
    assertThat(day(BETA).trades()).isEqualTo(1);
    assertThat(day(BETA).winRate()).isEqualTo(1);
    AccountDay next =
        book.read(pages -> DailySummary.of(pages, Scope.ALL, DAY.plusDays(1), WELL))
            .accounts()
            .getFirst();
    assertThat(next.account()).isEqualTo(ALPHA);
    assertThat(next.realized()).isEqualByComparingTo("45");
    assertThat(next.trades()).isEqualTo(1);
  }

  @Test
  void shouldSayThatACloseIsLeftOutWhoseEntryIsNotKnown() {
    fill(ALPHA, BTC, OrderSide.SELL, "1", "110", BEGIN, true);

    assertThat(day(ALPHA).closesWithoutEntry()).isEqualTo(1);
    assertThat(day(ALPHA).realized()).isZero();
    assertThat(day(ALPHA).fees()).isEqualByComparingTo("0.5");
    assertThat(String.join("\n", lines()))
        .contains("1 closes left out: their entries are no longer known");
  }

  @Test
  void shouldCountDenialsAndDeadLettersOfTheDay() {
    // given
    for (long atMs : new long[] {BEGIN - 1, BEGIN, END - 1, END}) {
      book.tell(
          Topic.DECISION,
          ALPHA,
          Records.decision(ALPHA, "i" + atMs, "MIN_NOTIONAL").setAtMs(atMs).build());
      book.at(atMs).tell(Topic.DEAD_LETTER, 0, ALPHA, Optional.empty(), Map.of());
    }
    book.tell(
        Topic.DECISION, ALPHA, Records.decision(ALPHA, "i", "INTENT_HOLD").setAtMs(BEGIN).build());
    book.tell(
        Topic.DECISION, "*", Records.decision("*", "c", "CONTROL_STALE").setAtMs(BEGIN).build());

    // then
    DailySummary made = book.read(DailySummaryTest::summary);
    assertThat(made.accounts()).extracting(AccountDay::account).containsExactly(ALPHA);
    assertThat(day(ALPHA).denials()).isEqualTo(Map.of("MIN_NOTIONAL", 2L));
    assertThat(made.deadLetters()).isEqualTo(2);
  }

  @Test
  void shouldKnowWhetherTheDayHasEnded() {
    book.tell(Topic.CLOCK, "0", Records.clock(END - 1));
    assertThat(book.read(DailySummaryTest::summary).ended()).isFalse();
    book.tell(Topic.CLOCK, "0", Records.clock(END));
    assertThat(book.read(DailySummaryTest::summary).ended()).isTrue();
  }

  @Test
  void shouldKeepAMonthOfDaysAndForgetTheOldest() {
    equity(ALPHA, BEGIN, "1000", "1000");
    for (int later = 1; later < 40; later++) {
      equity(ALPHA, DayBook.beginMs(DAY.plusDays(later)), "1000", "1000");
    }
    assertThat(isKnown(DAY)).isTrue();

    equity(ALPHA, DayBook.beginMs(DAY.plusDays(40)), "1000", "1000");

    assertThat(isKnown(DAY)).isFalse();
    assertThat(isKnown(DAY.plusDays(1))).isTrue();
    assertThat(isKnown(DAY.plusDays(41))).isFalse();
  }

  private boolean isKnown(LocalDate day) {
    return book.read(pages -> DailySummary.isKnown(pages, day));
  }

  private List<String> lines() {
    return SummaryText.lines(book.read(DailySummaryTest::summary), 80);
  }

  @Test
  void shouldTellADayOfTwoAccounts() {
    // given
    HealthRow ill =
        new HealthRow(
            90,
            Level.HEALTHY,
            List.of(
                new CostRow(HealthCost.READER_BEHIND, 10, "agent is 120 records behind", "", "")),
            NOW);
    DailySummary summary =
        TwoAccounts.book().read(pages -> DailySummary.of(pages, Scope.ALL, DAY, ill));

    // then
    assertThat(SummaryText.headline(summary))
        .isEqualTo("Summary of 2025-11-19: alpha 0.00, beta 0.00; health 90 healthy");
    assertThat(SummaryText.lines(summary, 80))
        .allMatch(line -> line.length() <= 80)
        .containsExactly(
            "Summary of 2025-11-19 (UTC), so far: 10:01:00",
            "alpha: equity 10,000.00 to 10,000.00 (0.00), drawdown 1.1 %",
            "  realised +6.00, fees 0.50, funding 0.00",
            "  2 closed, 50.0 % won",
            "  best ADAUSDT +9.80 (+1.96 R), worst ADAUSDT -4.20 (-0.84 R)",
            "  denied 1: MIN_NOTIONAL 1",
            "  open now: BTCUSDT long +4.00 (+0.78 R)",
            "beta: equity 10,000.00 to 10,000.00 (0.00), drawdown 0.0 %",
            "  realised +2.00, fees 0.20, funding 0.00",
            "  1 closed, 100.0 % won",
            "  best XRPUSDT +1.80 (+0.36 R), worst XRPUSDT +1.80 (+0.36 R)",
            "  denied 3: TRADING_REDUCING 3",
            "  nothing is open now",
            "Dead letters: 3",
            "Health now: 90 healthy",
            "  -10 agent is 120 records behind");
  }

  @Test
  void shouldShowOneAccountAlone() {
    DailySummary one =
        TwoAccounts.book().read(pages -> DailySummary.of(pages, new Scope(BETA, ""), DAY, WELL));

    assertThat(one.accounts()).extracting(AccountDay::account).containsExactly(BETA);
    assertThat(one.accounts().getFirst().best())
        .isEqualTo(new Trade("XRPUSDT", "LONG", one.accounts().getFirst().best().net(), 0.36));
    assertThat(Json.tree(one).at("/accounts/0/denials/TRADING_REDUCING").asInt()).isEqualTo(3);
    assertThat(Json.tree(one).at("/accounts/0/equityFirst").isTextual()).isTrue();
  }

  @Test
  void shouldBeShortWhateverHappened() {
    // given
    for (int account = 0; account < 30; account++) {
      String name = "account-with-a-long-name-" + account;
      equity(name, BEGIN, "1234567890.12", "1234567890.12");
      for (int code = 0; code < 60; code++) {
        book.tell(
            Topic.DECISION,
            name,
            Records.decision(name, "i", "SOME_REASON_WITH_A_LONG_NAME_" + code)
                .setAtMs(BEGIN)
                .build());
      }
      for (int symbol = 0; symbol < 12; symbol++) {
        String open = "SYMBOLNUMBER" + symbol + "USDT";
        book.tell(Topic.POSITION_LEDGER, name + ":" + open, Records.ledger(name, open).build());
      }
    }

    // then: Telegram takes 4,096 characters
    List<String> lines = lines();
    assertThat(String.join("\n", lines)).hasSizeLessThan(4_000).contains("24 accounts more");
    assertThat(SummaryText.headline(book.read(DailySummaryTest::summary))).hasSizeLessThan(400);
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }
}
