package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.decision.Decimals.numbers;

import io.quantumtrader.execution.decision.Decimals;
import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.execution.decision.OrderFilters;
import io.quantumtrader.execution.decision.PriceGrid;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Done;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.execution.paper.FaultRules.Fault;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills market orders at the last price plus slippage and fees, against the exchange's filters and
 * the account's margin, and protective orders inside the candles it sees. Order and fill ids are
 * derived from the client order id, so that the same orders on the same candles give the same
 * records. Not safe for use by several threads.
 */
public final class PaperExchange implements Exchange, MarketLink {

  private final PaperSettings settings;
  private final PaperMarket market;
  private final PaperStops stops;
  private final Map<String, PaperAccount> accounts = new HashMap<>();

  /** Creates the exchange; each account starts with the wallet of the settings. */
  public PaperExchange(PaperSettings settings) {
    this.settings = settings;
    this.market = new PaperMarket(settings.minNotional(), settings.maxLeverage());
    this.stops = new PaperStops(settings);
    settings.accounts().forEach(this::open);
  }

  private void open(String account) {
    accounts.put(account, new PaperAccount(account, settings.startWallet()));
  }

  /** It lives in the executor's process and is its own link. */
  @Override
  public MarketLink marketLink() {
    return this;
  }

  @Override
  public boolean takesMarks() {
    return true;
  }

  /** Its state is what the executor committed about it. */
  @Override
  public boolean rollsBack() {
    return true;
  }

  @Override
  public void see(Candle candle) {
    if (!market.see(candle)) {
      return;
    }
    Optional<Instrument> instrument = market.instrument(candle.getSymbol());
    for (PaperAccount account : accounts.values()) {
      instrument.ifPresent(known -> stops.see(account, candle, known));
    }
  }

  @Override
  public List<UnplannedFill> unplanned(String account, long nowMs) {
    return accounts.containsKey(account) ? accounts.get(account).unplanned(nowMs) : List.of();
  }

  /** Nothing moves cash here but trades. */
  @Override
  public List<ExchangeIncome> income(String account, long nowMs) {
    return List.of();
  }

  @Override
  public void list(Instrument instrument) {
    market.list(instrument);
  }

  @Override
  public void restore(Instrument instrument) {
    market.restore(instrument);
  }

  @Override
  public void restore(String name, Optional<ExchangeAccount> last, List<ApplyResult> results) {
    forget(name);
    last.ifPresent(
        published ->
            accounts.put(name, PaperAccount.restored(published, PaperPlacement.last(results))));
    Map<String, List<ApplyResult>> fills = new LinkedHashMap<>();
    for (ApplyResult result : results) {
      if (result.getFill() != null && !result.getClientOrderId().isEmpty()) {
        fills.computeIfAbsent(result.getClientOrderId(), id -> new ArrayList<>()).add(result);
      }
    }
    PaperAccount account = accounts.get(name);
    fills.forEach((id, of) -> restoreOrder(account, id, of));
  }

  private static void restoreOrder(PaperAccount account, String id, List<ApplyResult> results) {
    boolean filled = results.getLast().getOutcome() == ResultOutcome.FILLED;
    List<Fill> fills = results.stream().map(ApplyResult::getFill).toList();
    account.restoreOrder(id, results.getLast().getOrderId(), filled, fills);
  }

  @Override
  public void forget(String account) {
    open(account);
  }

  @Override
  public void expireOrders(long beforeMs) {
    accounts.values().forEach(account -> account.expireOrders(beforeMs));
  }

  /** Nothing travels: what the exchange does not know now it will never know. */
  @Override
  public long receiveWindowMs() {
    return 0;
  }

  @Override
  public List<String> accounts() {
    return settings.accounts();
  }

  @Override
  public Acknowledgement setLeverage(String name, String symbol, int leverage, long nowMs) {
    PaperAccount account = accounts.get(name);
    if (account == null) {
      return new Refused(ReasonCode.EXCHANGE_REJECTED, List.of(), "no such account: " + name);
    }
    if (leverage < 1 || leverage > settings.maxLeverage()) {
      return refused(
          ReasonCode.LEVERAGE_OUT_OF_RANGE,
          numbers("leverage", leverage, "maxLeverage", settings.maxLeverage()));
    }
    NetPosition position = account.position(symbol);
    boolean lowered = !position.isFlat() && leverage < account.leverage(symbol);
    BigDecimal available =
        account.available(symbol, position, leverage, BigDecimal.ZERO, market::price);
    if (lowered && available.signum() < 0) {
      return refused(ReasonCode.MARGIN_INSUFFICIENT, numbers("availableAfter", available));
    }
    account.setLeverage(symbol, leverage);
    return new Done();
  }

  @Override
  public OrderOutcome execute(MarketOrder order) {
    PaperAccount account = accounts.get(order.account());
    if (account == null) {
      return new Rejected(
          ReasonCode.EXCHANGE_REJECTED, List.of(), "no such account: " + order.account());
    }
    Optional<Accepted> past = account.order(order.clientOrderId());
    if (past.isPresent()) {
      return past.get();
    }
    Optional<Fault> fault = settings.faults().of(order);
    if (fault.isPresent() && fault.get() instanceof Fault.Reject) {
      return new Rejected(ReasonCode.EXCHANGE_REJECTED, List.of(), "refused on demand");
    }
    Optional<Instrument> instrument = market.instrument(order.symbol());
    Optional<BigDecimal> last = market.price(order.symbol());
    if (instrument.isEmpty() || last.isEmpty()) {
      return rejected(ReasonCode.PRICE_UNKNOWN, List.of());
    }
    BigDecimal ratio =
        fault.isPresent() && fault.get() instanceof Fault.Partial partial
            ? partial.ratio()
            : BigDecimal.ONE;
    return new Taker(account, order, instrument.get(), last.get(), ratio).execute();
  }

