package io.quantumtrader.app.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The size that a smoke test asks for, around what the exchange takes. */
final class SmokeSizeTest {

  @ParameterizedTest
  @CsvSource({
    // wanted, step, least worth, price: enough, asked for
    "120, 0.001, 100, 60000, true, 120",
    "120, 0.001, 100, 50500, true, 120",
    // 0.001 is worth 90: 0.002, and half a step for a price that moves
    "120, 0.001, 100, 90000, true, 225",
    // 0.001 is worth the least but for the hundredth that a price may move
    "120, 0.001, 100, 100500, true, 251.25",
    "120, 0.001, 100, 101000, true, 120",
    // nothing at all is left of it
    "120, 0.001, 100, 130000, true, 195",
    "120, 0.001, 100, 240000, true, 360",
    "120, 0.001, 100, 240001, false, 120",
    "20, 0.001, 100, 90000, false, 20",
    "20, 0.001, 5, 3000, true, 20",
    // a step as small as that hardly raises it
    "100, 0.000001, 100, 90000, true, 101.12",
  })
  void shouldAskForAtLeastTheSmallest(
      BigDecimal wanted,
      String step,
      String least,
      String price,
      boolean enough,
      BigDecimal asked) {
    SmokeSize size = SmokeSize.of(wanted, FakeLine.rules(step, least), new BigDecimal(price));

    assertThat(size.enough()).as(size.said()).isEqualTo(enough);
    assertThat(size.amount()).as(size.said()).isEqualByComparingTo(asked);
  }
}
