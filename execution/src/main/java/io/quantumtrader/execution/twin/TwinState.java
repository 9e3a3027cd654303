package io.quantumtrader.execution.twin;

import io.quantumtrader.execution.twin.core.TwinAlgoOrder;
import io.quantumtrader.execution.twin.core.TwinIncome;
import io.quantumtrader.execution.twin.core.TwinOrder;
import io.quantumtrader.execution.twin.core.TwinPosition;
import io.quantumtrader.execution.twin.core.TwinTrade;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import java.math.BigDecimal;
import java.util.List;

/** What the twin knows of its accounts, to be compared with what somebody else thinks. */
public final class TwinState {
  private final TwinEngine engine;

  TwinState(TwinEngine engine) {
    this.engine = engine;
  }

  /** Returns the wallet, USDT, without unrealised profit. */
  public BigDecimal wallet(String account) {
    return engine.ask((core, now) -> core.book(account).wallet());
  }

  /** Returns the wallet in an asset. */
  public BigDecimal wallet(String account, String asset) {
    return engine.ask((core, now) -> core.book(account).wallet(asset));
  }

  /** Returns the positions that are not flat, ascending by symbol. */
  public List<TwinPosition> positions(String account) {
    return engine.ask((core, now) -> core.book(account).openPositions());
  }

  /** Returns the net amount of a symbol in one-way mode, base units, below 0 for a short. */
  public BigDecimal amount(String account, String symbol) {
    return positions(account).stream()
        .filter(position -> position.symbol().equals(symbol))
        .map(TwinPosition::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns all orders, oldest first. */
  public List<TwinOrder> orders(String account) {
    return engine.ask((core, now) -> List.copyOf(core.book(account).orders()));
  }

  /** Returns all conditional orders, oldest first. */
  public List<TwinAlgoOrder> conditionalOrders(String account) {
    return engine.ask((core, now) -> List.copyOf(core.book(account).algos()));
  }

  /** Returns all fills, oldest first. */
  public List<TwinTrade> trades(String account) {
    return engine.ask((core, now) -> core.book(account).trades());
  }

  /** Returns all changes of wallets, oldest first. */
  public List<TwinIncome> incomes(String account) {
    return engine.ask((core, now) -> core.book(account).incomes());
  }

  /** Returns what changes of one type come to, in an asset. */
  public BigDecimal sum(String account, String type, String asset) {
    return incomes(account).stream()
        .filter(income -> income.type().equals(type) && income.asset().equals(asset))
        .map(TwinIncome::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
