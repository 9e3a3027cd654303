package io.quantumtrader.replay.reconcile;

import io.quantumtrader.execution.decision.ProtectiveTrigger;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.paper.PaperPricing;
import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The marks by symbol, and the prices that orders met at them on the paper exchange. */
final class Marks {

  private final Map<String, List<Candle>> bySymbol = new HashMap<>();
  private final PaperPricing pricing;

  /**
   * Takes the marks.
   *
   * @param marks those of a symbol in their order
   */
  Marks(List<Candle> marks, PaperPricing pricing) {
    this.pricing = pricing;
    for (Candle mark : marks) {
      if (isPriced(mark)) {
        bySymbol.computeIfAbsent(mark.getSymbol(), any -> new ArrayList<>()).add(mark);
      }
    }
  }

  /** The paper exchange passes over the others. */
  private static boolean isPriced(Candle mark) {
    return mark.getOpen().signum() > 0
        && mark.getHigh().signum() > 0
        && mark.getLow().signum() > 0
        && mark.getClose().signum() > 0;
  }

  private static long closeMs(Candle mark) {
    return mark.getOpenTimeMs() + mark.getIntervalMs();
  }

  /**
   * Returns the price that an order meets, before slippage: that of the last mark when it is sent,
   * or, where the model has a latency, the first after its way. A mark of the very step in which it
   * is sent may have come before it or after: the one nearer to the price of the decision counts.
   *
   * @param decided price that the order was decided on, quote currency
   */
  Optional<BigDecimal> met(MarketOrder order, BigDecimal decided) {
    List<Candle> marks = bySymbol.getOrDefault(order.symbol(), List.of());
    if (pricing.settings().latencyMs() > 0) {
      return pricing.meets(order, marks).map(PaperPricing.Met::price);
    }
    Optional<BigDecimal> before = last(marks, order.atMs() - 1);
    Optional<BigDecimal> then = last(marks, order.atMs());
    boolean either = before.isPresent() && then.isPresent() && decided != null;
    return either && distance(before.get(), decided).compareTo(distance(then.get(), decided)) < 0
        ? before
        : then;
  }

  private static BigDecimal distance(BigDecimal one, BigDecimal other) {
    return one.subtract(other).abs();
  }

  /** Returns the last price of a symbol at a time; one that opened before the last sets none. */
  Optional<BigDecimal> last(String symbol, long atMs) {
    return last(bySymbol.getOrDefault(symbol, List.of()), atMs);
  }

  private static Optional<BigDecimal> last(List<Candle> marks, long atMs) {
    Candle last = null;
    for (Candle mark : marks) {
      boolean newer = last == null || mark.getOpenTimeMs() >= last.getOpenTimeMs();
      if (newer && closeMs(mark) <= atMs) {
        last = mark;
      }
    }
    return Optional.ofNullable(last).map(Candle::getClose);
  }

  /**
   * Returns the price from which the paper exchange executes a protective order, before slippage:
   * at the first mark that sets it off. Empty where none does by then, because the exchange saw a
   * price that no mark shows.
   *
   * @param untilMs when it was executed, epoch milliseconds UTC
   */
  Optional<BigDecimal> triggered(ProtectiveOrder order, long untilMs) {
    return bySymbol.getOrDefault(order.symbol(), List.of()).stream()
        .filter(mark -> mark.getOpenTimeMs() <= untilMs)
        .flatMap(mark -> ProtectiveTrigger.price(order, mark).stream())
        .findFirst();
  }
}
