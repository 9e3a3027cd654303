package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;
import static io.quantumtrader.execution.Candles.prices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.decision.ResultRecords.Progress;
import io.quantumtrader.execution.decision.ResultRecords.Remark;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is open at 00:00, 08:00 and 16:00 UTC pays, once each. */
class PaperFundingTest {

  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final long MINUTE = 60_000;
  private static final long DAY = Instant.parse("2025-06-01T00:00:00Z").toEpochMilli();
  private static final long EIGHT = DAY + PaperFunding.PERIOD_MS;
  private static final PaperSettings FREE =
      PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, BigDecimal.ZERO);

  private PaperExchange exchange = at("0.0001");

  private static PaperExchange at(String rate) {
    PaperExchange exchange = new PaperExchange(FREE.withFundingRate(new BigDecimal(rate)));
    exchange.see(flat(BTC, DAY, "50000.1"));
    exchange.see(flat(ETH, DAY, "2000.1"));
    return exchange;
  }

  private void trade(String symbol, OrderSide side, String quantity, long atMs) {
    MarketOrder order =
        new MarketOrder(
            "main", symbol, side, new BigDecimal(quantity), false, "at-" + symbol + atMs, atMs);
    exchange.execute(order);
  }

  private BigDecimal wallet() {
    return exchange.account("main", 0).orElseThrow().getWallet();
  }

  private static List<Long> times(List<ExchangeIncome> incomes) {
    return incomes.stream().map(ExchangeIncome::getExchangeAtMs).toList();
  }

  @ParameterizedTest(name = "{0} at a rate of {1}: {2}")
  @CsvSource({
    // 0.1 x 51000.5 = 5100.05 of notional at the last price, not at the entry's
    "BUY, 0.0001, -0.510005",
    "BUY, -0.0003, 1.530015",
    "SELL, 0.0001, 0.510005",
    "SELL, -0.0003, -1.530015",
  })
  void shouldMoveTheWalletByTheNotionalAtTheLastPrice(OrderSide side, String rate, String amount) {
    // given
    exchange = at(rate);
    trade(BTC, side, "0.1", DAY + MINUTE);
    exchange.see(flat(BTC, EIGHT - MINUTE, "51000.5"));

    // when
    List<ExchangeIncome> early = exchange.income("main", EIGHT);
    List<ExchangeIncome> paid = exchange.income("main", EIGHT + 1);

    // then
    assertThat(early).isEmpty();
    assertThat(paid)
        .containsExactly(
            new ExchangeIncome(
                "paper-funding:BTCUSDT:" + EIGHT,
                "main",
                BTC,
                IncomeKind.FUNDING,
                "USDT",
                new BigDecimal(amount).setScale(18),
                EIGHT,
                EIGHT + 1));
    assertThat(wallet()).isEqualByComparingTo(new BigDecimal("10000").add(new BigDecimal(amount)));
  }

  @Test
  void shouldPayNothingAtARateOfNothing() {
    exchange = at("0");
    trade(BTC, OrderSide.BUY, "0.1", DAY + MINUTE);

    assertThat(exchange.income("main", DAY + 10 * PaperFunding.PERIOD_MS)).isEmpty();
    assertThat(wallet()).isEqualByComparingTo("10000");
  }

  @Test
  void shouldPayEachTimeThatTheClockJumpsOverInItsOrder() {
    // given
    trade(BTC, OrderSide.BUY, "0.1", DAY + MINUTE);
    trade(ETH, OrderSide.SELL, "1", DAY + MINUTE);

    // when: a day and a minute later
    List<ExchangeIncome> paid = exchange.income("main", DAY + 25 * 60 * MINUTE);

    // then
    assertThat(times(paid))
        .containsExactly(
            EIGHT,
            EIGHT,
            EIGHT + PaperFunding.PERIOD_MS,
            EIGHT + PaperFunding.PERIOD_MS,
            EIGHT + 2 * PaperFunding.PERIOD_MS,
            EIGHT + 2 * PaperFunding.PERIOD_MS);
    assertThat(paid).extracting(ExchangeIncome::getIncomeId).doesNotHaveDuplicates();
    assertThat(exchange.income("main", DAY + 25 * 60 * MINUTE + 1)).isEmpty();
  }

  @Test
  void shouldPayOnlyWhatWasOpenBeforeAndAfterThatTime() {
    // given: one closed as the clock has come to the time itself, one opened
    trade(BTC, OrderSide.BUY, "0.1", DAY + MINUTE);
    exchange.income("main", EIGHT);
    trade(BTC, OrderSide.SELL, "0.1", EIGHT);
    trade(ETH, OrderSide.BUY, "1", EIGHT);

    // when
    List<ExchangeIncome> paid = exchange.income("main", EIGHT + MINUTE);

    // then
    assertThat(paid).isEmpty();
    assertThat(times(exchange.income("main", EIGHT + PaperFunding.PERIOD_MS + 1)))
        .containsExactly(EIGHT + PaperFunding.PERIOD_MS);
  }

  @Test
  void shouldPayBeforeAStopInACandleThatOpenedLater() {
    // given: the clock has not come yet, and the candle closes the position
    trade(BTC, OrderSide.BUY, "0.1", DAY + MINUTE);
    exchange.protect(
        new ProtectiveOrder(
            "main", BTC, OrderSide.SELL, Kind.STOP, new BigDecimal("49000"), "qs-s", DAY + MINUTE));

    // when
    exchange.see(prices(BTC, EIGHT, "50000", "50000", "48000", "48000"));
    List<ExchangeIncome> paid = exchange.income("main", EIGHT + MINUTE);

    // then: at the candle's open
    assertThat(exchange.unplanned("main", EIGHT + MINUTE)).hasSize(1);
    assertThat(paid).hasSize(1);
    assertThat(paid.getFirst().getAmount()).isEqualByComparingTo("-0.5");
    assertThat(wallet()).isEqualByComparingTo("9899.49");
  }

  @Test
  void shouldNotPayForACandleThatStoppedItBefore() {
    trade(BTC, OrderSide.BUY, "0.1", DAY + MINUTE);
    exchange.protect(
        new ProtectiveOrder(
            "main", BTC, OrderSide.SELL, Kind.STOP, new BigDecimal("49000"), "qs-s", DAY + MINUTE));

    // when: the candle comes after the clock that it closed at, as in a replay
    exchange.income("main", EIGHT);
    exchange.see(prices(BTC, EIGHT - MINUTE, "50000", "50000", "48000", "48000"));

    // then
    assertThat(exchange.income("main", EIGHT + MINUTE)).isEmpty();
  }

  private PaperExchange after(
      Optional<ExchangeAccount> last, List<ExchangeIncome> told, ApplyResult... results) {
    PaperExchange after = at("0.0001");
    after.restore("main", last, List.of(results));
    after.restoreIncome("main", told);
    return after;
  }

  @Test
  void shouldGoOnAfterARestartWhereItWas() {
    // given
    trade(BTC, OrderSide.BUY, "0.1", DAY + MINUTE);
    List<ExchangeIncome> told = exchange.income("main", EIGHT + 1);
    Optional<ExchangeAccount> last = exchange.account("main", EIGHT + 1);

    // when: another takes it up hours later
    PaperExchange after = after(last, told);
    long lateMs = EIGHT + 2 * PaperFunding.PERIOD_MS;
    List<ExchangeIncome> rest = after.income("main", lateMs + 1);

    // then
    assertThat(times(rest)).containsExactly(EIGHT + PaperFunding.PERIOD_MS, lateMs);
    assertThat(rest).isEqualTo(exchange.income("main", lateMs + 1));
    assertThat(after.account("main", 1)).isEqualTo(exchange.account("main", 1));
  }

  @ParameterizedTest(name = "published at the time itself, {0} of 0.03 bought then: {1} paid")
  @CsvSource({"0, 1", "0.02, 1", "0.03, 0"})
  void shouldPayAfterARestartUnlessItWasOpenedThen(BigDecimal then, int payments) {
    // given
    trade(BTC, OrderSide.BUY, "0.03", DAY + MINUTE);
    exchange.income("main", EIGHT);
    ApplyResult bought =
        ResultRecords.fill(
            Plans.entry(1, BTC, OrderSide.BUY, "0.03"),
            ResultOutcome.FILLED,
            true,
            new Fill("f", then, BigDecimal.ONE, BigDecimal.ZERO, EIGHT, "", null),
            new Progress("o", then),
            Remark.NONE,
            EIGHT);

    // when
    PaperExchange after = after(exchange.account("main", EIGHT), List.of(), bought);

    // then
    assertThat(after.income("main", EIGHT + MINUTE)).hasSize(payments);
  }

  @Test
  void shouldNotPayAgainWhatWasToldAheadOfTheClock() {
    // given: a candle was seen first, so the account that has the payment is older than it
    trade(BTC, OrderSide.BUY, "0.1", DAY + MINUTE);
    exchange.see(flat(BTC, EIGHT, "50000"));
    List<ExchangeIncome> told = exchange.income("main", EIGHT - 1);
    assertThat(times(told)).containsExactly(EIGHT);

    // when
    PaperExchange after = after(exchange.account("main", EIGHT - 1), told);

    // then
    assertThat(after.income("main", EIGHT + MINUTE)).isEmpty();
    assertThat(exchange.income("main", EIGHT + MINUTE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1"})
  void shouldRefuseARateThatIsNoShare(String rate) {
    assertThatThrownBy(() -> FREE.withFundingRate(new BigDecimal(rate)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("funding rate");
  }
}
