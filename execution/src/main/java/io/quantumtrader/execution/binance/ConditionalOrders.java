package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Refused;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops and targets of one account, as conditional orders that close whatever is open when they
 * trigger. The exchange keeps one of a kind and direction (-4130). So that a position is never
 * without its stop while another takes its place, an order with a quantity bridges the change: the
 * bridge is placed at the new trigger, the old order is cancelled, the new one is placed, and the
 * bridge is cancelled. Each step looks at what rests first; a change that was cut short is taken up
 * where it stands.
 */
final class ConditionalOrders {

  private static final Logger LOG = LoggerFactory.getLogger(ConditionalOrders.class);

  /**
   * A conditional order that rests.
   *
   * @param id the exchange's
   * @param wireId the id that it was given
   * @param closes whether it closes the whole position
   */
  record Resting(
      long id,
      String wireId,
      String symbol,
      OrderSide side,
      Kind kind,
      BigDecimal triggerPrice,
      boolean closes,
      long atMs) {

    /** Returns what our id says of it, or empty where it is not ours. */
    Optional<WireIds.Protective> ours() {
      return WireIds.protective(wireId);
    }

    boolean isBridge() {
      return ours().map(WireIds.Protective::bridge).orElse(false);
    }

    private ProtectiveOrder order(String account, WireIds.Protective id) {
      String clientOrderId = id.bridge() ? wireId : id.clientOrderId();
      return new ProtectiveOrder(
          account, symbol, side, kind, triggerPrice, clientOrderId, atMs, id.trigger());
    }
  }

  private final SignedRest rest;
  private final Positions positions;
  private final BinanceSettings settings;
  private final Set<String> bridged = new HashSet<>();

  ConditionalOrders(SignedRest rest, Positions positions, BinanceSettings settings) {
    this.rest = rest;
    this.positions = positions;
    this.settings = settings;
  }

  /** Lets an order rest in the place of the one of its kind and side. */
  Acknowledgement protect(ProtectiveOrder order) {
    Optional<List<Resting>> found = resting(order.symbol());
    if (found.isEmpty()) {
      return new Acknowledgement.Unresolved("the exchange does not say what rests");
    }
    List<Resting> same =
        found.get().stream()
            .filter(each -> each.kind() == order.kind() && each.side() == order.side())
            .toList();
    Optional<Resting> foreign = first(same, each -> each.closes() && each.ours().isEmpty());
    if (foreign.isPresent()) {
      return Acknowledgement.Refused.another(foreign.get().triggerPrice());
    }
    Optional<Resting> old = first(same, Resting::closes);
    List<Resting> bridges = same.stream().filter(Resting::isBridge).toList();
    if (old.isEmpty()) {
      return placeAndClear(order, bridges);
    }
    boolean placed =
        old.get().wireId().equals(WireIds.of(order))
            && old.get().triggerPrice().compareTo(order.triggerPrice()) == 0;
    return placed ? clear(bridges) : replace(order, old.get(), bridges);
  }

  private Acknowledgement replace(ProtectiveOrder order, Resting old, List<Resting> bridges) {
    Predicate<Resting> atNewTrigger =
        each -> each.triggerPrice().compareTo(order.triggerPrice()) == 0;
    List<Resting> kept = new ArrayList<>(bridges.stream().filter(atNewTrigger).toList());
    Acknowledgement step = clear(bridges.stream().filter(atNewTrigger.negate()).toList());
    if (step instanceof Acknowledgement.Done && kept.isEmpty()) {
      step = bridge(order);
    }
    if (!(step instanceof Acknowledgement.Done)) {
      return step;
    }
    step = cancel(old);
    if (!(step instanceof Acknowledgement.Done)) {
      return step;
    }
    Optional<List<Resting>> now = resting(order.symbol());
    if (now.isEmpty()) {
      return new Acknowledgement.Unresolved("the exchange does not say what rests");
    }
    return placeAndClear(
        order,
        now.get().stream()
            .filter(each -> each.kind() == order.kind() && each.side() == order.side())
            .filter(Resting::isBridge)
            .toList());
  }

