package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.decision.Decimals.numbers;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.execution.decision.OrderFilters;
import io.quantumtrader.execution.decision.ResultRecords;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fills market orders at the last price plus slippage and fees, against the exchange's filters and
 * the account's margin, and protective orders inside the candles it sees. Order and fill ids are
 * derived from the client order id, so that the same orders on the same candles give the same
 * records. Not safe for use by several threads.
 *
 * <p>Where a market order takes time to the market ({@link PaperSettings#latencyMs}) it is taken
 * and stays open; {@link #query} fills it, once a price at or after its arrival is known. So
 * whatever changes in the account is committed with the result that tells of it. The order itself
 * is in what was committed, too: an order that was announced (SUBMITTING) and has neither a fill
 * nor a final result is one that was taken and is on its way, because announcement and answer are
 * committed together. {@link #restore} lets it go on from there: none is lost, none is filled
 * twice.
 *
 * <p>Funding ({@link PaperSettings#fundingRate}) is paid by what was opened before its time and is
 * open still when the clock has passed it, or when a candle that opened then or later is seen
 * first, see {@link PaperFunding}.
 */
public final class PaperExchange implements Exchange, MarketLink {

  private final PaperSettings settings;
  private final PaperMarket market;
  private final PaperStops stops;
  private final PaperFunding funding;
  private final Map<String, PaperAccount> accounts = new HashMap<>();

  /** Creates the exchange; each account starts with the wallet of the settings. */
  public PaperExchange(PaperSettings settings) {
    this.settings = settings;
    this.market =
        new PaperMarket(settings.minNotional(), settings.maxLeverage(), settings.latencyMs() > 0);
    this.stops = new PaperStops(settings);
    this.funding = new PaperFunding(new PaperPricing(settings), walletAsset());
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
      account.pending(candle.getSymbol()).forEach(order -> order.see(candle));
      funding.pay(account, candle.getSymbol(), candle.getOpenTimeMs(), candle.getOpen());
      instrument.ifPresent(known -> stops.see(account, candle, known));
    }
  }

  @Override
  public List<UnplannedFill> unplanned(String account, long nowMs) {
    return accounts.containsKey(account) ? accounts.get(account).unplanned(nowMs) : List.of();
  }

  @Override
  public Set<String> answered(String account, long nowMs) {
    return accounts.containsKey(account) ? accounts.get(account).priced(nowMs) : Set.of();
  }

  /** Beside trades only funding moves cash here. */
  @Override
  public List<ExchangeIncome> income(String name, long nowMs) {
    PaperAccount account = accounts.get(name);
    if (account == null) {
      return List.of();
    }
    for (String symbol : account.openSymbols()) {
      BigDecimal price = market.price(symbol).orElse(account.position(symbol).entryPrice());
      funding.pay(account, symbol, nowMs - 1, price);
    }
    return account.income(nowMs);
  }

  @Override
  public void restoreIncome(String name, List<ExchangeIncome> told) {
    accounts.get(name).restoreFunded(told);
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
    last.ifPresent(published -> accounts.put(name, PaperAccount.restored(published, results)));
    Map<String, List<ApplyResult>> fills = new LinkedHashMap<>();
    for (ApplyResult result : results) {
      if (result.getFill() != null && !result.getClientOrderId().isEmpty()) {
        fills.computeIfAbsent(result.getClientOrderId(), id -> new ArrayList<>()).add(result);
      }
    }
    PaperAccount account = accounts.get(name);
    fills.forEach((id, of) -> restoreOrder(account, id, of));
    if (settings.latencyMs() > 0) {
      ResultRecords.unanswered(results).forEach(result -> restorePending(account, result));
    }
  }

  private void restorePending(PaperAccount account, ApplyResult result) {
    boolean known = account.order(result.getClientOrderId()).isPresent();
    if (known || result.getRequestedQuantity().signum() <= 0) {
      return;
    }
    if (!result.getReduceOnly()) {
      account.setLeverage(result.getSymbol(), result.getLeverage());
    }
    account.await(pending(PendingOrder.orderOf(result)));
  }

  private PendingOrder pending(MarketOrder order) {
    return new PendingOrder(order, settings.latencyMs(), market.intervalMs(order.symbol()));
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
    Optional<PendingOrder> pending = account.pendingOrder(order.clientOrderId());
    if (pending.isPresent()) {
      return pending.get().open();
    }
    if (settings.faults().of(order).filter(Fault.Reject.class::isInstance).isPresent()) {
      return new Rejected(ReasonCode.EXCHANGE_REJECTED, List.of(), "refused on demand");
    }
    Optional<BigDecimal> last = market.price(order.symbol());
    // What replaces a stop that was refused needs no way, as a stop does not.
    boolean needsNoWay = ClientOrderIds.isUnprotected(order.clientOrderId());
    if (last.isEmpty() || settings.latencyMs() == 0 || needsNoWay) {
      return take(account, order, last, order.atMs());
    }
    PendingOrder taken = pending(order);
    market.recent(order.symbol()).forEach(taken::see);
    account.await(taken);
    return taken.open();
  }

  private OrderOutcome take(
      PaperAccount account, MarketOrder order, Optional<BigDecimal> from, long atMs) {
    Optional<Instrument> instrument = market.instrument(order.symbol());
    if (instrument.isEmpty() || from.isEmpty()) {
      return rejected(ReasonCode.PRICE_UNKNOWN, List.of());
    }
    return new PaperTaker(settings, market, account, order, instrument.get(), from.get(), atMs)
        .execute();
  }

  @Override
  public OrderOutcome query(String name, String symbol, String clientOrderId, long nowMs) {
    PaperAccount account = accounts.get(name);
    if (account == null) {
      return new Unknown();
    }
    Optional<PendingOrder> pending = account.pendingOrder(clientOrderId);
    return pending.isPresent()
        ? arrive(account, pending.get(), nowMs)
        : account.order(clientOrderId).<OrderOutcome>map(order -> order).orElseGet(Unknown::new);
  }

  /** Fills an order that waits for its price once the clock has reached that, or lets it lapse. */
  private OrderOutcome arrive(PaperAccount account, PendingOrder pending, long nowMs) {
    MarketOrder order = pending.order();
    if (pending.isPriced(nowMs)) {
      account.arrived(order.clientOrderId());
      funding.pay(account, order.symbol(), pending.priceAtMs() - 1, pending.price());
      return take(account, order, Optional.of(pending.price()), pending.priceAtMs());
    }
    if (pending.isLapsed(nowMs)) {
      account.arrived(order.clientOrderId());
      account.remember(order.clientOrderId(), pending.lapsed(), nowMs);
      return pending.lapsed();
    }
    return pending.open();
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
}
