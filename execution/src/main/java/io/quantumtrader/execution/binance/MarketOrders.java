package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.Pause;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Refused;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.exchange.OrderOutcome.Unresolved;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Market orders of one account. An order is sent once at most by a call; what is not known of it
 * afterwards is said to be unresolved, and only {@link #query} tells.
 */
final class MarketOrders {

  /** The exchange believes a time that lies so far ahead of its own. */
  private static final long AHEAD_MS = 1_000;

  private static final long FIRST_PAUSE_MS = 20;
  private static final long LONGEST_PAUSE_MS = 500;

  private final SignedRest rest;
  private final TradeReader trades;
  private final Listings listings;
  private final Positions positions;
  private final BinanceSettings settings;
  private final LongSupplier wallMs;
  private final Pause pause;
  private final ConditionalLookup conditional;
  private final Map<String, Long> mayArriveUntilMs = new HashMap<>();

  MarketOrders(
      SignedRest rest,
      TradeReader trades,
      Listings listings,
      Positions positions,
      BinanceSettings settings,
      LongSupplier wallMs,
      Pause pause) {
    this.rest = rest;
    this.trades = trades;
    this.listings = listings;
    this.positions = positions;
    this.settings = settings;
    this.wallMs = wallMs;
    this.pause = pause;
    this.conditional = new ConditionalLookup(rest);
  }

  /** Sends an order, and follows it for a moment. */
  OrderOutcome execute(MarketOrder order) {
    Urgency urgency = order.reduceOnly() ? Urgency.EXIT : Urgency.ENTRY;
    Call call =
        Call.order("/fapi/v1/order", urgency)
            .with("symbol", order.symbol())
            .with("side", order.side().name())
            .with("type", "MARKET")
            .with("quantity", order.quantity())
            .with("reduceOnly", Boolean.toString(order.reduceOnly()))
            .with("newClientOrderId", order.clientOrderId())
            .notAfter(order.atMs() + settings.sendsWithin().toMillis());
    Reply reply = rest.send(call);
    return switch (reply) {
      case Success success -> follow(order.symbol(), success.body());
      case Refused refused -> refused(order, refused);
      case Reply.Limited limited -> new Unresolved(Replies.words(limited), false);
      case Reply.Unanswered unanswered -> {
        if (unanswered.sent()) {
          mayArriveUntilMs.put(
              order.clientOrderId(), wallMs.getAsLong() + rest.receiveWindowMs() + AHEAD_MS);
        }
        yield new Unresolved(Replies.words(unanswered), unanswered.sent());
      }
    };
  }

  private OrderOutcome refused(MarketOrder order, Refused refused) {
    return switch (ErrorMapping.verdict(refused.code())) {
      case ErrorMapping.Verdict.Final known -> ErrorMapping.rejected(known.code(), refused);
      case ErrorMapping.Verdict.Wait wait -> new Unresolved(ErrorMapping.words(refused));
      case ErrorMapping.Verdict.AsRequested done ->
          ErrorMapping.rejected(ReasonCode.EXCHANGE_REJECTED, refused);
      case ErrorMapping.Verdict.AskPosition ask -> reduceOnlyRefused(order, refused);
      case ErrorMapping.Verdict.AskOrder ask -> {
        OrderOutcome first = query(order.symbol(), order.clientOrderId());
        yield first instanceof Unknown ? new Unresolved(ErrorMapping.words(refused)) : first;
      }
    };
  }

  /** Says that the position is flat where it is; else something rests that takes it up. */
  private OrderOutcome reduceOnlyRefused(MarketOrder order, Refused refused) {
    Optional<BigDecimal> open = positions.quantity(order.symbol());
    if (open.isEmpty()) {
      return new Unresolved("refused, and the position is not known: " + refused.message());
    }
    boolean closes =
        switch (order.side()) {
          case SELL -> open.get().signum() > 0;
          case BUY -> open.get().signum() < 0;
          case UNRECOGNIZED -> false;
        };
    ReasonCode code = closes ? ReasonCode.REDUCE_ONLY_TAKEN : ReasonCode.POSITION_FLAT;
    return ErrorMapping.rejected(code, refused);
  }

  /**
   * Returns what became of an order: among the orders, then, unless it is a plan's own, among the
   * conditional ones by id, then among all conditional ones. Asked as urgently as an exit: what was
   * filled has no stop until that is known.
   */
  OrderOutcome query(String symbol, String clientOrderId) {
    Reply reply =
        rest.send(
            Call.get("/fapi/v1/order", 1)
                .with("symbol", symbol)
                .with("origClientOrderId", clientOrderId)
                .as(Urgency.EXIT));
    if (ErrorMapping.isNoSuchOrder(reply)) {
      // A plan's own order is never a conditional one, and the look at those weighs most.
      return WireIds.isPlan(clientOrderId)
          ? unknown(clientOrderId)
          : amongConditional(symbol, clientOrderId);
    }
    return switch (reply) {
      case Success success -> {
        mayArriveUntilMs.remove(clientOrderId);
        yield follow(symbol, success.body());
      }
      case Refused refused -> new Unresolved(Replies.words(refused));
      case Reply.Limited limited -> new Unresolved(Replies.words(limited));
      case Reply.Unanswered unanswered -> new Unresolved(Replies.words(unanswered));
    };
  }

  private OrderOutcome amongConditional(String symbol, String clientOrderId) {
    ConditionalLookup.Found found = conditional.find(symbol, clientOrderId);
    return switch (found) {
      case ConditionalLookup.Found.Became became ->
          byId(symbol, became.orderId(), new Unresolved("the order it became is not known yet"));
      case ConditionalLookup.Found.Rests rests ->
          new Accepted(rests.algoId(), State.OPEN, List.of());
      case ConditionalLookup.Found.Ended ended ->
          new Accepted(ended.algoId(), State.EXPIRED, List.of());
      case ConditionalLookup.Found.Silence silence -> new Unresolved(silence.why());
      case ConditionalLookup.Found.Nowhere nowhere -> unknown(clientOrderId);
    };
  }

  /** Says that there is none, unless one that was sent from here may be on its way yet. */
  private OrderOutcome unknown(String clientOrderId) {
    long untilMs = mayArriveUntilMs.getOrDefault(clientOrderId, 0L);
    if (wallMs.getAsLong() <= untilMs) {
      return new Unresolved("there is no such order, but it may arrive until " + untilMs);
    }
    mayArriveUntilMs.remove(clientOrderId);
    return new Unknown();
  }

  private OrderOutcome byId(String symbol, long orderId, OrderOutcome otherwise) {
    Reply reply = rest.send(byId(symbol, orderId));
    return reply instanceof Success success ? follow(symbol, success.body()) : otherwise;
  }

  private static Call byId(String symbol, long orderId) {
    return Call.get("/fapi/v1/order", 1)
        .with("symbol", symbol)
        .with("orderId", orderId)
        .as(Urgency.EXIT);
  }

  /**
   * Looks at an accepted order until it has ended and its fills are there, or until it takes too
   * long. The acknowledgement says nothing of fills.
   */
  private OrderOutcome follow(String symbol, JsonNode first) {
    long orderId = first.path("orderId").asLong(0);
    long untilMs = wallMs.getAsLong() + settings.fillsWithin().toMillis();
    long pauseMs = FIRST_PAUSE_MS;
    JsonNode order = first;
    while (true) {
      Accepted now = accepted(symbol, orderId, order);
      boolean late = wallMs.getAsLong() >= untilMs || Thread.currentThread().isInterrupted();
      if (now.state() != State.OPEN || late) {
        return now;
      }
      pause.of(pauseMs);
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
      if (rest.send(byId(symbol, orderId)) instanceof Success success) {
        order = success.body();
      }
    }
  }

  private Accepted accepted(String symbol, long orderId, JsonNode order) {
    BigDecimal executed = Json.optional(order, "executedQty").orElse(BigDecimal.ZERO);
    List<Fill> fills = executed.signum() > 0 ? fills(symbol, orderId) : List.of();
    Accepted told = new Accepted(Long.toString(orderId), state(order), fills);
    // The list of trades may lag behind the order: until it is complete the order is not over.
    return told.filledQuantity().compareTo(executed) < 0
        ? new Accepted(told.orderId(), State.OPEN, fills, executed)
        : told;
  }

  private List<Fill> fills(String symbol, long orderId) {
    return trades.ofOrder(symbol, orderId, Urgency.EXIT).orElse(List.of()).stream()
        .sorted(Comparator.comparingLong(Trade::tradeId))
        .map(trade -> trade.fill(listings.quoteAsset(symbol)))
        .toList();
  }

  private static State state(JsonNode order) {
    return switch (order.path("status").asText("")) {
      case "FILLED" -> State.FILLED;
      case "CANCELED", "EXPIRED", "EXPIRED_IN_MATCH", "REJECTED" -> State.EXPIRED;
      default -> State.OPEN;
    };
  }

  /** Forgets orders that can no longer arrive. */
  void tidy() {
    long nowMs = wallMs.getAsLong();
    mayArriveUntilMs.values().removeIf(untilMs -> untilMs < nowMs);
  }
}
