package io.quantumtrader.execution.paper;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Wallet, positions, resting and past orders of one account. */
final class PaperAccount {

  /** A past order, and when it was executed. */
  private record PastOrder(Accepted answer, long atMs) {}

  private final String name;
  private BigDecimal wallet;
  private String lastFillId = "";
  private final Map<String, NetPosition> positions = new TreeMap<>();
  private final Map<String, Integer> leverages = new HashMap<>();
  private final Map<String, Map<Kind, ProtectiveOrder>> resting = new HashMap<>();
  private final Map<String, PastOrder> orders = new LinkedHashMap<>();
  private final List<UnplannedFill> triggered = new ArrayList<>();
  private final Map<String, PendingOrder> pending = new LinkedHashMap<>();
  private final Map<String, Long> fundedUntilMs = new HashMap<>();
  private final List<ExchangeIncome> paid = new ArrayList<>();

  PaperAccount(String name, BigDecimal wallet) {
    this.name = name;
    this.wallet = wallet;
  }

  /**
   * Returns the account as it was published.
   *
   * @param results its committed results, which tell the plan that last placed protective orders in
   *     a symbol, and when; where they do not, those count as placed when the account was published
   */
  static PaperAccount restored(ExchangeAccount published, List<ApplyResult> results) {
    PaperAccount account = new PaperAccount(published.getAccount(), published.getWallet());
    account.lastFillId = published.getLastFillId();
    Map<String, PaperPlacement> placements = PaperPlacement.last(results);
    for (ExchangePosition position : published.getPositions()) {
      PaperPlacement placement =
          placements.getOrDefault(
              position.getSymbol(), new PaperPlacement("", published.getAsOfMs()));
      account.restore(position, placement);
      account.funded(
          position.getSymbol(),
          PaperFunding.paidUntil(
              position.getSymbol(),
              account.position(position.getSymbol()),
              published.getAsOfMs(),
              results));
    }
    return account;
  }

  private void restore(ExchangePosition position, PaperPlacement placement) {
    boolean isLong = position.getSide() == PositionSide.LONG;
    String symbol = position.getSymbol();
    BigDecimal quantity = position.getQuantity();
    positions.put(
        symbol, new NetPosition(isLong ? quantity : quantity.negate(), position.getEntryPrice()));
    leverages.put(symbol, position.getLeverage());
    restore(position, placement, Kind.STOP, position.getStopPrice());
    restore(position, placement, Kind.TARGET, position.getTargetPrice());
  }

  private void restore(
      ExchangePosition position, PaperPlacement placement, Kind kind, BigDecimal price) {
    if (price == null) {
      return;
    }
    String symbol = position.getSymbol();
    boolean moved = kind == Kind.STOP && position.getStopSetBy() != null;
    rest(
        new ProtectiveOrder(
            name,
            symbol,
            position.getSide() == PositionSide.LONG ? OrderSide.SELL : OrderSide.BUY,
            kind,
            price,
            placement.planId().isEmpty()
                ? ClientOrderIds.restored(name, symbol, lastFillId, kind)
                : ClientOrderIds.of(placement.planId(), kind),
            placement.atMs(),
            moved ? position.getStopSetBy() : kind.first()));
  }

  String name() {
    return name;
  }

  BigDecimal wallet() {
    return wallet;
  }

  /** Returns the symbols in which something is open, ascending. */
  List<String> openSymbols() {
    return List.copyOf(positions.keySet());
  }

  NetPosition position(String symbol) {
    return positions.getOrDefault(symbol, NetPosition.FLAT);
  }

  /** Returns the leverage of a symbol; 1 where none was set. */
  int leverage(String symbol) {
    return leverages.getOrDefault(symbol, 1);
  }

  void setLeverage(String symbol, int leverage) {
    leverages.put(symbol, leverage);
  }

  /**
   * Books a fill; a position that is gone, or turned round, loses its protective orders.
   *
   * @param atMs time of the fill, epoch milliseconds UTC; a position that it opens pays no funding
   *     of before, or of that very time
   */
  void book(String symbol, NetPosition after, BigDecimal cash, String fillId, long atMs) {
    wallet = wallet.add(cash);
    lastFillId = fillId;
    if (after.side() != position(symbol).side()) {
      resting.remove(symbol);
    }
    if (after.isFlat()) {
      positions.remove(symbol);
      fundedUntilMs.remove(symbol);
    } else {
      positions.put(symbol, after);
      fundedUntilMs.putIfAbsent(symbol, atMs);
    }
  }

  /** Returns until when the funding of an open position is paid, epoch milliseconds UTC. */
  OptionalLong fundedUntil(String symbol) {
    Long ms = fundedUntilMs.get(symbol);
    return ms == null ? OptionalLong.empty() : OptionalLong.of(ms);
  }

  /** Notes until when the funding of an open position is paid. */
  void funded(String symbol, long untilMs) {
    fundedUntilMs.put(symbol, untilMs);
  }

  /** Books funding; it is told when requested. */
  void pay(ExchangeIncome funding) {
    wallet = wallet.add(funding.getAmount());
    paid.add(funding);
  }

  /** Takes funding that was told as paid; it is in the wallet. */
  void restoreFunded(List<ExchangeIncome> told) {
    for (ExchangeIncome each : told) {
      if (each.getKind() == IncomeKind.FUNDING) {
        fundedUntilMs.computeIfPresent(
            each.getSymbol(), (symbol, ms) -> Math.max(ms, each.getExchangeAtMs()));
      }
    }
  }

  /** Returns once what was paid, in the order of its time, as learnt at this time. */
  List<ExchangeIncome> income(long nowMs) {
    List<ExchangeIncome> told = new ArrayList<>(paid.size());
    paid.sort(Comparator.comparingLong(ExchangeIncome::getExchangeAtMs));
    paid.forEach(each -> told.add(ExchangeIncome.newBuilder(each).setAtMs(nowMs).build()));
    paid.clear();
    return told;
  }

