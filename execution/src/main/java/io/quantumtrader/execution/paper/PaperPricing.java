package io.quantumtrader.execution.paper;

import io.quantumtrader.execution.decision.Decimals;
import io.quantumtrader.execution.decision.PriceGrid;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the paper exchange asks for a fill. The exchange fills by it, and whoever compares fills
 * with the exchange's model reckons by the same. Pure.
 *
 * @param settings its costs
 */
public record PaperPricing(PaperSettings settings) {

  /** Distance between two payments of funding, milliseconds; one is due at 00:00 UTC. */
  public static final long FUNDING_PERIOD_MS = Duration.ofHours(8).toMillis();

  /**
   * A price that an order meets.
   *
   * @param price before slippage, quote currency
   * @param atMs when the market showed it, epoch milliseconds UTC
   */
  public record Met(BigDecimal price, long atMs) {}

  /**
   * Returns the price of a fill: the market's with the slippage, on the tick.
   *
   * @param from price that is met, quote currency, above 0
   * @param tick price step, above 0
   */
  public BigDecimal fillPrice(BigDecimal from, OrderSide side, BigDecimal tick) {
    return PriceGrid.taken(from, side, settings.slippageBps(), tick);
  }

  /** Returns the fee of a fill, quote currency, 0 or more. */
  public BigDecimal fee(BigDecimal quantity, BigDecimal price) {
    return Decimals.cash(quantity.multiply(price).multiply(settings.feeRate()));
  }

  /**
   * Returns what a position is paid at a time of funding, quote currency; below 0 it pays.
   *
   * @param quantity base units, below 0 for a short position
   * @param price the notional is reckoned with, quote currency
   */
  public BigDecimal funding(BigDecimal quantity, BigDecimal price) {
    return Decimals.cash(quantity.multiply(price).multiply(settings.fundingRate())).negate();
  }

  /**
   * Returns the first price after the way to the market that an order meets, with a latency above
   * 0; empty where none comes before the order lapses.
   *
   * @param marks the marks of its symbol, in their order
   */
  public Optional<Met> meets(MarketOrder order, List<Candle> marks) {
    long intervalMs = marks.isEmpty() ? 0 : marks.getFirst().getIntervalMs();
    PendingOrder pending = new PendingOrder(order, settings.latencyMs(), intervalMs);
    marks.forEach(pending::see);
    return Optional.ofNullable(pending.price()).map(price -> new Met(price, pending.priceAtMs()));
  }
}