  private Acknowledgement placeAndClear(ProtectiveOrder order, List<Resting> bridges) {
    Acknowledgement placed =
        Replies.acknowledgement(
            rest.send(base(order, WireIds.of(order)).with("closePosition", "true")),
            ReasonCode.FILTER_TICK);
    return placed instanceof Acknowledgement.Done ? clear(bridges) : placed;
  }

  /** Places an order for what is open now, which protects while another is replaced. */
  private Acknowledgement bridge(ProtectiveOrder order) {
    Optional<BigDecimal> open = positions.quantity(order.symbol());
    if (open.isEmpty()) {
      return new Acknowledgement.Unresolved("the exchange does not say what is open");
    }
    if (open.get().signum() == 0) {
      return new Acknowledgement.Refused(
          ReasonCode.POSITION_FLAT, List.of(), ReasonCode.POSITION_FLAT.meaning());
    }
    return Replies.acknowledgement(
        rest.send(
            base(order, WireIds.bridge(WireIds.of(order)))
                .with("quantity", open.get().abs())
                .with("reduceOnly", "true")),
        ReasonCode.FILTER_TICK);
  }

  private Call base(ProtectiveOrder order, String wireId) {
    return Call.order("/fapi/v1/algoOrder", Urgency.EXIT)
        .with("algoType", "CONDITIONAL")
        .with("symbol", order.symbol())
        .with("side", order.side().name())
        .with(
            "type",
            switch (order.kind()) {
              case STOP -> "STOP_MARKET";
              case TARGET -> "TAKE_PROFIT_MARKET";
            })
        .with("triggerPrice", order.triggerPrice())
        .with("workingType", settings.workingType().name())
        .with("clientAlgoId", wireId);
  }

  /**
   * Finishes changes that were cut short, in one symbol: a bridge beside the order that closes the
   * whole is cancelled, as it only takes up what our own close needs; a bridge alone becomes such
   * an order.
   *
   * @param beforeMs only bridges that were placed before this time, on the exchange's clock; a
   *     younger one may be a change under way
   */
  Acknowledgement finish(String account, String symbol, long beforeMs) {
    Optional<List<Resting>> found = resting(symbol);
    if (found.isEmpty()) {
      return new Acknowledgement.Unresolved("the exchange does not say what rests");
    }
    Acknowledgement last = new Acknowledgement.Done();
    for (Resting bridge : found.get()) {
      if (!bridge.isBridge() || bridge.atMs() >= beforeMs) {
        continue;
      }
      Acknowledgement step = finish(account, bridge, found.get());
      last = step instanceof Acknowledgement.Done ? last : step;
    }
    return last;
  }

  private Acknowledgement finish(String account, Resting bridge, List<Resting> all) {
    boolean closed =
        all.stream()
            .anyMatch(
                each ->
                    each.closes() && each.kind() == bridge.kind() && each.side() == bridge.side());
    LOG.info(
        "{} {}: a change of the {} was cut short and is finished",
        account,
        bridge.symbol(),
        bridge.kind());
    if (closed) {
      return cancel(bridge);
    }
    WireIds.Protective id = bridge.ours().orElseThrow();
    return placeAndClear(
        new ProtectiveOrder(
            account,
            bridge.symbol(),
            bridge.side(),
            bridge.kind(),
            bridge.triggerPrice(),
            id.clientOrderId(),
            bridge.atMs(),
            id.trigger()),
        List.of(bridge));
  }

  /** Cancels what is ours in a symbol; what others placed stays. */
  Acknowledgement cancelAll(String symbol) {
    Optional<List<Resting>> found = resting(symbol);
    return found.isEmpty()
        ? new Acknowledgement.Unresolved("the exchange does not say what rests")
        : clear(found.get().stream().filter(each -> each.ours().isPresent()).toList());
  }

  /** Cancels each, also after one that was not; returns what is the matter with the first such. */
  private Acknowledgement clear(List<Resting> orders) {
    Acknowledgement all = new Acknowledgement.Done();
    for (Resting order : orders) {
      Acknowledgement cancelled = cancel(order);
      all = all instanceof Acknowledgement.Done ? cancelled : all;
    }
    return all;
  }