  @Override
  public OrderOutcome query(String name, String symbol, String clientOrderId, long nowMs) {
    PaperAccount account = accounts.get(name);
    return account == null
        ? new Unknown()
        : account.order(clientOrderId).<OrderOutcome>map(order -> order).orElseGet(Unknown::new);
  }

  @Override
  public Acknowledgement protect(ProtectiveOrder order) {
    PaperAccount account = accounts.get(order.account());
    NetPosition position = account == null ? NetPosition.FLAT : account.position(order.symbol());
    BigDecimal delta = NetPosition.signed(order.side(), position.quantity().abs());
    if (position.reducible(delta).signum() == 0) {
      return refused(ReasonCode.POSITION_FLAT, numbers("open", position.quantity()));
    }
    Optional<Instrument> instrument = market.instrument(order.symbol());
    Optional<BigDecimal> last = market.price(order.symbol());
    if (instrument.isEmpty() || last.isEmpty()) {
      return refused(ReasonCode.PRICE_UNKNOWN, List.of());
    }
    Optional<Refused> filtered = OrderFilters.refuseTrigger(instrument.get(), order.triggerPrice());
    if (filtered.isPresent()) {
      return filtered.get();
    }
    if (order.isReachedBy(last.get())) {
      return new Refused(
          ReasonCode.EXCHANGE_REJECTED,
          numbers("triggerPrice", order.triggerPrice(), "price", last.get()),
          "the order would trigger immediately");
    }
    account.rest(order);
    return new Done();
  }

  @Override
  public Acknowledgement cancelProtection(String name, String symbol, long nowMs) {
    if (accounts.containsKey(name)) {
      accounts.get(name).cancel(symbol);
    }
    return new Done();
  }

  @Override
  public Acknowledgement clearProtection(String name, String symbol, long nowMs) {
    boolean open =
        account(name, nowMs).stream()
            .flatMap(account -> account.getPositions().stream())
            .anyMatch(position -> position.getSymbol().equals(symbol));
    return open ? new Done() : cancelProtection(name, symbol, nowMs);
  }

  @Override
  public Optional<List<ProtectiveOrder>> protection(String name, String symbol) {
    return Optional.of(accounts.containsKey(name) ? accounts.get(name).resting(symbol) : List.of());
  }

  @Override
  public Optional<ExchangeAccount> account(String name, long nowMs) {
    return Optional.ofNullable(accounts.get(name)).map(account -> account.published(nowMs));
  }

  @Override
  public List<Instrument> instruments(long nowMs) {
    return market.shown(nowMs);
  }

  @Override
  public Optional<Instrument> instrument(String symbol) {
    return market.instrument(symbol);
  }

  private static Rejected rejected(ReasonCode code, List<NumberOf> numbers) {
    return new Rejected(code, numbers, code.meaning());
  }

  private static Refused refused(ReasonCode code, List<NumberOf> numbers) {
    return new Refused(code, numbers, code.meaning());
  }

  /** One market order on its way through filters and margin to its fill. */
  private final class Taker {

    private final PaperAccount account;
    private final MarketOrder order;
    private final Instrument instrument;
    private final BigDecimal last;
    private final BigDecimal ratio;
    private final NetPosition position;

    Taker(
        PaperAccount account,
        MarketOrder order,
        Instrument instrument,
        BigDecimal last,
        BigDecimal ratio) {
      this.account = account;
      this.order = order;
      this.instrument = instrument;
      this.last = last;
      this.ratio = ratio;
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
          OrderFilters.refuseOrder(instrument, quantity, last, order.reduceOnly());
      BigDecimal price =
          PriceGrid.taken(last, order.side(), settings.slippageBps(), instrument.getTickSize());
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
              change.realized().subtract(fee(quantity, price)),
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
          Decimals.toMultiple(ordered.multiply(ratio), instrument.getStepSize(), RoundingMode.DOWN);
      boolean whole = quantity.compareTo(ordered) == 0;
      OrderOutcome.State state = whole ? OrderOutcome.State.FILLED : OrderOutcome.State.EXPIRED;
      List<Fill> fills = quantity.signum() == 0 ? List.of() : List.of(book(quantity, price));
      Accepted answer = new Accepted("paper-" + order.clientOrderId(), state, fills);
      account.remember(order.clientOrderId(), answer, order.atMs());
      return answer;
    }

    private Fill book(BigDecimal quantity, BigDecimal price) {
      NetPosition.Change change = position.after(NetPosition.signed(order.side(), quantity), price);
      BigDecimal fee = fee(quantity, price);
      String fillId = order.clientOrderId() + "-1";
      account.book(order.symbol(), change.position(), change.realized().subtract(fee), fillId);
      return new Fill(fillId, quantity, price, fee, order.atMs(), "", null);
    }

    private BigDecimal fee(BigDecimal quantity, BigDecimal price) {
      return Decimals.cash(quantity.multiply(price).multiply(settings.feeRate()));
    }
  }
}
