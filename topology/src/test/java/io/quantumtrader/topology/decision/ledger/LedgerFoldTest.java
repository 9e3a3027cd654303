package io.quantumtrader.topology.decision.ledger;

import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.decision.ledger.Fills.NONE;
import static io.quantumtrader.topology.decision.ledger.Fills.UNPLANNED;
import static io.quantumtrader.topology.decision.ledger.Fills.after;
import static io.quantumtrader.topology.decision.ledger.Fills.buy;
import static io.quantumtrader.topology.decision.ledger.Fills.fill;
import static io.quantumtrader.topology.decision.ledger.Fills.sell;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LedgerFoldTest {

  private static void assertQuantity(PositionLedger row, PositionSide side, String quantity) {
    assertThat(row.getSide()).isEqualTo(side);
    assertThat(row.getQuantity()).isEqualTo(dec(quantity));
  }

  @Test
  void shouldStartWithNothing() {
    assertQuantity(NONE, PositionSide.FLAT, "0");
    assertThat(NONE.getOpenSequence()).isZero();
    assertThat(NONE.getPositionId()).isEmpty();
    assertThat(NONE.getFlatSinceMs()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"BUY,LONG", "SELL,SHORT"})
  void shouldOpenAPosition(OrderSide side, PositionSide opened) {
    // when
    LedgerFold.Folded folded =
        LedgerFold.apply(NONE, fill(side, "2", "100", "0.4"), UNPLANNED, NOON);

    // then
    PositionLedger row = folded.row();
    assertQuantity(row, opened, "2");
    assertThat(folded.rows()).hasSize(1);
    assertThat(folded.closedProfit()).isEmpty();
    assertThat(row.getEntryPrice()).isEqualTo(dec("100"));
    assertThat(row.getPositionId()).isEqualTo("main:BTCUSDT:1");
    assertThat(row.getOpenSequence()).isEqualTo(1);
    assertThat(row.getLeverage()).isEqualTo(2);
    assertThat(row.getFees()).isEqualTo(dec("0.4"));
    assertThat(row.getPositionFees()).isEqualTo(dec("0.4"));
    assertThat(row.getRealizedPnl()).isZero();
    assertThat(row.getOpenedAtMs()).isEqualTo(NOON - 3);
    assertThat(row.getFlatSinceMs()).isNull();
    assertThat(row.getUpdatedAtMs()).isEqualTo(NOON);
    assertThat(row.getLastFillId()).isEqualTo("f");
    assertThat(row.getLastPlanId()).isEqualTo("plan");
    assertThat(row.getLastOrderId()).isEqualTo("order");
    assertThat(row.getLastFillSide()).isEqualTo(side);
    assertThat(row.getLastFillQuantity()).isEqualTo(dec("2"));
  }

  @Test
  void shouldWeighTheEntryPriceOnIncrease() {
    // when
    PositionLedger row = after(NONE, buy("1", "100"), buy("2", "130"));

    // then
    assertQuantity(row, PositionSide.LONG, "3");
    assertThat(row.getEntryPrice()).isEqualTo(dec("120"));
    assertThat(row.getOpenSequence()).isEqualTo(1);
    assertThat(row.getTradeCount()).isZero();
  }

  @Test
  void shouldRoundAWeightedPriceHalfToEven() {
    // when: 100 2/3
    PositionLedger row = after(NONE, buy("1", "100"), buy("2", "101"));

    // then
    assertThat(row.getEntryPrice()).isEqualTo(new BigDecimal("100.666666666666666667"));
  }

  @Test
  void shouldTakeTheLeverageOfTheLastOrderThatIncreased() {
    // given
    PositionLedger open = after(NONE, buy("1", "100"));
    Booking more = new Booking(OrderSide.BUY, dec("1"), dec("1"), dec("0"), 1, 5, "g", "", "");
    Booking less = new Booking(OrderSide.SELL, dec("1"), dec("1"), dec("0"), 1, 9, "h", "", "");

    // then
    assertThat(after(open, more).getLeverage()).isEqualTo(5);
    assertThat(after(open, more, less).getLeverage()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    // first side, exit price, profit on one of two
    "BUY,110,10",
    "BUY,90,-10",
    "SELL,110,-10",
    "SELL,90,10"
  })
  void shouldRealizeProfitOnDecrease(OrderSide first, String exit, String profit) {
    // given
    OrderSide second = first == OrderSide.BUY ? OrderSide.SELL : OrderSide.BUY;
    PositionLedger open = after(NONE, fill(first, "2", "100", "0.2"));

    // when
    LedgerFold.Folded folded =
        LedgerFold.apply(open, fill(second, "1", exit, "0.1"), UNPLANNED, NOON);

    // then
    PositionLedger row = folded.row();
    assertThat(row.getQuantity()).isEqualTo(dec("1"));
    assertThat(row.getSide()).isEqualTo(open.getSide());
    assertThat(row.getEntryPrice()).isEqualTo(dec("100"));
    assertThat(row.getRealizedPnl()).isEqualTo(dec(profit));
    assertThat(row.getPositionRealizedPnl()).isEqualTo(dec(profit));
    assertThat(row.getFees()).isEqualTo(dec("0.3"));
    assertThat(row.getPositionFees()).isEqualTo(dec("0.3"));
    assertThat(row.getPositionId()).isEqualTo("main:BTCUSDT:1");
    assertThat(row.getOpenedAtMs()).isEqualTo(NOON - 3);
    assertThat(folded.closedProfit()).isEmpty();
  }

  @Test
  void shouldLeaveAFlatRowBehind() {
    // given
    PositionLedger open = after(NONE, fill(OrderSide.BUY, "2", "100", "0.2"));

    // when
    LedgerFold.Folded folded =
        LedgerFold.apply(open, fill(OrderSide.SELL, "2", "103", "0.3"), UNPLANNED, NOON);

    // then: 2 x 3 - 0.5
    PositionLedger row = folded.row();
    assertThat(folded.closedProfit()).contains(dec("5.5"));
    assertQuantity(row, PositionSide.FLAT, "0");
    assertThat(row.getEntryPrice()).isZero();
    assertThat(row.getPositionId()).isEmpty();
    assertThat(row.getOpenSequence()).isEqualTo(1);
    assertThat(row.getTradeCount()).isEqualTo(1);
    assertThat(row.getRealizedPnl()).isEqualTo(dec("6"));
    assertThat(row.getPositionRealizedPnl()).isEqualTo(dec("6"));
    assertThat(row.getPositionFees()).isEqualTo(dec("0.5"));
    assertThat(row.getFlatSinceMs()).isEqualTo(NOON - 3);
    assertThat(row.getOpenedAtMs()).isNull();
    assertThat(row.getRisk()).isNull();
    assertThat(row.getOpenedRegime()).isNull();
  }

  @Test
  void shouldCountProfitOfAllPartsOfAPosition() {
    // given
    PositionLedger open = after(NONE, buy("3", "100"), sell("1", "110"));

    // when
    LedgerFold.Folded folded = LedgerFold.apply(open, sell("2", "94"), UNPLANNED, NOON);

    // then: 10 - 12
    assertThat(folded.closedProfit()).contains(dec("-2"));
  }

  @Test
  void shouldBeginTheNextPositionFresh() {
    // when
    PositionLedger row =
        after(
            NONE,
            fill(OrderSide.BUY, "1", "100", "0.1"),
            fill(OrderSide.SELL, "1", "105", "0.1"),
            fill(OrderSide.SELL, "1", "200", "0.5"));

    // then
    assertQuantity(row, PositionSide.SHORT, "1");
    assertThat(row.getPositionId()).isEqualTo("main:BTCUSDT:2");
    assertThat(row.getFlatSinceMs()).isNull();
    assertThat(row.getRealizedPnl()).isEqualTo(dec("5"));
    assertThat(row.getPositionRealizedPnl()).isZero();
    assertThat(row.getFees()).isEqualTo(dec("0.7"));
    assertThat(row.getPositionFees()).isEqualTo(dec("0.5"));
    assertThat(row.getTradeCount()).isEqualTo(1);
  }

  @Test
  void shouldSplitAFillThatGoesThroughZero() {
    // given
    PositionLedger open = after(NONE, fill(OrderSide.BUY, "1", "100", "0.1"));

    // when
    LedgerFold.Folded folded =
        LedgerFold.apply(open, fill(OrderSide.SELL, "3", "110", "0.33"), UNPLANNED, NOON);

    // then: a third of the fee goes to the close
    assertThat(folded.rows()).hasSize(2);
    PositionLedger closed = folded.rows().get(0);
    assertQuantity(closed, PositionSide.FLAT, "0");
    assertThat(closed.getPositionFees()).isEqualTo(dec("0.21"));
    assertThat(closed.getLastFillQuantity()).isEqualTo(dec("1"));
    assertThat(folded.closedProfit()).contains(dec("9.79"));
    PositionLedger opened = folded.row();
    assertQuantity(opened, PositionSide.SHORT, "2");
    assertThat(opened.getEntryPrice()).isEqualTo(dec("110"));
    assertThat(opened.getPositionId()).isEqualTo("main:BTCUSDT:2");
    assertThat(opened.getPositionFees()).isEqualTo(dec("0.22"));
    assertThat(opened.getFees()).isEqualTo(dec("0.43"));
    assertThat(opened.getRealizedPnl()).isEqualTo(dec("10"));
    assertThat(opened.getTradeCount()).isEqualTo(1);
    assertThat(opened.getFlatSinceMs()).isNull();
  }

  @Test
  void shouldSplitNothingWhereItEndsAtZero() {
    // given
    PositionLedger open = after(NONE, buy("1", "100"));

    // then
    assertThat(LedgerFold.apply(open, sell("1", "90"), UNPLANNED, NOON).rows()).hasSize(1);
  }

  @Test
  void shouldLoseNothingOfAFeeThatDoesNotDivide() {
    // given
    PositionLedger open = after(NONE, buy("1", "100"));

    // when
    LedgerFold.Folded folded =
        LedgerFold.apply(open, fill(OrderSide.SELL, "3", "110", "0.1"), UNPLANNED, NOON);

    // then
    assertThat(folded.row().getFees()).isEqualTo(dec("0.1"));
  }

  @Test
  void shouldTakeARebateForWhatItIs() {
    // when
    PositionLedger row =
        after(
            NONE,
            fill(OrderSide.BUY, "1", "100", "-0.1"),
            fill(OrderSide.SELL, "1", "100", "-0.1"));

    // then
    assertThat(row.getFees()).isEqualTo(dec("-0.2"));
  }

  @Test
  void shouldConserveMoney() {
    // given
    List<Booking> fills =
        List.of(
            buy("0.7", "101.37"),
            buy("0.11", "99.01"),
            sell("0.333", "103.3"),
            sell("1.9", "97.77"),
            buy("0.41", "95.123456789"),
            buy("2.2", "98.1"));
    BigDecimal cash = BigDecimal.ZERO;

    // when
    PositionLedger row = NONE;
    for (Booking fill : fills) {
      row = after(row, fill);
      BigDecimal paid = fill.quantity().multiply(fill.price());
      cash = fill.side() == OrderSide.BUY ? cash.subtract(paid) : cash.add(paid);
    }

    // then: realised profit less what the open position cost is what was paid in all
    BigDecimal cost = row.getQuantity().multiply(row.getEntryPrice());
    assertQuantity(row, PositionSide.LONG, "1.187");
    assertThat(row.getRealizedPnl().subtract(cost).subtract(cash).abs())
        .isLessThan(new BigDecimal("1e-15"));
  }
}
