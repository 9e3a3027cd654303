package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;

/** A paper exchange with one account and one symbol, seen once at its price. */
abstract class PaperTriggerBase {

  static final String BTC = "BTCUSDT";

  static final String PLAN = Plans.id(1);

  /** When the position is opened and protected: as the first candle closes. */
  static final long NOW = 60_000;

  static final PaperSettings FREE =
      PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, BigDecimal.ZERO);

  static final PaperSettings FEE =
      PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, new BigDecimal("0.0004"));

  PaperExchange exchange = new PaperExchange(FREE);

  @BeforeEach
  void seePrice() {
    exchange.see(flat(BTC, 0, "79465.1"));
  }

  Fill trade(String id, OrderSide side, String quantity) {
    MarketOrder order =
        new MarketOrder("main", BTC, side, new BigDecimal(quantity), false, id, NOW);
    return ((Accepted) exchange.execute(order)).fills().getFirst();
  }

  void protect(OrderSide side, Kind kind, String trigger) {
    BigDecimal price = new BigDecimal(trigger);
    exchange.protect(
        new ProtectiveOrder("main", BTC, side, kind, price, ClientOrderIds.of(PLAN, kind), NOW));
  }

  void openLong() {
    trade("a", OrderSide.BUY, "0.0025");
    protect(OrderSide.SELL, Kind.STOP, "77105");
    protect(OrderSide.SELL, Kind.TARGET, "81826");
  }

  void openShort() {
    trade("a", OrderSide.SELL, "0.0025");
    protect(OrderSide.BUY, Kind.STOP, "81826");
    protect(OrderSide.BUY, Kind.TARGET, "77105");
  }

  ExchangeAccount account() {
    return exchange.account("main", 120_000).orElseThrow();
  }
}