  private Acknowledgement cancel(Resting order) {
    Reply reply =
        rest.send(
            Call.of("DELETE", "/fapi/v1/algoOrder", Urgency.EXIT)
                .with("symbol", order.symbol())
                .with("algoId", order.id()));
    boolean gone =
        reply instanceof Refused refused
            && (refused.code() == ErrorMapping.NOTHING_TO_CANCEL
                || refused.code() == ErrorMapping.NO_SUCH_ORDER);
    return gone
        ? new Acknowledgement.Done()
        : Replies.acknowledgement(reply, ReasonCode.EXCHANGE_REJECTED);
  }

  /**
   * Returns our orders that protect, stop before target. A bridge is one of them only where no
   * order closes the whole: it protects, but its change is not finished.
   */
  static List<ProtectiveOrder> protection(String account, List<Resting> resting) {
    List<ProtectiveOrder> orders = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<Resting> ours =
          resting.stream()
              .filter(each -> each.kind() == kind && each.ours().isPresent())
              .sorted(Comparator.comparing(Resting::isBridge).thenComparingLong(Resting::id))
              .toList();
      if (!ours.isEmpty()) {
        Resting first = ours.getFirst();
        orders.add(first.order(account, first.ours().orElseThrow()));
      }
    }
    return orders;
  }

  /** Returns what rests in a symbol, ours or not; empty where the exchange does not answer. */
  Optional<List<Resting>> resting(String symbol) {
    Optional<List<Resting>> found =
        ask(Call.get("/fapi/v1/openAlgoOrders", 1).with("symbol", symbol).as(Urgency.EXIT));
    found.ifPresent(
        rests -> {
          bridged.remove(symbol);
          noteBridges(rests);
        });
    return found;
  }

  /** Returns all that rests; empty where the exchange does not answer. */
  Optional<List<Resting>> resting() {
    Optional<List<Resting>> found = ask(Call.get("/fapi/v1/openAlgoOrders", 40).as(Urgency.EXIT));
    found.ifPresent(
        rests -> {
          bridged.clear();
          noteBridges(rests);
        });
    return found;
  }

  private void noteBridges(List<Resting> rests) {
    rests.stream().filter(Resting::isBridge).map(Resting::symbol).forEach(bridged::add);
  }

  /** Returns whether a bridge rested in a symbol when that was asked for last. */
  boolean isBridged(String symbol) {
    return bridged.contains(symbol);
  }

  private Optional<List<Resting>> ask(Call call) {
    Reply reply = rest.send(call);
    if (!(reply instanceof Success success)) {
      Replies.log(LOG, rest.account(), "no conditional orders", reply);
      return Optional.empty();
    }
    try {
      List<Resting> found = new ArrayList<>();
      for (JsonNode order : success.body()) {
        read(order).ifPresent(found::add);
      }
      return Optional.of(found);
    } catch (Json.Unreadable e) {
      LOG.error("{}: a conditional order cannot be read: {}", rest.account(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Reads an order; empty for one of another kind, which is nothing to us. */
  private static Optional<Resting> read(JsonNode order) {
    Optional<Kind> kind =
        switch (order.path("orderType").asText("")) {
          case "STOP_MARKET" -> Optional.of(Kind.STOP);
          case "TAKE_PROFIT_MARKET" -> Optional.of(Kind.TARGET);
          default -> Optional.empty();
        };
    if (kind.isEmpty() || !order.path("algoStatus").asText("NEW").equals("NEW")) {
      return Optional.empty();
    }
    return Optional.of(
        new Resting(
            Json.number(order, "algoId"),
            order.path("clientAlgoId").asText(""),
            Json.text(order, "symbol"),
            Json.side(order, "side"),
            kind.get(),
            Json.decimal(order, "triggerPrice"),
            order.path("closePosition").asBoolean(false),
            order.path("createTime").asLong(0)));
  }

  private static Optional<Resting> first(List<Resting> orders, Predicate<Resting> wanted) {
    return orders.stream().filter(wanted).findFirst();
  }
}
