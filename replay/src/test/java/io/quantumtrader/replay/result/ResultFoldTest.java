package io.quantumtrader.replay.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Each number is reckoned by hand beside it. */
final class ResultFoldTest {

  private static final double EXACT = 1e-12;

  private final ResultFold fold = new ResultFold();

  private Results after(SpecificRecord... records) {
    List.of(records).forEach(fold);
    return fold.results();
  }

  /** AAA: 2 at 100, stop at 95, so 10 are at stake; 30 won, 1 of fees, 2 of funding: 27, 2.7 R. */
  private void winInAaa() {
    after(
        Rows.plan("p1", "AAA", "99.5"),
        buy("f1", "p1", "AAA", "2", "100"),
        Rows.open("AAA", "2", "100", "95", 1_000),
        Rows.funding("i1", "AAA", "-2"),
        sell("f2", "AAA", "2", "115", ResultOrigin.PLAN, ExitTrigger.TRAILING_STOP),
        Rows.flat("AAA", "30", "1", 61_000));
  }

  /** BBB: 1 at 50, stop at 41, so 9 are at stake; 9.5 lost and 0.5 of fees: -10, -10/9 R. */
  private void lossInBbb() {
    after(
        buy("f3", "", "BBB", "1", "50"),
        Rows.open("BBB", "1", "50", "41", 2_000),
        sell("f4", "BBB", "1", "40.5", ResultOrigin.STOP, ExitTrigger.STOP_HIT),
        Rows.flat("BBB", "-9.5", "0.5", 3_000));
  }

  private static SpecificRecord buy(
      String id, String planId, String symbol, String quantity, String price) {
    return Rows.fill(
        id, planId, symbol, OrderSide.BUY, quantity, price, ResultOrigin.PLAN, ExitTrigger.NONE);
  }

  private static SpecificRecord sell(
      String id,
      String symbol,
      String quantity,
      String price,
      ResultOrigin origin,
      ExitTrigger trigger) {
    return Rows.fill(id, "", symbol, OrderSide.SELL, quantity, price, origin, trigger);
  }

  @Test
  void shouldMakeATradeOfEachPositionFromOpenToFlat() {
    winInAaa();
    lossInBbb();

    Results results = fold.results();
    assertThat(results.opened()).isEqualTo(2);
    assertThat(results.trades())
        .extracting(Trade::symbol, Trade::closedBy, Trade::openedAtMs, Trade::closedAtMs)
        .containsExactly(
            tuple("AAA", "TRAILING_STOP", 1_000L, 61_000L),
            tuple("BBB", "STOP_HIT", 2_000L, 3_000L));
    assertThat(results.trades().getFirst().net()).isEqualByComparingTo("27");
    assertThat(results.trades().getFirst().r()).hasValue(2.7);
    assertThat(results.trades().getLast().r().orElseThrow()).isCloseTo(-10 / 9.0, within(EXACT));
  }

  @Test
  void shouldReckonTheFiguresOfAllAndOfEachSymbolAndRegime() {
    winInAaa();
    lossInBbb();

    Figures all = fold.results().all();
    assertThat(all.closed()).isEqualTo(2);
    assertThat(all.won()).isEqualTo(1);
    assertThat(all.winRate()).hasValue(0.5);
    assertThat(all.gross()).isEqualByComparingTo("20.5");
    assertThat(all.fees()).isEqualByComparingTo("1.5");
    assertThat(all.funding()).isEqualByComparingTo("-2");
    assertThat(all.net()).isEqualByComparingTo("17");
    assertThat(all.expectancy()).hasValue(8.5);
    assertThat(all.averageR().orElseThrow()).isCloseTo((2.7 - 10 / 9.0) / 2, within(EXACT));
    assertThat(all.profitFactor()).hasValue(2.7);
    assertThat(fold.results().bySymbol()).containsOnlyKeys("AAA", "BBB");
    assertThat(fold.results().bySymbol().get("BBB").net()).isEqualByComparingTo("-10");
    assertThat(fold.results().byRegime()).containsOnlyKeys("trend");
    assertThat(fold.results().closes()).containsOnlyKeys("STOP_HIT", "TRAILING_STOP");
  }

  /** Entry 2 x 0.5 over the plan's price; the stop at 41 filled at 40.5: 0.5. */
  @Test
  void shouldSayWhatFillsCostAgainstThePriceTheyWereMeantFor() {
    winInAaa();
    lossInBbb();

    assertThat(fold.results().slippage()).isEqualByComparingTo("1.5");
  }

  @Test
  void shouldFixTheRiskAtOpenAndWeighItAnewOnlyWhenThePositionGrows() {
    after(
        Rows.open("AAA", "2", "100", "95", 1),
        Rows.open("AAA", "1", "100", "95", 2),
        Rows.flat("AAA", "10", "0", 3));
    assertThat(fold.results().trades().getFirst().risk()).isEqualByComparingTo("10");

    after(
        Rows.open("BBB", "2", "100", "95", 1),
        Rows.open("BBB", "3", "101", "95", 2),
        Rows.flat("BBB", "10", "0", 3));
    assertThat(fold.results().trades().getLast().risk()).isEqualByComparingTo("18");
  }

  @Test
  void shouldHaveNoFiguresOfNothing() {
    Figures none = fold.results().all();

    assertThat(none.winRate()).isEmpty();
    assertThat(none.expectancy()).isEmpty();
    assertThat(none.averageR()).isEmpty();
    assertThat(none.profitFactor()).isEmpty();
    assertThat(fold.results().equityChange()).isZero();
  }

  @Test
  void shouldCountAPositionThatIsStillOpenAsOpenedAndNotAsATrade() {
    Results results = after(Rows.open("AAA", "2", "100", "95", 1), Rows.funding("i", "AAA", "-3"));

    assertThat(results.opened()).isEqualTo(1);
    assertThat(results.trades()).isEmpty();
    assertThat(results.funding()).isEqualByComparingTo("-3");
  }

  @Test
  void shouldPassOverFundingThatIsNone() {
    winInAaa();
    Results before = fold.results();
    ExchangeIncome other =
        ExchangeIncome.newBuilder(Rows.funding("i2", "AAA", "-7"))
            .setKind(IncomeKind.TRANSFER)
            .build();

    assertThat(after(other).funding()).isEqualTo(before.funding());
  }
}
