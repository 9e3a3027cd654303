package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leverage and margin: what opens needs cover, what closes does not. */
class PaperMarginTest extends PaperTestBase {

  private final PaperExchange exchange = new PaperExchange(SETTINGS);

  @ParameterizedTest(name = "{0} at leverage {1}: taken {2}")
  @CsvSource({
    // wallet 10 000, price 1000, no costs: margin = quantity x 1000 / leverage
    "10, 1, true",
    "10.001, 1, false",
    "100, 10, true",
    "100.001, 10, false",
  })
  void shouldWantTheMarginOfWhatOpens(String quantity, int leverage, boolean taken) {
    // given
    PaperExchange exchange = at(SETTINGS.withCosts(BigDecimal.ZERO, BigDecimal.ZERO), "1000");
    exchange.setLeverage("main", ETH, leverage, NOW);

    // when
    OrderOutcome outcome = exchange.execute(order("a", OrderSide.BUY, quantity));

    // then
    if (taken) {
      assertThat(outcome).isInstanceOf(Accepted.class);
    } else {
      assertRejected(outcome, ReasonCode.MARGIN_INSUFFICIENT);
    }
  }

  @Test
  void shouldCountFeesLossesAndOtherPositionsAgainstTheMargin() {
    // given: 9 000 of margin in use, and a loss of 500
    PaperExchange exchange = at(SETTINGS.withCosts(BigDecimal.ZERO, BigDecimal.ZERO), "1000");
    exchange.execute(order("a", OrderSide.BUY, "9"));
    exchange.see(flat("BTCUSDT", 0, "100"));
    MarketOrder five =
        new MarketOrder("main", "BTCUSDT", OrderSide.BUY, new BigDecimal("5"), false, "c", NOW);
    MarketOrder more =
        new MarketOrder("main", "BTCUSDT", OrderSide.BUY, new BigDecimal("5.01"), false, "b", NOW);
    exchange.see(flat(ETH, 60_000, "944.444444444444444444"));

    // when
    OrderOutcome tooMuch = exchange.execute(more);
    OrderOutcome enough = exchange.execute(five);

    // then
    assertRejected(tooMuch, ReasonCode.MARGIN_INSUFFICIENT);
    assertRejected(enough, ReasonCode.MARGIN_INSUFFICIENT);
    exchange.see(flat(ETH, 120_000, "944.5"));
    assertThat(exchange.execute(five)).isInstanceOf(Accepted.class);
  }

  @Test
  void shouldNeverHoldACloseBackForMargin() {
    // given: a loss larger than the wallet
    PaperExchange exchange = at(SETTINGS, "1000");
    exchange.setLeverage("main", ETH, 10, NOW);
    exchange.execute(order("a", OrderSide.BUY, "90"));
    exchange.see(flat(ETH, 60_000, "500"));

    // when
    OrderOutcome outcome = exchange.execute(order("b", OrderSide.SELL, "90"));

    // then
    assertThat(outcome).isInstanceOf(Accepted.class);
    assertThat(main(exchange).getWallet()).isNegative();
    assertThat(main(exchange).getPositions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "125, true", "126, false"})
  void shouldTakeLeveragesWithinItsRange(int leverage, boolean taken) {
    // when
    Acknowledgement answer = exchange.setLeverage("main", ETH, leverage, NOW);

    // then
    assertThat(answer instanceof Acknowledgement.Done).isEqualTo(taken);
  }

  @Test
  void shouldNotLowerTheLeverageBelowWhatTheWalletCovers() {
    // given
    PaperExchange exchange = at(SETTINGS.withCosts(BigDecimal.ZERO, BigDecimal.ZERO), "1000");
    exchange.setLeverage("main", ETH, 10, NOW);
    exchange.execute(order("a", OrderSide.BUY, "50"));

    // when
    Acknowledgement tooLow = exchange.setLeverage("main", ETH, 4, NOW);
    Acknowledgement justEnough = exchange.setLeverage("main", ETH, 5, NOW);

    // then
    assertThat(tooLow)
        .isInstanceOfSatisfying(
            Acknowledgement.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ReasonCode.MARGIN_INSUFFICIENT));
    assertThat(justEnough).isInstanceOf(Acknowledgement.Done.class);
    assertThat(main(exchange).getPositions().getFirst().getLeverage()).isEqualTo(5);
  }
}
