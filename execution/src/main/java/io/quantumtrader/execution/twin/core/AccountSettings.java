package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/** Leverage, margin type and modes of accounts, with the exchange's rules for changing them. */
public final class AccountSettings {
  private final CoreState state;

  AccountSettings(CoreState state) {
    this.state = state;
  }

  /**
   * Sets the leverage in a symbol: -4028 outside what it has, -2027 where the position is too large
   * for it, -2028 where the margin does not carry it.
   */
  public void leverage(String account, String symbol, int leverage, long nowMs) {
    AccountBook book = state.book(account);
    TwinSymbol listed = state.tape(symbol).symbol();
    if (leverage < 1 || leverage > listed.maxLeverage()) {
      throw TwinError.LEVERAGE.refused(leverage);
    }
    int before = book.leverage(symbol);
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
    if (lower && margin.positionMargin().compareTo(margin.marginBalance()) > 0) {
      book.leverage(symbol, before);
      throw TwinError.LEVERAGE_MARGIN.refused();
    }
    if (leverage != before) {
      state.tell(book, EventBodies.leverage(symbol, leverage, nowMs));
    }
  }

  /** Sets the margin type of a symbol: -4046 as it is, -4047 with orders, -4048 with a position. */
  public void marginType(String account, String symbol, boolean isolated) {
    AccountBook book = state.book(account);
    String listed = state.tape(symbol).symbol().symbol();
    if (book.isIsolated(listed) == isolated) {
      throw TwinError.MARGIN_TYPE_SAME.refused();
    }
    if (hasOrders(book, listed)) {
      throw TwinError.MARGIN_TYPE_ORDERS.refused();
    }
    if (book.openPositions().stream().anyMatch(p -> p.symbol().equals(listed))) {
      throw TwinError.MARGIN_TYPE_POSITION.refused();
    }
    book.isolated(listed, isolated);
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

  /** Sets whether other assets count as margin: -4171 as it is. */
  public void multiAssets(String account, boolean on, long nowMs) {
    AccountBook book = state.book(account);
    if (book.isMultiAssets() == on) {
      throw TwinError.ASSET_MODE_SAME.refused();
    }
    book.multiAssets(on);
    state.tell(book, EventBodies.multiAssets(on, nowMs));
  }

  private static boolean hasOrders(AccountBook book, String symbol) {
    return book.openOrders().stream().anyMatch(order -> order.symbol().equals(symbol))
        || book.openAlgos().stream().anyMatch(algo -> algo.request().symbol().equals(symbol));
  }
}
