package io.quantumtrader.execution.emergency;

import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Unresolved;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import java.util.List;
import java.util.Optional;

/** An exchange whose first answers about orders are lost. */
final class LostAnswers implements Exchange {

  private final Exchange exchange;
  private int lost;
  private boolean ordersLost;
  private int executed;

  LostAnswers(Exchange exchange, int lost) {
    this.exchange = exchange;
    this.lost = lost;
  }

  /** Lets orders be lost on their way, too. */
  void loseOrders() {
    ordersLost = true;
  }

  /** Returns how many orders were sent. */
  int executed() {
    return executed;
  }

  private OrderOutcome answer(OrderOutcome outcome) {
    if (lost == 0) {
      return outcome;
    }
    lost--;
    return new Unresolved("no answer in time");
  }

  @Override
  public OrderOutcome execute(MarketOrder order) {
    executed++;
    return ordersLost ? new Unresolved("lost on the way") : answer(exchange.execute(order));
  }

  @Override
  public OrderOutcome query(String account, String symbol, String clientOrderId, long nowMs) {
    return answer(exchange.query(account, symbol, clientOrderId, nowMs));
  }

  @Override
  public MarketLink marketLink() {
    return exchange.marketLink();
  }

  @Override
  public long receiveWindowMs() {
    return exchange.receiveWindowMs();
  }

  @Override
  public List<String> accounts() {
    return exchange.accounts();
  }

  @Override
  public Acknowledgement setLeverage(String account, String symbol, int leverage, long nowMs) {
    return exchange.setLeverage(account, symbol, leverage, nowMs);
  }

  @Override
  public Acknowledgement protect(ProtectiveOrder order) {
    return exchange.protect(order);
  }

  @Override
  public Acknowledgement cancelProtection(String account, String symbol, long nowMs) {
    return exchange.cancelProtection(account, symbol, nowMs);
  }

  @Override
  public Acknowledgement clearProtection(String account, String symbol, long nowMs) {
    return exchange.clearProtection(account, symbol, nowMs);
  }

  @Override
  public Optional<List<ProtectiveOrder>> protection(String account, String symbol) {
    return exchange.protection(account, symbol);
  }

  @Override
  public Optional<ExchangeAccount> account(String account, long nowMs) {
    return exchange.account(account, nowMs);
  }

  @Override
  public List<Instrument> instruments(long nowMs) {
    return exchange.instruments(nowMs);
  }

  @Override
  public Optional<Instrument> instrument(String symbol) {
    return exchange.instrument(symbol);
  }
}
