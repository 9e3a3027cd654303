package io.quantumtrader.topology.decision.portfolio;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.exchange;
import static io.quantumtrader.topology.Given.position;
import static io.quantumtrader.topology.Given.snapshot;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PortfolioTest {

  private static final long MIDNIGHT = NOON - 12 * Given.HOUR;
  private static final long DAY = 24 * Given.HOUR;

  private final Policy.Builder policy = Given.policy();
  private Optional<ExchangeAccount> exchange = Optional.of(exchange(MAIN, "1000", NOON));
  private List<PositionLedger> rows = List.of();
  private List<ValuedPosition> positions = List.of();
  private List<OpenPlan> plans = List.of();
  private Optional<PortfolioState> before = Optional.empty();

  private AccountView view() {
    return new AccountView(MAIN, policy.build(), exchange, rows, positions, plans, before);
  }

  private Portfolio.Evaluation at(long nowMs) {
    Portfolio.Evaluation evaluation = Portfolio.atClock(view(), nowMs);
    before = Optional.of(evaluation.state());
    return evaluation;
  }

  private Portfolio.Evaluation at(long nowMs, String wallet) {
    exchange = Optional.of(exchange(MAIN, wallet, nowMs));
    return at(nowMs);
  }

  private static PositionLedger open(String symbol) {
    return position(symbol, PositionSide.LONG, "2", "100").build();
  }

  @Test
  void shouldKnowNothingAtFirst() {
    // given
    exchange = Optional.empty();

    // when
    PortfolioState state = at(NOON).state();

    // then
    assertThat(state.getWallet()).isNull();
    assertThat(state.getEquity()).isNull();
    assertThat(state.getEquityAsOfMs()).isNull();
    assertThat(state.getExposure()).isNull();
    assertThat(state.getMarginRatio()).isNull();
    assertThat(state.getPeakEquity()).isNull();
    assertThat(state.getDayFirstEquity()).isNull();
    assertThat(state.getAsOfMs()).isEqualTo(NOON);
  }

  @Test
  void shouldReckonEquityFromWalletAndMarks() {
    // given
    PositionLedger btc = open(BTC);
    PositionLedger eth = position("ETHUSDT", PositionSide.SHORT, "1", "50").build();
    rows = List.of(btc, eth);
    positions =
        List.of(
            ValuedPosition.of(btc, Optional.of(snapshot(btc, "110", NOON - 70_000))),
            ValuedPosition.of(eth, Optional.of(snapshot(eth, "55", NOON - 10))));

    // when
    PortfolioState state = at(NOON).state();

    // then: 1000 + 20 - 5, as old as the oldest price
    assertThat(state.getWallet()).isEqualTo(dec("1000"));
    assertThat(state.getUnrealizedPnl()).isEqualTo(dec("15"));
    assertThat(state.getEquity()).isEqualTo(dec("1015"));
    assertThat(state.getEquityAsOfMs()).isEqualTo(NOON - 70_000);
    assertThat(state.getOpenPositions()).isEqualTo(2);
    assertThat(state.getMarginInUse()).isEqualTo(dec("125"));
    assertThat(state.getGrossNotional()).isEqualTo(dec("275"));
    assertThat(state.getExposure()).isEqualTo(0.12315270935960591);
    assertThat(state.getMarginRatio()).isEqualTo(3.690909090909091);
  }

  @Test
  void shouldBeAsOldAsTheWalletWhereThatIsOlder() {
    // given
    exchange = Optional.of(exchange(MAIN, "1000", NOON - 100_000));
    PositionLedger btc = open(BTC);
    rows = List.of(btc);
    positions = List.of(ValuedPosition.of(btc, Optional.empty()));

    // then
    assertThat(at(NOON).state().getEquityAsOfMs()).isEqualTo(NOON - 100_000);
  }

  @Test
  void shouldForgetEquityWhereTheWalletIsGone() {
    // given
    at(NOON);
    exchange = Optional.empty();

    // then
    assertThat(at(NOON + 1).state().getEquity()).isNull();
  }

  @Test
  void shouldSumWhatTheAccountHasMade() {
    // given
    rows =
        List.of(
            position(BTC, PositionSide.FLAT, "0", "0")
                .setRealizedPnl(dec("7"))
                .setFees(dec("1"))
                .setTradeCount(3)
                .build(),
            position("ETHUSDT", PositionSide.FLAT, "0", "0")
                .setRealizedPnl(dec("-9"))
                .setFees(dec("2"))
                .setTradeCount(4)
                .build());

    // when
    PortfolioState state = at(NOON).state();

    // then
    assertThat(state.getRealizedPnl()).isEqualTo(dec("-2"));
    assertThat(state.getFees()).isEqualTo(dec("3"));
    assertThat(state.getTradeCount()).isEqualTo(7);
  }

  @Test
  void shouldPublishChangesAndAHeartbeat() {
    // then
    assertThat(at(NOON).publish()).isTrue();
    assertThat(at(NOON + 1).publish()).isFalse();
    assertThat(at(NOON + 2, "1000").publish()).isFalse(); // the age alone
    assertThat(before.get().getAsOfMs()).isEqualTo(NOON);
    assertThat(before.get().getEquityAsOfMs()).isEqualTo(NOON + 2);
    assertThat(at(NOON + 3, "1001").publish()).isTrue();
    assertThat(before.get().getAsOfMs()).isEqualTo(NOON + 3);
    assertThat(at(NOON + 3 + MINUTE - 1).publish()).isFalse();
    assertThat(at(NOON + 3 + MINUTE).publish()).isTrue();
    assertThat(before.get().getAsOfMs()).isEqualTo(NOON + 3 + MINUTE);
  }

  @Test
  void shouldKeepTheHighestEquity() {
    // when
    at(NOON, "1000");
    at(NOON + 1, "1100");
    PortfolioState state = at(NOON + 2, "1089").state();

    // then
    assertThat(state.getPeakEquity()).isEqualTo(dec("1100"));
    assertThat(state.getDrawdown()).isEqualTo(0.01);
    assertThat(state.getDayFirstEquity()).isEqualTo(dec("1000"));
    assertThat(state.getDayStartMs()).isEqualTo(MIDNIGHT);
  }

  @Test
  void shouldTakeTheFirstEquityOfEachDay() {
    // when
    at(NOON, "1000");
    at(MIDNIGHT + DAY - 1, "900");
    assertThat(before.get().getDayFirstEquity()).isEqualTo(dec("1000"));
    PortfolioState state = at(MIDNIGHT + DAY, "950").state();

    // then
    assertThat(state.getDayFirstEquity()).isEqualTo(dec("950"));
    assertThat(state.getDayStartMs()).isEqualTo(MIDNIGHT + DAY);
    assertThat(at(MIDNIGHT + DAY + 1, "960").state().getDayFirstEquity()).isEqualTo(dec("950"));
  }

  @Test
  void shouldWaitForFreshEquityOnANewDay() {
    // given
    at(NOON, "1000");

    // when: the wallet is as old as noon
    PortfolioState stale = at(MIDNIGHT + DAY).state();

    // then
    assertThat(stale.getDayStartMs()).isEqualTo(MIDNIGHT + DAY);
    assertThat(stale.getDayFirstEquity()).isNull();
    assertThat(at(MIDNIGHT + DAY + 5, "990").state().getDayFirstEquity()).isEqualTo(dec("990"));
  }

  @ParameterizedTest
  @CsvSource({"120000,1100", "120001,1000"})
  void shouldTakeNoPeakFromOldEquity(long ageMs, String peak) {
    // given
    at(NOON, "1000");
    exchange = Optional.of(exchange(MAIN, "1100", NOON + 1));

    // then
    assertThat(at(NOON + 1 + ageMs).state().getPeakEquity()).isEqualTo(dec(peak));
  }

  @Test
  void shouldTakeNoPeakFromEquityThatIsNotPositive() {
    // when
    PortfolioState state = at(NOON, "0").state();

    // then
    assertThat(state.getEquity()).isZero();
    assertThat(state.getPeakEquity()).isNull();
    assertThat(state.getExposure()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // wallet after 1000 at the start of the day
    "975.000000000000000001,''",
    "975,DAILY_LOSS_LIMIT",
    "974,DAILY_LOSS_LIMIT",
    "1000,''",
    "1100,''"
  })
  void shouldHaltAtTheDailyLoss(String wallet, String code) {
    // given
    at(NOON, "1000");

    // when
    Portfolio.Evaluation evaluation = at(NOON + 1, wallet);

    // then
    assertThat(evaluation.state().getHaltCode()).isEqualTo(code);
    assertThat(evaluation.haltBegan().isPresent()).isEqualTo(!code.isEmpty());
    assertThat(evaluation.state().getHaltedUntilMs())
        .isEqualTo(code.isEmpty() ? null : NOON + 1 + Given.HOUR);
  }

  @ParameterizedTest
  @CsvSource({"920.000000000000000001,''", "920,DRAWDOWN_LIMIT", "919,DRAWDOWN_LIMIT"})
  void shouldHaltAtTheDrawdown(String wallet, String code) {
    // given: the peak is of the day before
    policy.setMaxDailyLoss(1.0);
    at(NOON - DAY, "1000");

    // when
    Portfolio.Evaluation evaluation = at(NOON, wallet);

    // then
    assertThat(evaluation.state().getHaltCode()).isEqualTo(code);
  }

  @Test
  void shouldSayWhatAHaltWasHeldAgainst() {
    // given
    at(NOON, "1000");

    // when
    Halt halt = at(NOON + 1, "970").haltBegan().orElseThrow();

    // then
    assertThat(halt.code().name()).isEqualTo("DAILY_LOSS_LIMIT");
    assertThat(text(halt.numbers().list())).containsExactly("dailyLoss=0.03", "maximum=0.025");
  }

  @Test
  void shouldEndAHaltAfterAnHour() {
    // given
    at(NOON, "1000");
    at(NOON + 1, "970");

    // when
    Portfolio.Evaluation during = at(NOON + Given.HOUR, "990");
    Portfolio.Evaluation after = at(NOON + 1 + Given.HOUR, "990");

    // then
    assertThat(during.state().getHaltCode()).isEqualTo("DAILY_LOSS_LIMIT");
    assertThat(during.haltBegan()).isEmpty();
    assertThat(after.state().getHaltCode()).isEmpty();
    assertThat(after.state().getHaltedUntilMs()).isNull();
  }

  @Test
  void shouldHaltAgainWhereTheLossStillStands() {
    // given
    at(NOON, "1000");
    at(NOON + 1, "970");

    // when
    Portfolio.Evaluation after = at(NOON + 1 + Given.HOUR, "970");

    // then
    assertThat(after.haltBegan()).isPresent();
    assertThat(after.state().getHaltedUntilMs()).isEqualTo(NOON + 1 + 2 * Given.HOUR);
  }

  @Test
  void shouldNotProlongAHaltWhileItLasts() {
    // given
    at(NOON, "1000");
    at(NOON + 1, "970");

    // then
    assertThat(at(NOON + 2, "900").state().getHaltedUntilMs()).isEqualTo(NOON + 1 + Given.HOUR);
  }

  @Test
  void shouldHaltOnAStreakOfLossesAtTheNextStep() {
    // given
    at(NOON, "1000");
    PortfolioState first = Halts.afterClose(before.get(), dec("-1"), NOON);
    PortfolioState second = Halts.afterClose(first, dec("-1"), NOON + 1);
    PortfolioState third = Halts.afterClose(second, dec("-1"), NOON + 2);

    // then: two are no streak, and the third holds back at once
    assertThat(second.getConsecutiveLosses()).isEqualTo(2);
    assertThat(second.getLastLossAtMs()).isEqualTo(NOON + 1);
    assertThat(Halts.streak(second, policy.build(), NOON + 1)).isEmpty();
    assertThat(Halts.streak(third, policy.build(), NOON + 2)).isPresent();

    // when
    before = Optional.of(third);
    Portfolio.Evaluation next = at(NOON + 3, "1000");

    // then: from the loss on
    assertThat(text(next.haltBegan().orElseThrow().numbers().list()))
        .containsExactly("consecutiveLosses=3", "maximum=3");
    assertThat(next.state().getHaltCode()).isEqualTo("LOSS_STREAK_LIMIT");
    assertThat(next.state().getHaltedUntilMs()).isEqualTo(NOON + 2 + Given.HOUR);
    assertThat(at(NOON + 4, "1000").haltBegan()).as("once").isEmpty();
  }

  @Test
  void shouldProlongTheHaltOfAStreakWithEachLoss() {
    // given
    at(NOON, "1000");
    for (int i = 0; i < 3; i++) {
      before = Optional.of(Halts.afterClose(before.get(), dec("-1"), NOON));
    }
    at(NOON + 1, "1000");

    // when
    before = Optional.of(Halts.afterClose(before.get(), dec("-1"), NOON + 10));
    Portfolio.Evaluation next = at(NOON + 11, "1000");

    // then
    assertThat(next.haltBegan()).isPresent();
    assertThat(next.state().getConsecutiveLosses()).isEqualTo(4);
    assertThat(next.state().getHaltedUntilMs()).isEqualTo(NOON + 10 + Given.HOUR);
  }

  /** Symbol rooms answer a step in any order, and so do the fills that follow. */
  @ParameterizedTest
  @CsvSource({
    "2, -1 -1 1, 2",
    "2, -1 1 -1, 2",
    "2, 1 -1 -1, 2",
    "2, 1 0, 0",
    "2, -1 -1, 4",
    "0, -1 1, 1",
    "0, 1 -1, 1",
  })
  void shouldCountWhatClosesAtOneStepInAnyOrder(int streak, String profits, int expected) {
    // given
    PortfolioState state =
        PortfolioState.newBuilder(Portfolio.unknown(MAIN)).setConsecutiveLosses(streak).build();

    // when
    for (String profit : profits.split(" ", -1)) {
      state = Halts.afterClose(state, dec(profit), NOON);
    }

    // then
    assertThat(state.getConsecutiveLosses()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0.000000000000000001,0", "-0.000000000000000001,3"})
  void shouldEndAStreakWithATradeThatLosesNothing(String profit, int streak) {
    // given
    PortfolioState state =
        PortfolioState.newBuilder(Portfolio.unknown(MAIN)).setConsecutiveLosses(2).build();

    // then
    assertThat(Halts.afterClose(state, dec(profit), NOON).getConsecutiveLosses()).isEqualTo(streak);
  }

  @Test
  void shouldNotHaltAgainOnAStreakWithoutAnotherLoss() {
    // given
    at(NOON, "1000");
    before =
        Optional.of(
            PortfolioState.newBuilder(before.get())
                .setConsecutiveLosses(3)
                .setHaltCode("LOSS_STREAK_LIMIT")
                .setHaltedUntilMs(NOON + Given.HOUR)
                .build());

    // then
    assertThat(at(NOON + Given.HOUR - 1, "1000").state().getHaltCode())
        .isEqualTo("LOSS_STREAK_LIMIT");
    assertThat(at(NOON + Given.HOUR, "1000").state().getHaltCode()).isEmpty();
  }

  @Test
  void shouldEndAHaltThoughEquityIsOld() {
    // given
    at(NOON, "1000");
    at(NOON + 1, "970");

    // when
    exchange = Optional.of(exchange(MAIN, "970", NOON));

    // then
    assertThat(at(NOON + 1 + Given.HOUR).state().getHaltedUntilMs()).isNull();
  }

  @Test
  void shouldCountAGrantAtOnceAndLeaveEquityAlone() {
    // given
    at(NOON, "1000");
    AccountView after = view().with(HoldingsTest.entry(BTC, "4", "0").build());

    // when
    PortfolioState state = Portfolio.afterChange(after, NOON + 7);

    // then
    assertThat(state.getReservations()).isEqualTo(1);
    assertThat(state.getMarginReserved()).isEqualTo(dec("60"));
    assertThat(state.getExposure()).isEqualTo(0.06);
    assertThat(state.getEquity()).isEqualTo(dec("1000"));
    assertThat(state.getAsOfMs()).isEqualTo(NOON + 7);
  }

  @Test
  void shouldCountAPlanOnceAndForgetItWhenItEnds() {
    // given
    AccountView view = view().with(HoldingsTest.entry(BTC, "4", "0").build());

    // when
    AccountView filled = view.with(HoldingsTest.entry(BTC, "4", "2").build());

    // then
    assertThat(filled.holdings().reservations()).isEqualTo(1);
    assertThat(filled.holdings().marginReserved()).isEqualTo(dec("30"));
    assertThat(filled.without("plan-" + BTC).holdings().reservations()).isZero();
    assertThat(filled.without("another").holdings().reservations()).isEqualTo(1);
  }

  @Test
  void shouldKeepThePriceOfAPositionThatGoesOn() {
    // given
    PositionLedger row = open(BTC);
    rows = List.of(row);
    positions = List.of(ValuedPosition.of(row, Optional.of(snapshot(row, "110", NOON))));

    // when
    AccountView less = view().with(PositionLedger.newBuilder(row).setQuantity(dec("1")).build());
    AccountView next =
        view()
            .with(
                PositionLedger.newBuilder(row)
                    .setPositionId("main:BTCUSDT:2")
                    .setEntryPrice(dec("70"))
                    .build());
    AccountView flat =
        view()
            .with(
                PositionLedger.newBuilder(row)
                    .setSide(PositionSide.FLAT)
                    .setQuantity(dec("0"))
                    .setPositionId("")
                    .build());

    // then
    assertThat(less.holdings().grossNotional()).isEqualTo(dec("110"));
    assertThat(next.holdings().grossNotional()).isEqualTo(dec("140"));
    assertThat(flat.holdings().openPositions()).isZero();
    assertThat(flat.rows()).hasSize(1);
  }

  @Test
  void shouldTakeAnotherPortfolioAsTheOneSoFar() {
    // given
    PortfolioState state =
        PortfolioState.newBuilder(Portfolio.unknown(MAIN)).setConsecutiveLosses(2).build();

    // then
    assertThat(Portfolio.afterChange(view().with(state), NOON).getConsecutiveLosses()).isEqualTo(2);
  }
}
