package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetPositionTest {

  @ParameterizedTest(name = "{0} at {1}, {2} at {3}")
  @CsvSource({
    // open quantity, entry, delta, price, then: quantity, entry, realised
    "0,      0,   2,     100,   2,     100,                  0",
    "0,      0,  -2,     100,  -2,     100,                  0",
    "2,    100,   1,     103,   3,     101,                  0",
    "1,    100,   2,     101,   3,     100.666666666666666667, 0",
    "-1,   100,  -2,     101,  -3,     100.666666666666666667, 0",
    "3,    100,  -1,     110,   2,     100,                  10",
    "-3,   100,   1,     110,  -2,     100,                 -10",
    "3,    100,  -3,      90,   0,       0,                 -30",
    "-3,   100,   3,      90,   0,       0,                  30",
    "3,    100,  -5,     110,  -2,     110,                  30",
    "-3,   100,   5,     110,   2,     110,                 -30",
    "0.3,  0.1,  -0.1,   0.4,   0.2,   0.1,               0.03",
  })
  void shouldFoldAFill(
      String quantity,
      String entry,
      String delta,
      String price,
      String quantityAfter,
      String entryAfter,
      String realized) {
    // given
    NetPosition position = new NetPosition(new BigDecimal(quantity), new BigDecimal(entry));

    // when
    NetPosition.Change change = position.after(new BigDecimal(delta), new BigDecimal(price));

    // then
    assertThat(change.position().quantity()).isEqualByComparingTo(quantityAfter);
    assertThat(change.position().entryPrice()).isEqualByComparingTo(entryAfter);
    assertThat(change.realized()).isEqualByComparingTo(realized);
  }

  @ParameterizedTest
  @CsvSource({
    "5, -3, 3",
    "5, -7, 5",
    "5, 3, 0",
    "-5, 3, 3",
    "-5, 7, 5",
    "-5, -3, 0",
    "0, 3, 0",
    "0, -3, 0"
  })
  void shouldSayHowMuchAnOrderReduces(String quantity, String delta, String reducible) {
    // given
    NetPosition position = new NetPosition(new BigDecimal(quantity), BigDecimal.ONE);

    // when
    BigDecimal reduced = position.reducible(new BigDecimal(delta));

    // then
    assertThat(reduced).isEqualByComparingTo(reducible);
  }

  @Test
  void shouldValueLongAndShort() {
    // given
    NetPosition bought = new NetPosition(new BigDecimal("2"), new BigDecimal("100"));
    NetPosition sold = new NetPosition(new BigDecimal("-2"), new BigDecimal("100"));

    // when, then
    assertThat(bought.unrealized(new BigDecimal("110"))).isEqualByComparingTo("20");
    assertThat(sold.unrealized(new BigDecimal("110"))).isEqualByComparingTo("-20");
    assertThat(sold.margin(3)).isEqualByComparingTo("66.666666666666666667");
    assertThat(bought.side()).isEqualTo(PositionSide.LONG);
    assertThat(sold.side()).isEqualTo(PositionSide.SHORT);
    assertThat(NetPosition.FLAT.side()).isEqualTo(PositionSide.FLAT);
    assertThat(NetPosition.signed(OrderSide.SELL, BigDecimal.ONE)).isEqualByComparingTo("-1");
    assertThat(NetPosition.signed(OrderSide.BUY, BigDecimal.ONE)).isEqualByComparingTo("1");
  }
}
