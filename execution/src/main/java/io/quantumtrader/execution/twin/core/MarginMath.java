package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Function;

/**
 * Margin of an account, all positions in one pot (crossed). Isolated margin is reported as a
 * setting and reckoned like crossed.
 */
public final class MarginMath {
  private static final int SCALE = 8;

  private final AccountBook book;
  private final Function<String, Tape> tapes;

  MarginMath(AccountBook book, Function<String, Tape> tapes) {
    this.book = book;
    this.tapes = tapes;
  }

  /** Returns the mark price of a position's symbol, quote currency. */
  public BigDecimal mark(TwinPosition position) {
    return tapes.apply(position.symbol()).mark();
  }

  /** Returns the value of a position at the mark price, quote currency, signed. */
  public BigDecimal notional(TwinPosition position) {
    return position.amount().multiply(mark(position));
  }

  /** Returns unrealised profit of a position at the mark price, quote currency. */
  public BigDecimal unrealized(TwinPosition position) {
    return position.profitAt(mark(position));
  }

  /** Returns unrealised profit of the account, quote currency. */
  public BigDecimal unrealized() {
    return book.openPositions().stream()
        .map(this::unrealized)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns wallet plus unrealised profit, quote currency. */
  public BigDecimal marginBalance() {
    return book.wallet().add(unrealized());
  }

  /** Returns what a position binds at its leverage, quote currency. */
  public BigDecimal initial(TwinPosition position) {
    return share(notional(position).abs(), book.leverage(position.symbol()));
  }

  /** Returns what the account's positions bind, quote currency. */
  public BigDecimal positionMargin() {
    return book.openPositions().stream()
        .map(this::initial)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns what the account's resting orders bind, quote currency. */
  public BigDecimal orderMargin() {
    return book.openOrders().stream()
        .filter(order -> !order.reduceOnly())
        .map(order -> share(order.rest().multiply(orderPrice(order)), leverageOf(order)))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns what is free for new orders, quote currency, 0 or more. */
  public BigDecimal available() {
    BigDecimal free = marginBalance().subtract(positionMargin()).subtract(orderMargin());
    return free.max(BigDecimal.ZERO);
  }

  /** Returns what must be there lest a position be liquidated, quote currency. */
  public BigDecimal maintenance(TwinPosition position) {
    BigDecimal notional = notional(position).abs();
    Bracket bracket = tapes.apply(position.symbol()).symbol().bracket(notional);
    return notional
        .multiply(bracket.maintenanceRatio())
        .subtract(bracket.deduction())
        .setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  /** Returns what must be there lest the account be liquidated, quote currency. */
  public BigDecimal maintenance() {
    return book.openPositions().stream()
        .map(this::maintenance)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns the mark price at which the account is liquidated by this position; 0 for none. */
  public BigDecimal liquidationPrice(TwinPosition position) {
    if (position.isFlat()) {
      return BigDecimal.ZERO;
    }
    Bracket bracket = tapes.apply(position.symbol()).symbol().bracket(notional(position));
    BigDecimal others =
        marginBalance()
            .subtract(unrealized(position))
            .subtract(maintenance())
            .add(maintenance(position));
    BigDecimal cost = position.amount().multiply(position.entryPrice());
    BigDecimal size = position.amount().abs();
    BigDecimal slope = size.multiply(bracket.maintenanceRatio()).subtract(position.amount());
    BigDecimal price =
        others.add(bracket.deduction()).subtract(cost).divide(slope, MathContext.DECIMAL64);
    return price.setScale(SCALE, RoundingMode.HALF_EVEN).max(BigDecimal.ZERO);
  }

  static BigDecimal share(BigDecimal notional, int leverage) {
    return notional.divide(BigDecimal.valueOf(leverage), SCALE, RoundingMode.HALF_EVEN);
  }

  private BigDecimal orderPrice(TwinOrder order) {
    return order.price().signum() > 0 ? order.price() : tapes.apply(order.symbol()).last();
  }

  private int leverageOf(TwinOrder order) {
    return book.leverage(order.symbol());
  }
}
