package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An exchange that is only looked at. Whatever would change something there is refused here with
 * {@link ReasonCode#EXECUTOR_OBSERVES} and not sent, whoever asks for it: also the rest of a plan
 * that was sent before the executor was told to observe.
 */
final class ObservedExchange implements Exchange {

  private static final ReasonCode CODE = ReasonCode.EXECUTOR_OBSERVES;

  private final Exchange exchange;

  ObservedExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  private static Acknowledgement refused() {
    return new Refused(CODE, List.of(), CODE.meaning());
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
    return refused();
  }

  @Override
  public OrderOutcome execute(MarketOrder order) {
    return new OrderOutcome.Rejected(CODE, List.of(), CODE.meaning());
  }

  @Override
  public OrderOutcome query(String account, String symbol, String clientOrderId, long nowMs) {
    return exchange.query(account, symbol, clientOrderId, nowMs);
  }

  @Override
  public Acknowledgement protect(ProtectiveOrder order) {
    return refused();
  }

  @Override
  public Acknowledgement cancelProtection(String account, String symbol, long nowMs) {
    return refused();
  }

  @Override
  public Acknowledgement clearProtection(String account, String symbol, long nowMs) {
    return refused();
  }

  @Override
  public Acknowledgement cancelUnlessTold(String account, String symbol, Duration within) {
    return refused();
  }

  @Override
  public Acknowledgement finishProtection(String account, String symbol) {
    return refused();
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
