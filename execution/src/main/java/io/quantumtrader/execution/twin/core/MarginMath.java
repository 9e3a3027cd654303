package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/**
 * Margin of an account. Crossed positions share the wallet less what is set aside; an isolated one
 * has what was set aside for it, and stands and falls by that alone.
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
    return sum(book.openPositions(), this::unrealized);
  }

  /** Returns wallet plus unrealised profit, quote currency. */
  public BigDecimal marginBalance() {
    return book.wallet().add(unrealized());
  }

  /** Returns whether a position has margin of its own. */
  public boolean isIsolated(TwinPosition position) {
    return book.isIsolated(position.symbol());
  }

  /** Returns the wallet less what is set aside for isolated positions, quote currency. */
  public BigDecimal crossWallet() {
    return book.wallet().subtract(sum(book.openPositions(), TwinPosition::isolatedWallet));
  }

  /** Returns unrealised profit of the crossed positions, quote currency. */
  public BigDecimal crossUnrealized() {
    return sum(crossed(), this::unrealized);
  }

  /** Returns what an isolated position has of its own with unrealised profit; 0 for a crossed. */
  public BigDecimal isolatedMargin(TwinPosition position) {
    return isIsolated(position)
        ? position.isolatedWallet().add(unrealized(position))
        : BigDecimal.ZERO;
  }

  /** Returns whether what the crossed positions share is less than what they bind. */
  boolean lacksMargin() {
    return sum(crossed(), this::initial).compareTo(crossBalance()) > 0;
  }

  /** Returns how much can be taken away from an isolated position, quote currency, 0 or more. */
  public BigDecimal removable(TwinPosition position) {
    BigDecimal spare = isolatedMargin(position).subtract(initial(position));
    return spare.min(position.isolatedWallet()).max(BigDecimal.ZERO);
  }

  /** Returns what closing a position makes free for another order, quote currency. */
  BigDecimal freedBy(TwinPosition position) {
    return isIsolated(position) ? isolatedMargin(position) : initial(position);
  }

  /** Returns the positions that their margin no longer carries, ascending by symbol. */
  List<TwinPosition> lost() {
    boolean crossLost = crossBalance().compareTo(sum(crossed(), this::maintenance)) <= 0;
    return book.openPositions().stream()
        .filter(
            position ->
                isIsolated(position)
                    ? isolatedMargin(position).compareTo(maintenance(position)) <= 0
                    : crossLost)
        .toList();
  }

  /** Returns what a position binds at its leverage, quote currency. */
  public BigDecimal initial(TwinPosition position) {
    return share(notional(position).abs(), book.leverage(position.symbol()));
  }

  /** Returns what the account's positions bind, quote currency. */
  public BigDecimal positionMargin() {
    return sum(book.openPositions(), this::initial);
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
    BigDecimal free =
        crossBalance().subtract(sum(crossed(), this::initial)).subtract(orderMargin());
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
    return sum(book.openPositions(), this::maintenance);
  }

  /** Returns the mark price at which this position is liquidated; 0 for none. */
  public BigDecimal liquidationPrice(TwinPosition position) {
    if (position.isFlat()) {
      return BigDecimal.ZERO;
    }
    Bracket bracket = tapes.apply(position.symbol()).symbol().bracket(notional(position));
    BigDecimal others = isIsolated(position) ? position.isolatedWallet() : besides(position);
    BigDecimal cost = position.amount().multiply(position.entryPrice());
    BigDecimal size = position.amount().abs();
    BigDecimal slope = size.multiply(bracket.maintenanceRatio()).subtract(position.amount());
    BigDecimal price =
        others.add(bracket.deduction()).subtract(cost).divide(slope, MathContext.DECIMAL64);
    return price.setScale(SCALE, RoundingMode.HALF_EVEN).max(BigDecimal.ZERO);
  }

  /** What the crossed positions but one leave of what they share. */
  private BigDecimal besides(TwinPosition position) {
    return crossBalance()
        .subtract(unrealized(position))
        .subtract(sum(crossed(), this::maintenance))
        .add(maintenance(position));
  }

  private BigDecimal crossBalance() {
    return crossWallet().add(crossUnrealized());
  }

  private List<TwinPosition> crossed() {
    return book.openPositions().stream().filter(position -> !isIsolated(position)).toList();
  }

  private static BigDecimal sum(
      List<TwinPosition> positions, Function<TwinPosition, BigDecimal> what) {
    return positions.stream().map(what).reduce(BigDecimal.ZERO, BigDecimal::add);
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
