package io.quantumtrader.topology.decision.snapshot;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.exchangePosition;
import static io.quantumtrader.topology.decision.market.Candles.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are milliseconds; the position was opened at 1000, the price is of 2000. */
final class ExchangeViewsTest {

  private static final ExchangePosition SAID = exchangePosition(BTC, "2").build();
  private static final ExchangePosition SAID_LATER =
      exchangePosition(BTC, "2").setUnrealizedProfit(dec("7")).build();

  private static ExchangeView view(long asOfMs, ExchangePosition position) {
    return new ExchangeView(MAIN, BTC, asOfMs, position, 0L, null);
  }

  private static PositionSnapshot snapshot() {
    PositionSnapshot any =
        PositionValue.at(
            new Mark(dec("103"), at(7)),
            PositionRows.after(Optional.empty(), Rows.open(5).build(), Optional.empty())
                .orElseThrow());
    return PositionSnapshot.newBuilder(any).setOpenedAtMs(1000L).setAsOfMs(2000L).build();
  }

  private static ExchangeAccount row(long asOfMs, ExchangePosition... positions) {
    return ExchangeAccount.newBuilder(Given.exchange(MAIN, "10000", asOfMs))
        .setPositions(List.of(positions))
        .build();
  }

  @ParameterizedTest
  @CsvSource({"999, false", "1000, true", "1999, true", "2000, false", "2001, false"})
  void shouldShowWhatWasSaidAfterTheOpenAndBeforeThePrice(long asOfMs, boolean shown) {
    PositionSnapshot beside = ExchangeViews.beside(snapshot(), Optional.of(view(asOfMs, SAID)));

    assertThat(beside.getExchange()).isEqualTo(shown ? SAID : null);
    assertThat(beside.getExchangeAsOfMs()).isEqualTo(shown ? asOfMs : 0);
  }

  @ParameterizedTest
  @CsvSource({"1999, 1999, 7", "2000, 1500, 1", "2001, 1500, 1"})
  void shouldShowTheLastThatWasSaidBeforeThePrice(long laterMs, long shownMs, int profit) {
    // given
    ExchangeView kept =
        ExchangeViews.after(Optional.of(view(1500, SAID)), view(laterMs, SAID_LATER));

    // when
    PositionSnapshot beside = ExchangeViews.beside(snapshot(), Optional.of(kept));

    // then
    assertThat(beside.getExchangeAsOfMs()).isEqualTo(shownMs);
    assertThat(beside.getExchange().getUnrealizedProfit().intValue()).isEqualTo(profit);
  }

  @Test
  void shouldChangeNothingElseOfASnapshot() {
    // when
    PositionSnapshot beside = ExchangeViews.beside(snapshot(), Optional.of(view(1500, SAID)));

    // then
    assertThat(PositionSnapshot.newBuilder(beside).setExchange(null).setExchangeAsOfMs(0).build())
        .hasToString(snapshot().toString());
    assertThat(ExchangeViews.beside(snapshot(), Optional.empty()))
        .hasToString(snapshot().toString());
  }

  @Test
  void shouldShowNoPositionOnTheOtherSideAndNoneThatIsGone() {
    ExchangePosition turned = exchangePosition(BTC, "2").setSide(PositionSide.SHORT).build();

    assertThat(ExchangeViews.beside(snapshot(), Optional.of(view(1500, turned))).getExchange())
        .isNull();
    assertThat(ExchangeViews.beside(snapshot(), Optional.of(view(1500, null))).getExchange())
        .isNull();
  }

  @Test
  void shouldKeepWhatWasSaidBeforeTheTimeOfTheLast() {
    // when: said twice at 1600, and then corrected to an earlier time
    ExchangeView first = view(1500, SAID);
    ExchangeView second = ExchangeViews.after(Optional.of(first), view(1600, null));
    ExchangeView again = ExchangeViews.after(Optional.of(second), view(1600, SAID_LATER));
    ExchangeView back = ExchangeViews.after(Optional.of(again), view(1500, SAID_LATER));

    // then
    assertThat(List.of(second, again, back))
        .extracting(
            ExchangeView::getAsOfMs,
            ExchangeView::getPosition,
            ExchangeView::getEarlierAsOfMs,
            ExchangeView::getEarlierPosition)
        .containsExactly(
            tuple(1600L, null, 1500L, SAID),
            tuple(1600L, SAID_LATER, 1500L, SAID),
            tuple(1500L, SAID_LATER, 0L, null));
  }

  @Test
  void shouldSayWhatIsNewWhatChangedAndWhatIsGone() {
    // given
    ExchangePosition sol = exchangePosition("SOLUSDT", "1").build();
    ExchangePosition eth = exchangePosition("ETHUSDT", "1").build();
    ExchangePosition xrp = exchangePosition("XRPUSDT", "1").build();

    // when
    List<ExchangeView> views =
        ExchangeViews.changed(Optional.of(row(5, SAID, sol, eth)), row(6, SAID_LATER, xrp, eth));

    // then
    assertThat(views)
        .extracting(ExchangeView::getSymbol, ExchangeView::getAsOfMs, ExchangeView::getPosition)
        .containsExactly(
            tuple(BTC, 6L, SAID_LATER), tuple("SOLUSDT", 6L, null), tuple("XRPUSDT", 6L, xrp));
  }

  @Test
  void shouldNoticeANumberThatIsNotSaidAnyMore() {
    ExchangePosition silent = exchangePosition(BTC, "2").setLiquidationPrice(null).build();

    assertThat(ExchangeViews.changed(Optional.of(row(5, SAID)), row(6, silent))).hasSize(1);
    assertThat(ExchangeViews.changed(Optional.of(row(5, silent)), row(6, SAID))).hasSize(1);
    assertThat(ExchangeViews.changed(Optional.of(row(5, silent)), row(6, silent))).isEmpty();
  }

  @Test
  void shouldSayOfAnAccountThatIsGoneThatEachPositionIs() {
    assertThat(ExchangeViews.gone(row(5, SAID), 9))
        .extracting(ExchangeView::getSymbol, ExchangeView::getAsOfMs, ExchangeView::getPosition)
        .containsExactly(tuple(BTC, 9L, null));
    assertThat(ExchangeViews.gone(row(5), 9)).isEmpty();
  }
}
