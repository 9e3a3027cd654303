package io.quantumtrader.execution.paper;

import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.util.List;

/**
 * A market order that was taken and is on its way to the market. It meets the first price at or
 * after its arrival: the open of a candle or mark, or else its close, each at its time. So one that
 * arrives within a candle meets its close, and with candles of a minute that is the price at the
 * next full minute. Which price that is depends on the order and the market alone, whenever it is
 * looked at.
 *
 * <p>It lapses where no price comes within two candles, or two minutes where candles are shorter.
 */
final class PendingOrder {

  private static final long SHORTEST_MS = 60_000;

  private final MarketOrder order;
  private final long arrivesAtMs;
  private final long lapsesAtMs;
  private BigDecimal price;
  private long priceAtMs;

  /**
   * Creates an order that has met no price yet.
   *
   * @param latencyMs how long it takes to the market, milliseconds, 0 or more
   * @param intervalMs length of the last candle of its symbol, milliseconds; 0 where none is known
   */
  PendingOrder(MarketOrder order, long latencyMs, long intervalMs) {
    this.order = order;
    this.arrivesAtMs = order.atMs() + latencyMs;
    this.lapsesAtMs = arrivesAtMs + 2 * Math.max(SHORTEST_MS, intervalMs);
  }

  /** Returns the order that an announcement says was sent. */
  static MarketOrder orderOf(ApplyResult announcement) {
    return new MarketOrder(
        announcement.getAccount(),
        announcement.getSymbol(),
        announcement.getSide(),
        announcement.getRequestedQuantity(),
        announcement.getReduceOnly(),
        announcement.getClientOrderId(),
        announcement.getAtMs());
  }

  MarketOrder order() {
    return order;
  }

  /** Sees a candle of its symbol; the first that shows a price after the arrival counts. */
  void see(Candle candle) {
    long openMs = candle.getOpenTimeMs();
    long closeMs = openMs + candle.getIntervalMs();
    if (openMs >= arrivesAtMs) {
      meet(candle.getOpen(), openMs);
    } else if (closeMs > arrivesAtMs) {
      meet(candle.getClose(), closeMs);
    }
  }

  private void meet(BigDecimal shown, long atMs) {
    if (atMs <= lapsesAtMs && (price == null || atMs < priceAtMs)) {
      price = shown;
      priceAtMs = atMs;
    }
  }

  /** Returns whether it has met a price by this time on the clock, epoch milliseconds UTC. */
  boolean isPriced(long nowMs) {
    return price != null && priceAtMs <= nowMs;
  }

  /** Returns the price it met, quote currency; null before. */
  BigDecimal price() {
    return price;
  }

  /** Returns the time of that price, epoch milliseconds UTC. */
  long priceAtMs() {
    return priceAtMs;
  }

  /** Returns whether no price came in time. */
  boolean isLapsed(long nowMs) {
    return price == null && nowMs > lapsesAtMs;
  }

  /** Returns what is said of it while it is on its way. */
  Accepted open() {
    return answer(State.OPEN);
  }

  /** Returns what is said of it once it lapsed. */
  Accepted lapsed() {
    return answer(State.EXPIRED);
  }

  private Accepted answer(State state) {
    return new Accepted(PaperTaker.orderId(order), state, List.of());
  }
}
