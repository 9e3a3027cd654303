package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.decision.Decimals.numbers;

import io.quantumtrader.execution.decision.Decimals;
import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.execution.decision.OrderFilters;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.paper.FaultRules.Fault;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** One market order on its way through filters and margin to its fill. */
final class PaperTaker {

  private final PaperSettings settings;
  private final PaperPricing pricing;
  private final PaperMarket market;
  private final PaperAccount account;
  private final MarketOrder order;
  private final Instrument instrument;
  private final BigDecimal from;
  private final long atMs;
  private final NetPosition position;

  /**
   * Creates it.
   *
   * @param from price it meets, before slippage, quote currency
   * @param atMs time of that price, epoch milliseconds UTC
   */
  PaperTaker(
      PaperSettings settings,
      PaperMarket market,
      PaperAccount account,
      MarketOrder order,
      Instrument instrument,
      BigDecimal from,
      long atMs) {
    this.settings = settings;
    this.pricing = new PaperPricing(settings);
    this.market = market;
    this.account = account;
    this.order = order;
    this.instrument = instrument;
    this.from = from;
    this.atMs = atMs;
    this.position = account.position(order.symbol());
  }

  OrderOutcome execute() {
    BigDecimal quantity = order.quantity();
    if (order.reduceOnly()) {
      quantity = position.reducible(NetPosition.signed(order.side(), quantity));
      if (quantity.signum() == 0) {
        return rejected(
            ReasonCode.POSITION_FLAT,
            numbers("open", position.quantity(), "quantity", order.quantity()));
      }
    }
    Optional<Rejected> refusal =
        OrderFilters.refuseOrder(instrument, quantity, from, order.reduceOnly());
    BigDecimal price = pricing.fillPrice(from, order.side(), instrument.getTickSize());
    if (refusal.isEmpty()) {
      refusal = refuseMargin(quantity, price);
    }
    return refusal.isPresent() ? refusal.get() : fill(quantity, price);
  }

  private Optional<Rejected> refuseMargin(BigDecimal quantity, BigDecimal price) {
    BigDecimal delta = NetPosition.signed(order.side(), quantity);
    if (position.reducible(delta).compareTo(quantity) == 0) {
      return Optional.empty();
    }
    NetPosition.Change change = position.after(delta, price);
    BigDecimal available =
        account.available(
            order.symbol(),
            change.position(),
            account.leverage(order.symbol()),
            change.realized().subtract(pricing.fee(quantity, price)),
            market::price);
    return available.signum() >= 0
        ? Optional.empty()
        : Optional.of(
            rejected(
                ReasonCode.MARGIN_INSUFFICIENT,
                numbers("wallet", account.wallet(), "availableAfter", available)));
  }

  private Accepted fill(BigDecimal ordered, BigDecimal price) {
    BigDecimal quantity =
        Decimals.toMultiple(ordered.multiply(ratio()), instrument.getStepSize(), RoundingMode.DOWN);
    boolean whole = quantity.compareTo(ordered) == 0;
    OrderOutcome.State state = whole ? OrderOutcome.State.FILLED : OrderOutcome.State.EXPIRED;
    List<Fill> fills = quantity.signum() == 0 ? List.of() : List.of(book(quantity, price));
    Accepted answer = new Accepted(orderId(order), state, fills);
    account.remember(order.clientOrderId(), answer, atMs);
    return answer;
  }

  /** Returns the share of the quantity that is filled, 0 to 1. */
  private BigDecimal ratio() {
    return settings
        .faults()
        .of(order)
        .filter(Fault.Partial.class::isInstance)
        .map(Fault.Partial.class::cast)
        .map(Fault.Partial::ratio)
        .orElse(BigDecimal.ONE);
  }

  private Fill book(BigDecimal quantity, BigDecimal price) {
    NetPosition.Change change = position.after(NetPosition.signed(order.side(), quantity), price);
    BigDecimal fee = pricing.fee(quantity, price);
    String fillId = order.clientOrderId() + "-1";
    BigDecimal cash = change.realized().subtract(fee);
    account.book(order.symbol(), change.position(), cash, fillId, atMs);
    return new Fill(fillId, quantity, price, fee, atMs, "", null);
  }

  private static Rejected rejected(ReasonCode code, List<NumberOf> numbers) {
    return new Rejected(code, numbers, code.meaning());
  }

  /** Returns the exchange's id of an order. */
  static String orderId(MarketOrder order) {
    return "paper-" + order.clientOrderId();
  }
}
