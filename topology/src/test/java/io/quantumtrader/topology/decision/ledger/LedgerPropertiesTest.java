package io.quantumtrader.topology.decision.ledger;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Sides;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the ledger whatever is filled, at whatever price, in whatever order. */
class LedgerPropertiesTest {

  private static final int FILLS = 500;
  private static final OpeningRisk RISK =
      new OpeningRisk(Optional.empty(), Optional.empty(), Given.policy().build());

  /** An average entry price has 18 digits, and each increase may round the last one. */
  private static final BigDecimal ROUNDING = new BigDecimal("1e-12");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldBeTheSumOfItsFillsAndConserveProfit(long seed) {
    Random random = new Random(seed);
    PositionLedger row = LedgerFold.untouched(MAIN, BTC);
    BigDecimal net = BigDecimal.ZERO;
    BigDecimal cash = BigDecimal.ZERO;
    BigDecimal fees = BigDecimal.ZERO;
    for (int i = 0; i < FILLS; i++) {
      // given
      OrderSide side = random.nextBoolean() ? OrderSide.BUY : OrderSide.SELL;
      BigDecimal signed = quantity(random).multiply(BigDecimal.valueOf(sign(side)));
      Booking fill = booking(random, side, signed.abs(), i);

      // when
      row = LedgerFold.apply(row, fill, RISK, NOON + i).row();
      net = net.add(signed);
      cash = cash.subtract(signed.multiply(fill.price()));
      fees = fees.add(fill.fee());

      // then: quantity and fees are sums, and realised + unrealised is what cash and stock say
      BigDecimal mark = price(random);
      BigDecimal unrealized =
          Sides.signedQuantity(row).multiply(mark.subtract(row.getEntryPrice()));
      assertThat(Sides.signedQuantity(row)).isEqualByComparingTo(net);
      assertThat(row.getFees()).isEqualByComparingTo(fees);
      assertThat(row.getRealizedPnl().add(unrealized))
          .isBetween(
              cash.add(net.multiply(mark)).subtract(ROUNDING),
              cash.add(net.multiply(mark)).add(ROUNDING));
      assertThat(row.getSide() == PositionSide.FLAT).isEqualTo(net.signum() == 0);
    }
  }

  private static int sign(OrderSide side) {
    return side == OrderSide.BUY ? 1 : -1;
  }

  private static BigDecimal quantity(Random random) {
    return BigDecimal.valueOf(1 + random.nextInt(50), 3);
  }

  private static BigDecimal price(Random random) {
    return BigDecimal.valueOf(6_000_000 + random.nextInt(2_000_000), 2);
  }

  private static Booking booking(Random random, OrderSide side, BigDecimal quantity, int number) {
    BigDecimal fee = BigDecimal.valueOf(random.nextInt(1000) - 100, 4);
    return new Booking(
        side,
        dec(quantity.toPlainString()),
        dec(price(random).toPlainString()),
        dec(fee.toPlainString()),
        NOON + number,
        2,
        "f" + number,
        "",
        "o" + number);
  }
}
