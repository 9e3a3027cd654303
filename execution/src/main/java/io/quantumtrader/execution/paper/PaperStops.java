package io.quantumtrader.execution.paper;

import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.execution.decision.ProtectiveTrigger;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Instrument;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Executes protective orders inside a candle: each closes all that is open in its position then, at
 * the price of {@link ProtectiveTrigger} with the slippage and the fee of every taker. What the
 * candle opens at or beyond comes first. Where it reaches stop and target after its open the stop
 * does, since the candle does not tell which was first and a loss is the safer guess.
 */
final class PaperStops {

  private final PaperPricing pricing;

  PaperStops(PaperSettings settings) {
    this.pricing = new PaperPricing(settings);
  }

  /** Lets an account's orders in the candle's symbol see the candle. */
  void see(PaperAccount account, Candle candle, Instrument instrument) {
    List<ProtectiveOrder> resting = account.resting(candle.getSymbol());
    resting.stream()
        .filter(order -> ProtectiveTrigger.isAtOpen(order, candle))
        .findFirst()
        .or(() -> first(resting, candle))
        .ifPresent(order -> execute(account, order, taken(order, candle, instrument)));
  }

  private static Optional<ProtectiveOrder> first(List<ProtectiveOrder> resting, Candle candle) {
    return resting.stream()
        .filter(order -> ProtectiveTrigger.price(order, candle).isPresent())
        .findFirst();
  }

  private BigDecimal taken(ProtectiveOrder order, Candle candle, Instrument instrument) {
    BigDecimal from = ProtectiveTrigger.price(order, candle).orElseThrow();
    return pricing.fillPrice(from, order.side(), instrument.getTickSize());
  }

  private void execute(PaperAccount account, ProtectiveOrder order, BigDecimal price) {
    NetPosition position = account.position(order.symbol());
    BigDecimal quantity = position.quantity().abs();
    BigDecimal fee = pricing.fee(quantity, price);
    NetPosition.Change change = position.after(NetPosition.signed(order.side(), quantity), price);
    account.trigger(order, quantity, price, fee, change);
  }
}
