package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Orders: taken, filled at the price there is, cancelled. */
final class Orders {
  private final CoreState state;
  private final OrderChecks checks;
  private final Fills fills;

  Orders(CoreState state) {
    this.state = state;
    checks = new OrderChecks(state.rules(), state::tape);
    fills = new Fills(state);
  }

  OrderChecks checks() {
    return checks;
  }

  Fills fills() {
    return fills;
  }

  void check(AccountBook book, OrderRequest request) {
    checks.order(book, state.tape(request.symbol()), request);
    if (!request.isMarket()) {
      limitChecks(book, request);
    }
  }

  /** Checks what triggers and only reduces: its size is not in doubt, but a limit may be. */
  void checkReducing(AccountBook book, OrderRequest request) {
    if (request.quantity().signum() == 0) {
      throw TwinError.REDUCE_ONLY.refused();
    }
    if (!request.isMarket()) {
      OrderChecks.limitBand(state.tape(request.symbol()), request.side(), request.price());
      limitChecks(book, request);
    }
  }

  private void limitChecks(AccountBook book, OrderRequest request) {
    if (request.timeInForce().equals("GTX") && crosses(request.side(), request)) {
      throw TwinError.POST_ONLY.refused();
    }
    long rest = book.openOrders().stream().filter(o -> o.symbol().equals(request.symbol())).count();
    if (rest >= TwinSymbol.MAX_ORDERS) {
      throw TwinError.MAX_ORDERS.refused();
    }
  }

  private boolean crosses(Side side, OrderRequest request) {
    return crosses(side, request.price(), state.tape(request.symbol()).last());
  }

  private static boolean crosses(Side side, BigDecimal limit, BigDecimal last) {
    return side == Side.BUY ? last.compareTo(limit) <= 0 : last.compareTo(limit) >= 0;
  }

  /** Takes an order; what is answered is how it was taken, without a fill. */
  TwinOrder place(AccountBook book, OrderRequest request, long nowMs) {
    check(book, request);
    TwinOrder order = take(book, request, null, nowMs);
    if (state.faults().fillDelayMs() == 0 || !request.isMarket()) {
      fillNow(book, order, nowMs);
    }
    return order;
  }

  /** Puts an order in the book and tells of it; {@code from} is null unless it was conditional. */
  TwinOrder take(AccountBook book, OrderRequest request, TwinAlgoOrder from, long nowMs) {
    long id = state.nextId();
    BigDecimal quantity = request.quantity();
    if (request.reduceOnly()) {
      TwinPosition position = book.position(request.symbol(), request.positionSide());
      quantity = position.closedBy(request.side().signed(quantity));
    }
    TwinOrder order =
        new TwinOrder(
            id,
            request.clientOrderId().isEmpty() ? madeUp(id) : request.clientOrderId(),
            request.symbol(),
            request.side(),
            request.positionSide(),
            request.type(),
            from == null ? request.type() : from.request().type(),
            request.timeInForce(),
            quantity,
            request.price(),
            from == null ? BigDecimal.ZERO : from.triggerPrice(),
            request.reduceOnly(),
            from != null && from.request().closePosition(),
            OrderStatus.NEW,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            from == null ? 0 : from.algoId(),
            nowMs,
            nowMs);
    book.put(order);
    state.tell(book, EventBodies.order(order, "NEW", null, nowMs));
    return order;
  }

  /** Fills an order as far as the market lets it; returns it after that. */
  TwinOrder fillNow(AccountBook book, TwinOrder order, long nowMs) {
    if (isMarket(order)) {
      return fillAtMarket(book, order, nowMs);
    }
    Tape tape = state.tape(order.symbol());
    boolean crosses = crosses(order.side(), order.price(), tape.last());
    if (crosses) {
      return fill(book, order, order.rest(), tape.last(), false, nowMs);
    }
    boolean waits = order.timeInForce().equals("GTC") || order.timeInForce().equals("GTX");
    return waits ? order : end(book, order, OrderStatus.EXPIRED, nowMs);
  }

  private TwinOrder fillAtMarket(AccountBook book, TwinOrder order, long nowMs) {
    if (state.faults().takeExpirePartly()) {
      return expirePartly(book, order, nowMs);
    }
    BigDecimal each = part(order);
    TwinOrder now = order;
    do {
      BigDecimal after = now.rest().subtract(each);
      BigDecimal next = after.compareTo(each) < 0 ? now.rest() : each;
      now = fillPart(book, now, next, nowMs);
    } while (now.status().isOpen() && state.faults().partEveryMs() == 0);
    return now;
  }

