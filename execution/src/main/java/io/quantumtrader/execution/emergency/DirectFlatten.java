package io.quantumtrader.execution.emergency;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.OrderFilters;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.exchange.OrderOutcome.Unresolved;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Closes what is open, by reduce-only market orders and nothing else. An order whose outcome is not
 * known is asked about, never sent again: the next run finds what is still open.
 */
public final class DirectFlatten {

  /** How often an order is asked about before it is left as it is. */
  private static final int ASKS = 10;

  /** How many orders of a position may end before all of it is executed. */
  private static final int CUT_SHORT = 10;

  /** Waits between two questions. */
  public interface Pause {

    /** Waits for half a second or so. */
    void pause() throws InterruptedException;
  }

  private final Exchange exchange;
  private final LongSupplier wallMs;
  private final Pause pause;

  /**
   * Creates it.
   *
   * @param wallMs the wall clock, epoch milliseconds UTC
   */
  public DirectFlatten(Exchange exchange, LongSupplier wallMs, Pause pause) {
    this.exchange = exchange;
    this.wallMs = wallMs;
    this.pause = pause;
  }

  /**
   * Returns what is open in an account.
   *
   * @param symbol only this one; empty for all
   * @return empty where the exchange does not answer
   */
  public Optional<List<ExchangePosition>> open(String account, Optional<String> symbol) {
    return exchange
        .account(account, wallMs.getAsLong())
        .map(ExchangeAccount::getPositions)
        .map(
            all ->
                all.stream()
                    .filter(each -> symbol.isEmpty() || each.getSymbol().equals(symbol.get()))
                    .toList());
  }

  /**
   * Closes positions, one after the other.
   *
   * @param told hears of each as it is done
   */
  public List<DirectClose> close(
      String account, List<ExchangePosition> positions, Consumer<DirectClose> told)
      throws InterruptedException {
    List<DirectClose> done = new ArrayList<>();
    for (ExchangePosition position : positions) {
      DirectClose close = close(account, position);
      done.add(close);
      told.accept(close);
    }
    return done;
  }

  /**
   * Of what is too large for one order the next part is sent once the one before it has ended. What
   * an order left open is part of the next one.
   */
  private DirectClose close(String account, ExchangePosition position) throws InterruptedException {
    String symbol = position.getSymbol();
    OrderSide side = position.getSide() == PositionSide.LONG ? OrderSide.SELL : OrderSide.BUY;
    BigDecimal left = position.getQuantity();
    long atMs = wallMs.getAsLong();
    int cutShort = 0;
    while (true) {
      BigDecimal part = OrderFilters.firstPart(left, exchange.instrument(symbol));
      String id = ClientOrderIds.direct(account, symbol, atMs);
      OrderOutcome outcome = followed(new MarketOrder(account, symbol, side, part, true, id, atMs));
      BigDecimal executed = executed(outcome, part);
      left = left.subtract(executed);
      cutShort += executed.compareTo(part) < 0 ? 1 : 0;
      if (left.signum() <= 0 || executed.signum() == 0 || cutShort > CUT_SHORT) {
        return closed(account, position, id, outcome);
      }
      // Each part has an id of its own, and that is made of the time.
      atMs = Math.max(atMs + 1, wallMs.getAsLong());
    }
  }

  private OrderOutcome followed(MarketOrder order) throws InterruptedException {
    OrderOutcome outcome = exchange.execute(order);
    for (int asked = 0; asked < ASKS && !isFinal(outcome); asked++) {
      pause.pause();
      outcome =
          exchange.query(
              order.account(), order.symbol(), order.clientOrderId(), wallMs.getAsLong());
    }
    return outcome;
  }

  private DirectClose closed(
      String account, ExchangePosition position, String id, OrderOutcome outcome) {
    String symbol = position.getSymbol();
    boolean flat = open(account, Optional.of(symbol)).filter(List::isEmpty).isPresent();
    if (flat) {
      var unused = exchange.cancelProtection(account, symbol, wallMs.getAsLong());
    }
    return new DirectClose(account, position, id, outcome, flat);
  }

  /** Returns how much of a part is closed for sure, base units; 0 where more of it may follow. */
  private static BigDecimal executed(OrderOutcome outcome, BigDecimal part) {
    boolean ended =
        outcome instanceof Accepted accepted
            && (accepted.state() != State.OPEN || accepted.executed().compareTo(part) >= 0);
    return ended ? ((Accepted) outcome).executed() : BigDecimal.ZERO;
  }

  private static boolean isFinal(OrderOutcome outcome) {
    return switch (outcome) {
      case Accepted accepted -> accepted.state() != State.OPEN;
      case Rejected rejected -> true;
      case Unresolved unresolved -> false;
      case Unknown unknown -> false;
    };
  }
}