  /** Lets an order be on its way. */
  void await(PendingOrder order) {
    pending.put(order.order().clientOrderId(), order);
  }

  /** Returns an order that is on its way, or empty. */
  Optional<PendingOrder> pendingOrder(String clientOrderId) {
    return Optional.ofNullable(pending.get(clientOrderId));
  }

  /** Returns the orders in a symbol that are on their way, in the order they were sent. */
  List<PendingOrder> pending(String symbol) {
    return pending.values().stream().filter(each -> each.order().symbol().equals(symbol)).toList();
  }

  /** Returns the orders on their way that have met a price by this time, by client order id. */
  Set<String> priced(long nowMs) {
    return pending.values().stream()
        .filter(each -> each.isPriced(nowMs))
        .map(each -> each.order().clientOrderId())
        .collect(Collectors.toSet());
  }

  /** Ends the way of an order. */
  void arrived(String clientOrderId) {
    pending.remove(clientOrderId);
  }

  /** Books the execution of a protective order; it is reported when requested. */
  void trigger(
      ProtectiveOrder order,
      BigDecimal quantity,
      BigDecimal price,
      BigDecimal fee,
      NetPosition.Change change) {
    String id = order.clientOrderId();
    Fill fill = new Fill(id + "-1", quantity, price, fee, 0L, "", null);
    triggered.add(UnplannedFill.of(order, "paper-" + id, fill, leverage(order.symbol())));
    book(order.symbol(), change.position(), change.realized().subtract(fee), fill.getFillId(), 0);
  }

  /** Returns once what was triggered, with this time. */
  List<UnplannedFill> unplanned(long nowMs) {
    List<UnplannedFill> taken = new ArrayList<>(triggered.size());
    for (UnplannedFill each : triggered) {
      Fill fill = Fill.newBuilder(each.fill()).setAtMs(nowMs).build();
      taken.add(each.with(fill));
      Accepted answer = new Accepted(each.orderId(), OrderOutcome.State.FILLED, List.of(fill));
      remember(each.clientOrderId(), answer, nowMs);
    }
    triggered.clear();
    return taken;
  }

  void remember(String clientOrderId, Accepted answer, long atMs) {
    orders.put(clientOrderId, new PastOrder(answer, atMs));
  }

  Optional<Accepted> order(String clientOrderId) {
    return Optional.ofNullable(orders.get(clientOrderId)).map(PastOrder::answer);
  }

  void expireOrders(long beforeMs) {
    orders.values().removeIf(order -> order.atMs() < beforeMs);
  }

  void rest(ProtectiveOrder order) {
    resting
        .computeIfAbsent(order.symbol(), symbol -> new EnumMap<>(Kind.class))
        .put(order.kind(), order);
  }

  void cancel(String symbol) {
    resting.remove(symbol);
  }

  List<ProtectiveOrder> resting(String symbol) {
    return List.copyOf(resting.getOrDefault(symbol, Map.of()).values());
  }

  /**
   * Returns wallet plus unrealised profit minus margin in use, as if a symbol's position were
   * another.
   *
   * @param cash what would be added to the wallet
   * @param prices last price by symbol; where there is none a position counts at its entry price
   */
  BigDecimal available(
      String symbol,
      NetPosition instead,
      int leverage,
      BigDecimal cash,
      Function<String, Optional<BigDecimal>> prices) {
    BigDecimal available = wallet.add(cash).add(free(symbol, instead, leverage, prices));
    for (Map.Entry<String, NetPosition> other : positions.entrySet()) {
      if (!other.getKey().equals(symbol)) {
        int used = leverage(other.getKey());
        available = available.add(free(other.getKey(), other.getValue(), used, prices));
      }
    }
    return available;
  }

  private static BigDecimal free(
      String symbol,
      NetPosition position,
      int leverage,
      Function<String, Optional<BigDecimal>> prices) {
    BigDecimal price = prices.apply(symbol).orElse(position.entryPrice());
    return position.unrealized(price).subtract(position.margin(leverage));
  }

  ExchangeAccount published(long nowMs) {
    List<ExchangePosition> open = new ArrayList<>(positions.size());
    positions.forEach((symbol, position) -> open.add(published(symbol, position)));
    return ExchangeAccount.newBuilder()
        .setAccount(name)
        .setAsOfMs(nowMs)
        .setWallet(wallet)
        .setPositions(open)
        .setLastFillId(lastFillId)
        .build();
  }

  private ExchangePosition published(String symbol, NetPosition position) {
    Map<Kind, ProtectiveOrder> protection = resting.getOrDefault(symbol, Map.of());
    return new ExchangePosition(
        symbol,
        position.side(),
        position.quantity().abs(),
        position.entryPrice(),
        leverage(symbol),
        trigger(protection.get(Kind.STOP)),
        trigger(protection.get(Kind.TARGET)),
        setBy(protection.get(Kind.STOP)),
        null,
        null,
        null,
        null);
  }

  private static BigDecimal trigger(ProtectiveOrder order) {
    return order == null ? null : order.triggerPrice();
  }

  private static ExitTrigger setBy(ProtectiveOrder stop) {
    return stop == null || stop.trigger() == Kind.STOP.first() ? null : stop.trigger();
  }

  /** Gives back past orders from the fills that were committed. */
  void restoreOrder(String clientOrderId, String orderId, boolean filled, List<Fill> fills) {
    OrderOutcome.State state = filled ? OrderOutcome.State.FILLED : OrderOutcome.State.EXPIRED;
    remember(clientOrderId, new Accepted(orderId, state, fills), fills.getLast().getAtMs());
  }
}
