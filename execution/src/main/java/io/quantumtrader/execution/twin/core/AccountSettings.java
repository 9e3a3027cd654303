package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.util.List;

/** Leverage, margin type and modes of accounts, with the exchange's rules for changing them. */
public final class AccountSettings {
  private final CoreState state;

  AccountSettings(CoreState state) {
    this.state = state;
  }

  /**
   * Sets the leverage in a symbol: -4028 outside what it has, -2027 where the position is too large
   * for it, -2028 where the margin does not carry it, -4161 where it is lowered under an isolated
   * position.
   */
  public void leverage(String account, String symbol, int leverage, long nowMs) {
    AccountBook book = state.book(account);
    TwinSymbol listed = state.tape(symbol).symbol();
    if (leverage < 1 || leverage > listed.maxLeverage()) {
      throw TwinError.LEVERAGE.refused(leverage);
    }
    int before = book.leverage(symbol);
    if (leverage < before && book.isIsolated(symbol) && hasPosition(book, symbol)) {
      throw TwinError.ISOLATED_LEVERAGE.refused();
    }
    for (TwinPosition position : book.openPositions()) {
      BigDecimal notional = state.margin(book).notional(position).abs();
      if (position.symbol().equals(symbol)
          && notional.compareTo(listed.largestNotional(leverage)) > 0) {
        throw TwinError.POSITION_LIMIT.refused();
      }
    }
    book.leverage(symbol, leverage);
    MarginMath margin = state.margin(book);
    boolean lower = leverage < before;
    if (lower && margin.lacksMargin()) {
      book.leverage(symbol, before);
      throw TwinError.LEVERAGE_MARGIN.refused();
    }
    if (leverage != before) {
      state.tell(book, EventBodies.leverage(symbol, leverage, nowMs));
    }
  }

  /**
   * Sets the margin type of a symbol: -4046 as it is, -4047 with orders, -4048 with a position,
   * -4168 where other assets count as margin.
   */
  public void marginType(String account, String symbol, boolean isolated, long nowMs) {
    AccountBook book = state.book(account);
    String listed = state.tape(symbol).symbol().symbol();
    if (book.isIsolated(listed) == isolated) {
      throw TwinError.MARGIN_TYPE_SAME.refused();
    }
    if (hasOrders(book, listed)) {
      throw TwinError.MARGIN_TYPE_ORDERS.refused();
    }
    if (hasPosition(book, listed)) {
      throw TwinError.MARGIN_TYPE_POSITION.refused();
    }
    if (isolated && book.isMultiAssets()) {
      throw TwinError.ISOLATED_ASSETS.refused();
    }
    book.isolated(listed, isolated);
    TwinPosition flat = book.position(listed, PositionSide.BOTH);
    tellMargin(book, "MARGIN_TYPE_CHANGE", flat, nowMs);
  }

  /**
   * Puts USDT into an isolated position, or takes it out below 0: -4049 where it is crossed, -4054
   * where it is flat, -4055 for none, -4050 and -4051 where that much is not free.
   */
  public void positionMargin(
      String account, String symbol, PositionSide side, BigDecimal amount, long nowMs) {
    AccountBook book = state.book(account);
    String listed = state.tape(symbol).symbol().symbol();
    TwinPosition position = book.position(listed, side);
    if (amount.signum() == 0) {
      throw TwinError.MARGIN_AMOUNT.refused();
    }
    if (!book.isIsolated(listed)) {
      throw TwinError.MARGIN_CROSSED.refused();
    }
    if (position.isFlat()) {
      throw TwinError.MARGIN_FLAT.refused();
    }
    MarginMath margin = state.margin(book);
    if (amount.compareTo(margin.available()) > 0) {
      throw TwinError.CROSS_BALANCE.refused();
    }
    if (amount.negate().compareTo(margin.removable(position)) > 0) {
      throw TwinError.ISOLATED_BALANCE.refused();
    }
    TwinPosition changed = position.withMore(amount);
    book.put(changed);
    book.add(new TwinMarginChange(listed, side, amount, nowMs));
    tellMargin(book, "MARGIN_TRANSFER", changed, nowMs);
  }

  private void tellMargin(AccountBook book, String reason, TwinPosition position, long nowMs) {
    MarginMath margin = state.margin(book);
    state.tell(
        book, EventBodies.account(book, reason, List.of(), List.of(position), margin, nowMs));
  }

  /** Sets the position mode: -4059 as it is, -4067 with orders, -4068 with a position. */
  public void dualSide(String account, boolean dualSide) {
    AccountBook book = state.book(account);
    if (book.isDualSide() == dualSide) {
      throw TwinError.MODE_SAME.refused();
    }
    if (!book.openOrders().isEmpty() || !book.openAlgos().isEmpty()) {
      throw TwinError.MODE_ORDERS.refused();
    }
    if (!book.openPositions().isEmpty()) {
      throw TwinError.MODE_POSITION.refused();
    }
    book.dualSide(dualSide);
  }

  /** Sets whether other assets count as margin: -4171 as it is, -4167 with isolated symbols. */
  public void multiAssets(String account, boolean on, long nowMs) {
    AccountBook book = state.book(account);
    if (book.isMultiAssets() == on) {
      throw TwinError.ASSET_MODE_SAME.refused();
    }
    if (on && state.tapes().keySet().stream().anyMatch(book::isIsolated)) {
      throw TwinError.ASSETS_ISOLATED.refused();
    }
    book.multiAssets(on);
    state.tell(book, EventBodies.multiAssets(on, nowMs));
  }

  private static boolean hasPosition(AccountBook book, String symbol) {
    return book.openPositions().stream().anyMatch(position -> position.symbol().equals(symbol));
  }

  private static boolean hasOrders(AccountBook book, String symbol) {
    return book.openOrders().stream().anyMatch(order -> order.symbol().equals(symbol))
        || book.openAlgos().stream().anyMatch(algo -> algo.request().symbol().equals(symbol));
  }
}
