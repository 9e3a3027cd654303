package io.quantumtrader.execution.twin.core;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What is checked of an order before it is taken, in the order in which the exchange does. */
final class OrderChecks {
  private static final Pattern CLIENT_ID = Pattern.compile("^[.A-Z:/a-z0-9_-]{1,36}$");

  private final TwinRules rules;
  private final Function<String, Tape> tapes;

  OrderChecks(TwinRules rules, Function<String, Tape> tapes) {
    this.rules = rules;
    this.tapes = tapes;
  }

  /** Refuses an order that may not be placed. */
  void order(AccountBook book, Tape tape, OrderRequest request) {
    clientId(request.clientOrderId());
    mode(book, request.positionSide(), request.reduceOnly());
    trading(tape.symbol(), request.reduceOnly());
    BigDecimal most =
        request.isMarket() ? tape.symbol().maxMarketQuantity() : tape.symbol().maxQuantity();
    quantity(tape.symbol(), request.quantity(), most);
    if (!request.isMarket()) {
      price(tape.symbol(), request.price());
      limitBand(tape, request.side(), request.price());
    }
    BigDecimal at = request.isMarket() ? tape.last() : request.price();
    boolean closes = closesOnly(book, request);
    if (!closes) {
      notional(tape.symbol(), request.quantity().multiply(at));
    }
    duplicate(book, request);
    if (closes) {
      reduceOnly(book, request);
    }
    if (request.isMarket()) {
      marketBand(tape, request.side());
    }
    if (!closes) {
      size(book, tape, request, at);
    }
  }

  /** Refuses a conditional order that may not be placed. */
  void conditional(AccountBook book, Tape tape, AlgoRequest request) {
    clientId(request.clientAlgoId());
    closing(request);
    mode(book, request.positionSide(), request.reduceOnly());
    boolean closes = request.reduceOnly() || request.closePosition();
    trading(tape.symbol(), closes);
    if (!request.closePosition()) {
      TwinSymbol symbol = tape.symbol();
      BigDecimal most = request.isLimit() ? symbol.maxQuantity() : symbol.maxMarketQuantity();
      quantity(symbol, request.quantity(), most);
    }
    BigDecimal at = prices(tape, request);
    if (!closes && !book.isDualSide()) {
      notional(tape.symbol(), request.quantity().multiply(at));
    }
    if (!request.clientAlgoId().isEmpty()
        && book.openAlgos().stream()
            .anyMatch(algo -> algo.clientAlgoId().equals(request.clientAlgoId()))) {
      throw TwinError.CLIENT_ID_DUPLICATE.refused();
    }
    resting(book, request);
    if (triggersAtOnce(request, tape.watched(request.markPrice()))) {
      throw TwinError.WOULD_TRIGGER.refused();
    }
  }

  private static void closing(AlgoRequest request) {
    if (!request.closePosition()) {
      return;
    }
    if (request.isLimit() || request.isTrailing()) {
      throw TwinError.CLOSE_POSITION_TYPE.refused(request.type());
    }
    if (request.reduceOnly()) {
      throw TwinError.NOT_REQUIRED.refused("reduceonly");
    }
    if (request.quantity().signum() != 0) {
      throw TwinError.CLOSE_POSITION_QUANTITY.refused();
    }
  }

  /** Checks the prices of a conditional order; returns the one that its notional is reckoned at. */
  private static BigDecimal prices(Tape tape, AlgoRequest request) {
    if (!request.isTrailing()) {
      price(tape.symbol(), request.triggerPrice());
      if (!request.isLimit()) {
        return request.triggerPrice();
      }
      price(tape.symbol(), request.limit().price());
      return request.limit().price();
    }
    if (!request.trail().isInRange()) {
      throw TwinError.CALLBACK_RATE.refused();
    }
    BigDecimal activation = request.trail().activatePrice();
    if (activation.signum() == 0) {
      return tape.watched(request.markPrice());
    }
    price(tape.symbol(), activation);
    return activation;
  }

