package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.util.Locale;

/** Conditional orders, which have a life of their own until they become market or limit orders. */
final class Conditionals {
  private final CoreState state;
  private final Orders orders;

  Conditionals(CoreState state, Orders orders) {
    this.state = state;
    this.orders = orders;
  }

  TwinAlgoOrder place(AccountBook book, AlgoRequest request, long nowMs) {
    orders.checks().conditional(book, state.tape(request.symbol()), request);
    long id = state.nextId();
    String clientId =
        request.clientAlgoId().isEmpty()
            ? String.format(Locale.ROOT, "twinalgo%018d", id)
            : request.clientAlgoId();
    TwinAlgoOrder algo =
        new TwinAlgoOrder(
            id,
            clientId,
            request,
            AlgoStatus.NEW,
            0,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            "",
            nowMs,
            nowMs,
            0,
            BigDecimal.ZERO);
    return put(book, algo.after(watched(request)), nowMs);
  }

  TwinAlgoOrder cancel(AccountBook book, TwinAlgoOrder algo, long nowMs) {
    if (algo.status() != AlgoStatus.NEW) {
      throw TwinError.CANCEL_UNKNOWN.refused();
    }
    return put(book, algo.in(AlgoStatus.CANCELED, "", nowMs), nowMs);
  }

  void cancelAll(AccountBook book, String symbol, long nowMs) {
    book.openAlgos().stream()
        .filter(algo -> algo.request().symbol().equals(symbol))
        .forEach(algo -> put(book, algo.in(AlgoStatus.CANCELED, "", nowMs), nowMs));
  }

  /** Ends the orders that were to close a position that is gone. */
  void positionGone(CoreState.Gone gone, long nowMs) {
    if (state.faults().siblingsStay()) {
      return;
    }
    AccountBook book = gone.book();
    book.openAlgos().stream()
        .filter(algo -> algo.request().closePosition())
        .filter(algo -> algo.request().symbol().equals(gone.symbol()))
        .filter(algo -> algo.request().positionSide() == gone.positionSide())
        .filter(algo -> algo.request().side() == gone.closing())
        .forEach(
            algo -> put(book, algo.in(AlgoStatus.EXPIRED, "Position is closed", nowMs), nowMs));
  }

  /** Lets the orders that trail follow the prices of a symbol; nobody is told of that. */
  void follow(AccountBook book, String symbol) {
    book.openAlgos().stream()
        .filter(algo -> algo.request().symbol().equals(symbol))
        .forEach(algo -> book.put(algo.after(watched(algo.request()))));
  }

  private BigDecimal watched(AlgoRequest request) {
    return state.tape(request.symbol()).watched(request.markPrice());
  }

  /** Returns the oldest order that the prices of a symbol trigger; null for none. */
  TwinAlgoOrder triggered(AccountBook book, String symbol) {
    Tape tape = state.tape(symbol);
    for (TwinAlgoOrder algo : book.openAlgos()) {
      AlgoRequest request = algo.request();
      if (request.symbol().equals(symbol)
          && algo.triggersAt(watched(request))
          && !isProtected(request, tape)) {
        return algo;
      }
    }
    return null;
  }

  /** A protected order waits while last and mark price are far from each other. */
  private static boolean isProtected(AlgoRequest request, Tape tape) {
    BigDecimal apart = tape.last().subtract(tape.mark()).abs();
    return request.priceProtect()
        && apart.compareTo(tape.mark().multiply(TwinSymbol.TRIGGER_PROTECT)) > 0;
  }

  /** Lets an order trigger, with all that follows from it. */
  void trigger(AccountBook book, TwinAlgoOrder algo, long nowMs) {
    TwinAlgoOrder triggering = put(book, algo.in(AlgoStatus.TRIGGERING, "", nowMs), nowMs);
    try {
      if (state.faults().takeRejectedTrigger()) {
        throw TwinError.MARGIN.refused();
      }
      OrderRequest request = request(book, triggering);
      // What rests of this very position is what triggers; it takes nothing up twice.
      if (request.reduceOnly()) {
        orders.checkReducing(book, request);
      } else {
        orders.check(book, request);
      }
      become(book, triggering, request, nowMs);
    } catch (Refused refused) {
      put(book, triggering.in(AlgoStatus.REJECTED, refused.getMessage(), nowMs), nowMs);
      state.tell(book, EventBodies.triggerReject(algo, refused.getMessage(), nowMs));
    }
  }

  private void become(
      AccountBook book, TwinAlgoOrder triggering, OrderRequest request, long nowMs) {
    boolean rests = request.isMarket() && state.faults().fillDelayMs() > 0;
    boolean fillFirst = state.faults().fillBeforeTriggered() && !rests;
    TwinOrder order = orders.take(book, request, triggering, nowMs);
    TwinAlgoOrder triggered = triggering.became(order, AlgoStatus.TRIGGERED, nowMs);
    if (!fillFirst) {
      put(book, triggered, nowMs);
    }
    if (rests) {
      return;
    }
    orders.fillNow(book, order, nowMs);
    if (fillFirst) {
      put(book, triggered, nowMs);
    }
  }

  /** Ends the conditional order that an order was which has ended. */
  void finished(AccountBook book, TwinOrder order, long nowMs) {
    book.algo(order.algoId())
        .ifPresent(a -> put(book, a.became(order, AlgoStatus.FINISHED, nowMs), nowMs));
  }

  private static OrderRequest request(AccountBook book, TwinAlgoOrder algo) {
    AlgoRequest request = algo.request();
    TwinPosition position = book.position(request.symbol(), request.positionSide());
    BigDecimal all = position.amount().abs();
    boolean reduces = request.closePosition() || request.reduceOnly();
    BigDecimal wanted = request.closePosition() ? all : request.quantity();
    BigDecimal quantity = reduces ? position.closedBy(request.side().signed(wanted)) : wanted;
    return new OrderRequest(
        request.symbol(),
        request.side(),
        request.positionSide(),
        request.becomes(),
        request.limit().timeInForce(),
        quantity,
        request.limit().price(),
        reduces,
        algo.clientAlgoId());
  }

  private TwinAlgoOrder put(AccountBook book, TwinAlgoOrder algo, long nowMs) {
    book.put(algo);
    state.tell(book, EventBodies.algo(algo, state.faults().hideActualOrder(), nowMs));
    return algo;
  }
}
