package io.quantumtrader.topology.decision.portfolio;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.exchange;
import static io.quantumtrader.topology.Given.position;
import static io.quantumtrader.topology.Given.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

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

  private final StepwiseAccount account = new StepwiseAccount();

  private static PositionLedger open(String symbol) {
    return position(symbol, PositionSide.LONG, "2", "100").build();
  }

  @Test
  void shouldKnowNothingAtFirst() {
    // given
    account.exchange = Optional.empty();

    // when
    PortfolioState state = account.at(NOON).state();

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
    account.rows = List.of(btc, eth);
    account.positions =
        List.of(
            ValuedPosition.of(btc, Optional.of(snapshot(btc, "110", NOON - 70_000))),
            ValuedPosition.of(eth, Optional.of(snapshot(eth, "55", NOON - 10))));

    // when
    PortfolioState state = account.at(NOON).state();

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
    account.exchange = Optional.of(exchange(MAIN, "1000", NOON - 100_000));
    PositionLedger btc = open(BTC);
    account.rows = List.of(btc);
    account.positions = List.of(ValuedPosition.of(btc, Optional.empty()));

    // then
    assertThat(account.at(NOON).state().getEquityAsOfMs()).isEqualTo(NOON - 100_000);
  }

  @Test
  void shouldForgetEquityWhereTheWalletIsGone() {
    // given
    account.at(NOON);
    account.exchange = Optional.empty();

    // then
    assertThat(account.at(NOON + 1).state().getEquity()).isNull();
  }

  @Test
  void shouldSumWhatTheAccountHasMade() {
    // given
    account.rows =
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
    PortfolioState state = account.at(NOON).state();

    // then
    assertThat(state.getRealizedPnl()).isEqualTo(dec("-2"));
    assertThat(state.getFees()).isEqualTo(dec("3"));
    assertThat(state.getTradeCount()).isEqualTo(7);
  }

  @Test
  void shouldPublishChangesAndAHeartbeat() {
    // then
    assertThat(account.at(NOON).publish()).isTrue();
    assertThat(account.at(NOON + 1).publish()).isFalse();
    assertThat(account.at(NOON + 2, "1000").publish()).isFalse(); // the age alone
    assertThat(account.before.get().getAsOfMs()).isEqualTo(NOON);
    assertThat(account.before.get().getEquityAsOfMs()).isEqualTo(NOON + 2);
    assertThat(account.at(NOON + 3, "1001").publish()).isTrue();
    assertThat(account.before.get().getAsOfMs()).isEqualTo(NOON + 3);
    assertThat(account.at(NOON + 3 + MINUTE - 1).publish()).isFalse();
    assertThat(account.at(NOON + 3 + MINUTE).publish()).isTrue();
    assertThat(account.before.get().getAsOfMs()).isEqualTo(NOON + 3 + MINUTE);
  }

  @Test
  void shouldKeepTheHighestEquity() {
    // when
    account.at(NOON, "1000");
    account.at(NOON + 1, "1100");
    PortfolioState state = account.at(NOON + 2, "1089").state();

    // then
    assertThat(state.getPeakEquity()).isEqualTo(dec("1100"));
    assertThat(state.getDrawdown()).isEqualTo(0.01);
    assertThat(state.getDayFirstEquity()).isEqualTo(dec("1000"));
    assertThat(state.getDayStartMs()).isEqualTo(MIDNIGHT);
  }

  @Test
  void shouldTakeTheFirstEquityOfEachDay() {
    // when
    account.at(NOON, "1000");
    account.at(MIDNIGHT + DAY - 1, "900");
    assertThat(account.before.get().getDayFirstEquity()).isEqualTo(dec("1000"));
    PortfolioState state = account.at(MIDNIGHT + DAY, "950").state();

    // then
    assertThat(state.getDayFirstEquity()).isEqualTo(dec("950"));
    assertThat(state.getDayStartMs()).isEqualTo(MIDNIGHT + DAY);
    assertThat(account.at(MIDNIGHT + DAY + 1, "960").state().getDayFirstEquity())
        .isEqualTo(dec("950"));
  }

  @Test
  void shouldWaitForFreshEquityOnANewDay() {
    // given
    account.at(NOON, "1000");

    // when: the wallet is as old as noon
    PortfolioState stale = account.at(MIDNIGHT + DAY).state();

    // then
    assertThat(stale.getDayStartMs()).isEqualTo(MIDNIGHT + DAY);
    assertThat(stale.getDayFirstEquity()).isNull();
    assertThat(account.at(MIDNIGHT + DAY + 5, "990").state().getDayFirstEquity())
        .isEqualTo(dec("990"));
  }

  @ParameterizedTest
  @CsvSource({"120000,1100", "120001,1000"})
  void shouldTakeNoPeakFromOldEquity(long ageMs, String peak) {
    // given
    account.at(NOON, "1000");
    account.exchange = Optional.of(exchange(MAIN, "1100", NOON + 1));

    // then
    assertThat(account.at(NOON + 1 + ageMs).state().getPeakEquity()).isEqualTo(dec(peak));
  }

  @Test
  void shouldTakeNoPeakFromEquityThatIsNotPositive() {
    // when
    PortfolioState state = account.at(NOON, "0").state();

    // then
    assertThat(state.getEquity()).isZero();
    assertThat(state.getPeakEquity()).isNull();
    assertThat(state.getExposure()).isNull();
  }

  @Test
  void shouldCountAGrantAtOnceAndLeaveEquityAlone() {
    // given
    account.at(NOON, "1000");
    AccountView after = account.view().with(HoldingsTest.entry(BTC, "4", "0").build());

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
    AccountView view = account.view().with(HoldingsTest.entry(BTC, "4", "0").build());

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
    account.rows = List.of(row);
    account.positions = List.of(ValuedPosition.of(row, Optional.of(snapshot(row, "110", NOON))));

    // when
    AccountView less =
        account.view().with(PositionLedger.newBuilder(row).setQuantity(dec("1")).build());
    AccountView next =
        account
            .view()
            .with(
                PositionLedger.newBuilder(row)
                    .setPositionId("main:BTCUSDT:2")
                    .setEntryPrice(dec("70"))
                    .build());
    AccountView flat =
        account
            .view()
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
    assertThat(Portfolio.afterChange(account.view().with(state), NOON).getConsecutiveLosses())
        .isEqualTo(2);
  }
}