  /** What trails is activated at once where the price is at its activation already, or beyond. */
  private static boolean triggersAtOnce(AlgoRequest request, BigDecimal latest) {
    if (!request.isTrailing()) {
      return request.triggersAt(latest);
    }
    AlgoTrail trail = request.trail();
    return trail.activatePrice().signum() != 0 && trail.activatesAt(request.side(), latest);
  }

  private static void resting(AccountBook book, AlgoRequest request) {
    if (book.openAlgos().size() >= TwinSymbol.MAX_CONDITIONAL_ORDERS) {
      throw TwinError.MAX_CONDITIONAL.refused();
    }
    if (request.closePosition()
        && book.position(request.symbol(), request.positionSide()).isFlat()
        && book.openOrders().stream().noneMatch(o -> o.symbol().equals(request.symbol()))) {
      throw TwinError.NOTHING_TO_CLOSE.refused();
    }
    if (request.closePosition()
        && book.openAlgos().stream().anyMatch(algo -> isSameClosing(algo.request(), request))) {
      throw TwinError.CLOSE_POSITION_RESTS.refused();
    }
  }

  private static boolean isSameClosing(AlgoRequest rests, AlgoRequest request) {
    return rests.closePosition()
        && rests.symbol().equals(request.symbol())
        && rests.side() == request.side()
        && rests.positionSide() == request.positionSide()
        && rests.isStop() == request.isStop();
  }

  private static void clientId(String id) {
    if (!id.isEmpty() && !CLIENT_ID.matcher(id).matches()) {
      throw TwinError.CLIENT_ID.refused();
    }
  }

  private static void mode(AccountBook book, PositionSide side, boolean reduceOnly) {
    if (book.isDualSide() == (side == PositionSide.BOTH)) {
      throw TwinError.POSITION_SIDE.refused();
    }
    if (book.isDualSide() && reduceOnly) {
      throw TwinError.NOT_REQUIRED.refused("reduceonly");
    }
  }

  private static void trading(TwinSymbol symbol, boolean closes) {
    if (!symbol.status().equals("TRADING") && !closes) {
      throw TwinError.SYMBOL_NOT_TRADING.refused();
    }
  }

  private static void quantity(TwinSymbol symbol, BigDecimal quantity, BigDecimal most) {
    if (quantity.signum() <= 0) {
      throw TwinError.QUANTITY_ZERO.refused();
    }
    if (quantity.stripTrailingZeros().scale() > symbol.quantityScale()) {
      throw TwinError.PRECISION.refused();
    }
    if (quantity.remainder(symbol.step()).signum() != 0) {
      throw TwinError.QUANTITY_STEP.refused();
    }
    if (quantity.compareTo(symbol.minQuantity()) < 0) {
      throw TwinError.QUANTITY_MIN.refused();
    }
    if (quantity.compareTo(most) > 0) {
      throw TwinError.QUANTITY_MAX.refused();
    }
  }

  private static void price(TwinSymbol symbol, BigDecimal price) {
    if (price.compareTo(symbol.tick()) < 0) {
      throw TwinError.PRICE_MIN.refused();
    }
    if (price.stripTrailingZeros().scale() > symbol.priceScale()) {
      throw TwinError.PRECISION.refused();
    }
    if (price.remainder(symbol.tick()).signum() != 0) {
      throw TwinError.PRICE_TICK.refused();
    }
  }

  /** Refuses a limit outside the band around the mark price. */
  static void limitBand(Tape tape, Side side, BigDecimal price) {
    TwinSymbol symbol = tape.symbol();
    if (side == Side.BUY && price.compareTo(tape.mark().multiply(symbol.multiplierUp())) > 0) {
      throw TwinError.PRICE_HIGH.refused();
    }
    if (side == Side.SELL && price.compareTo(tape.mark().multiply(symbol.multiplierDown())) < 0) {
      throw TwinError.PRICE_LOW.refused();
    }
  }

  private void marketBand(Tape tape, Side side) {
    TwinSymbol symbol = tape.symbol();
    BigDecimal best = tape.taken(side, rules.slippage());
    boolean far =
        side == Side.BUY
            ? best.compareTo(tape.mark().multiply(symbol.multiplierUp())) > 0
            : best.compareTo(tape.mark().multiply(symbol.multiplierDown())) < 0;
    if (far) {
      throw TwinError.PERCENT_PRICE.refused();
    }
  }

