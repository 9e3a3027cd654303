package io.quantumtrader.execution.paper;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

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

  PaperAccount(String name, BigDecimal wallet) {
    this.name = name;
    this.wallet = wallet;
  }

  /**
   * Returns the account as it was published.
   *
   * @param placements the plan that last placed protective orders in a symbol, and when; where it
   *     is not known they count as placed when the account was published
   */
  static PaperAccount restored(ExchangeAccount published, Map<String, PaperPlacement> placements) {
    PaperAccount account = new PaperAccount(published.getAccount(), published.getWallet());
    account.lastFillId = published.getLastFillId();
    for (ExchangePosition position : published.getPositions()) {
      PaperPlacement placement =
          placements.getOrDefault(
              position.getSymbol(), new PaperPlacement("", published.getAsOfMs()));
      account.restore(position, placement);
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

  BigDecimal wallet() {
    return wallet;
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

  /** Books a fill; a position that is gone, or turned round, loses its protective orders. */
  void book(String symbol, NetPosition after, BigDecimal cash, String fillId) {
    wallet = wallet.add(cash);
    lastFillId = fillId;
    if (after.side() != position(symbol).side()) {
      resting.remove(symbol);
    }
    if (after.isFlat()) {
      positions.remove(symbol);
    } else {
      positions.put(symbol, after);
    }
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
    book(order.symbol(), change.position(), change.realized().subtract(fee), fill.getFillId());
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
