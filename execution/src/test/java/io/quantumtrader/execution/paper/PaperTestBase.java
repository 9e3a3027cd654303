package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;

/** A paper exchange for two accounts, and orders of the first. */
abstract class PaperTestBase {

  static final long NOW = 120_000;
  static final String ETH = "ETHUSDT";
  static final PaperSettings SETTINGS =
      PaperSettings.DEFAULT.withAccounts(List.of("main", "second"));

  /** Returns an exchange with a price: one of 2500.11 makes a tick of 0.01, a step of 0.0001. */
  static PaperExchange at(PaperSettings settings, String price) {
    PaperExchange exchange = new PaperExchange(settings);
    exchange.see(flat(ETH, 0, price));
    return exchange;
  }

  static MarketOrder order(String id, OrderSide side, String quantity) {
    return new MarketOrder("main", ETH, side, new BigDecimal(quantity), false, id, NOW);
  }

  static MarketOrder reduce(String id, OrderSide side, String quantity) {
    return new MarketOrder("main", ETH, side, new BigDecimal(quantity), true, id, NOW);
  }

  static ExchangeAccount main(PaperExchange exchange) {
    return exchange.account("main", NOW).orElseThrow();
  }

  static void assertRejected(OrderOutcome outcome, ReasonCode code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
  }
}