  private static void notional(TwinSymbol symbol, BigDecimal notional) {
    if (notional.compareTo(symbol.minNotional()) < 0) {
      throw TwinError.MIN_NOTIONAL.refused(symbol.minNotional().toPlainString());
    }
  }

  private static void duplicate(AccountBook book, OrderRequest request) {
    if (!request.clientOrderId().isEmpty()
        && book.openOrders().stream()
            .anyMatch(o -> o.clientOrderId().equals(request.clientOrderId()))) {
      throw TwinError.CLIENT_ID_DUPLICATE.refused();
    }
  }

  /** In hedge mode an order against its position's side closes, whatever it says. */
  private static boolean closesOnly(AccountBook book, OrderRequest request) {
    if (!book.isDualSide()) {
      return request.reduceOnly();
    }
    return (request.positionSide() == PositionSide.LONG) == (request.side() == Side.SELL);
  }

  private void reduceOnly(AccountBook book, OrderRequest request) {
    TwinPosition position = book.position(request.symbol(), request.positionSide());
    BigDecimal closes = position.closedBy(request.side().signed(request.quantity()));
    boolean tooMuch = book.isDualSide() && closes.compareTo(request.quantity()) < 0;
    if (closes.signum() == 0 || tooMuch) {
      throw TwinError.REDUCE_ONLY.refused();
    }
    BigDecimal resting = resting(book, request.symbol(), request.side(), request.positionSide());
    if (rules.restingReduceOnlyUsesPosition()
        && resting.signum() > 0
        && resting.add(closes).compareTo(position.amount().abs()) > 0) {
      throw TwinError.REDUCE_ONLY_USED_UP.refused();
    }
  }

  /** What reduce-only orders that rest would close, base units. */
  private BigDecimal resting(
      AccountBook book, String symbol, Side side, PositionSide positionSide) {
    BigDecimal sum = ZERO;
    for (TwinOrder order : book.openOrders()) {
      if (order.reduceOnly()
          && order.symbol().equals(symbol)
          && order.side() == side
          && order.positionSide() == positionSide) {
        sum = sum.add(order.rest());
      }
    }
    return rules.restingConditionalUsesPosition()
        ? sum.add(waiting(book, symbol, side, positionSide))
        : sum;
  }

  /** What conditional reduce-only orders would close, base units. */
  private static BigDecimal waiting(
      AccountBook book, String symbol, Side side, PositionSide positionSide) {
    BigDecimal largest = ZERO;
    for (TwinAlgoOrder algo : book.openAlgos()) {
      AlgoRequest rests = algo.request();
      if (rests.reduceOnly()
          && rests.symbol().equals(symbol)
          && rests.side() == side
          && rests.positionSide() == positionSide) {
        // A stop and a target of one position cannot both fill; the larger one counts.
        largest = largest.max(rests.quantity());
      }
    }
    return largest;
  }

  private void size(AccountBook book, Tape tape, OrderRequest request, BigDecimal at) {
    TwinPosition position = book.position(request.symbol(), request.positionSide());
    BigDecimal signed = request.side().signed(request.quantity());
    BigDecimal opened = request.quantity().subtract(position.closedBy(signed));
    if (opened.signum() <= 0) {
      return;
    }
    BigDecimal after = position.amount().add(signed).abs().multiply(at);
    int leverage = book.leverage(request.symbol());
    if (after.compareTo(tape.symbol().largestNotional(leverage)) > 0) {
      throw TwinError.POSITION_LIMIT.refused();
    }
    MarginMath margin = new MarginMath(book, tapes);
    BigDecimal freed = opened.compareTo(request.quantity()) < 0 ? margin.freedBy(position) : ZERO;
    BigDecimal needed =
        MarginMath.share(opened.multiply(at), leverage)
            .add(request.quantity().multiply(at).multiply(rules.takerFee()));
    if (needed.compareTo(margin.available().add(freed)) > 0) {
      throw TwinError.MARGIN.refused();
    }
  }
}