  private TwinOrder fillPart(AccountBook book, TwinOrder order, BigDecimal part, long nowMs) {
    Tape tape = state.tape(order.symbol());
    BigDecimal price = tape.taken(order.side(), state.rules().slippage());
    return fill(book, order, part, price, false, nowMs);
  }

  private TwinOrder expirePartly(AccountBook book, TwinOrder order, long nowMs) {
    BigDecimal step = state.tape(order.symbol()).symbol().step();
    BigDecimal half = order.rest().divide(step.add(step), 0, RoundingMode.DOWN).multiply(step);
    TwinOrder now = half.signum() == 0 ? order : fillPart(book, order, half, nowMs);
    return now.status().isOpen() ? end(book, now, OrderStatus.EXPIRED, nowMs) : now;
  }

  /** Returns how much of an order fills at a time, base units: a multiple of the step, above 0. */
  private BigDecimal part(TwinOrder order) {
    BigDecimal step = state.tape(order.symbol()).symbol().step();
    BigDecimal parts = BigDecimal.valueOf(state.faults().parts());
    return order
        .quantity()
        .divide(step.multiply(parts), 0, RoundingMode.DOWN)
        .max(BigDecimal.ONE)
        .multiply(step);
  }

  private TwinOrder fill(
      AccountBook book,
      TwinOrder order,
      BigDecimal quantity,
      BigDecimal price,
      boolean maker,
      long nowMs) {
    BigDecimal most = quantity;
    if (order.reduceOnly()) {
      TwinPosition position = book.position(order.symbol(), order.positionSide());
      most = position.closedBy(order.side().signed(quantity));
    }
    if (most.signum() == 0) {
      return order.status().isOpen() ? end(book, order, OrderStatus.EXPIRED, nowMs) : order;
    }
    return fills.fill(book, order, most, price, maker, "TRADE", nowMs);
  }

  /** Fills what the price of a symbol has reached, oldest first. */
  void priceChanged(AccountBook book, String symbol, long nowMs) {
    BigDecimal last = state.tape(symbol).last();
    for (TwinOrder order : book.openOrders()) {
      if (order.symbol().equals(symbol)
          && !isMarket(order)
          && crosses(order.side(), order.price(), last)) {
        fill(book, order, order.rest(), order.price(), true, nowMs);
      }
    }
  }

  /** Fills the market orders, or their next part, that have rested as long as they were made to. */
  void fillDelayed(AccountBook book, long nowMs) {
    book.openOrders().stream()
        .filter(Orders::isMarket)
        .filter(order -> nowMs - order.timeMs() >= state.faults().fillDelayMs())
        .filter(order -> nowMs - order.updateMs() >= state.faults().partEveryMs())
        .forEach(order -> fillAtMarket(book, order, nowMs));
  }

  TwinOrder cancel(AccountBook book, TwinOrder order, long nowMs) {
    if (!order.status().isOpen()) {
      throw TwinError.CANCEL_UNKNOWN.refused();
    }
    return end(book, order, OrderStatus.CANCELED, nowMs);
  }

  void cancelAll(AccountBook book, String symbol, long nowMs) {
    book.openOrders().stream()
        .filter(order -> order.symbol().equals(symbol))
        .forEach(order -> end(book, order, OrderStatus.CANCELED, nowMs));
  }

  /** Ends the reduce-only orders of a position that is gone. */
  void positionGone(CoreState.Gone gone, long nowMs) {
    AccountBook book = gone.book();
    book.openOrders().stream()
        .filter(order -> order.reduceOnly() && order.symbol().equals(gone.symbol()))
        .filter(order -> order.positionSide() == gone.positionSide())
        .filter(order -> order.side() == gone.closing())
        .forEach(order -> end(book, order, OrderStatus.EXPIRED, nowMs));
  }

  TwinOrder end(AccountBook book, TwinOrder order, OrderStatus status, long nowMs) {
    TwinOrder ended = order.ended(status, nowMs);
    book.put(ended);
    state.tell(book, EventBodies.order(ended, status.name(), null, nowMs));
    state.ended(book, ended);
    return ended;
  }

  private static boolean isMarket(TwinOrder order) {
    return order.type().equals("MARKET");
  }

  private static String madeUp(long id) {
    return String.format(Locale.ROOT, "twin%018d", id);
  }
}
