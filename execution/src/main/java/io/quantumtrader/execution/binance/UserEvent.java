package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/** What the user stream tells of an account, as far as it matters here. */
sealed interface UserEvent {

  /** A trade, with all that is to be known of it. */
  record Traded(Trade trade, OrderFacts facts) implements UserEvent {}

  /** A trade of which the rest follows: it must turn up, or the stream has lost it. */
  record Announced(String symbol, long tradeId) implements UserEvent {}

  /**
   * A conditional order has come further.
   *
   * @param status NEW, CANCELED, TRIGGERING, TRIGGERED, FINISHED, REJECTED or EXPIRED
   * @param actualOrderId the order it became; 0 where that is not said
   */
  record Conditional(
      String symbol, String clientAlgoId, String status, long actualOrderId, String reason)
      implements UserEvent {}

  /** The leverage of a symbol was set. */
  record LeverageSet(String symbol, int leverage) implements UserEvent {}

  /** Cash came or went apart from a trade. */
  record CashMoved(String reason) implements UserEvent {}

  /** The key of the stream is no longer good. */
  record KeyExpired() implements UserEvent {}

  /** Nothing that matters here. */
  record Other() implements UserEvent {}

  /** It cannot be read: what it said has to be asked for. */
  record Unreadable(String why) implements UserEvent {}

  /** Reads a message. */
  static UserEvent of(String message) {
    try {
      return Reader.read(Reader.JSON.readTree(message));
    } catch (IOException | Json.Unreadable e) {
      return new Unreadable(e.getMessage());
    }
  }

  /** Reads messages; a combined stream wraps them in {@code data}. */
  final class Reader {

    private static final JsonMapper JSON =
        JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private Reader() {}

    private static UserEvent read(JsonNode message) {
      JsonNode event = message.has("data") ? message.path("data") : message;
      return switch (event.path("e").asText("")) {
        case "ORDER_TRADE_UPDATE" -> order(event.path("o"));
        case "TRADE_LITE" -> new Announced(Json.text(event, "s"), Json.number(event, "t"));
        case "ALGO_UPDATE" -> conditional(event.path("o"));
        case "ACCOUNT_UPDATE" -> cash(event.path("a").path("m").asText(""));
        case "ACCOUNT_CONFIG_UPDATE" -> config(event.path("ac"));
        case "listenKeyExpired" -> new KeyExpired();
        default -> new Other();
      };
    }

    private static UserEvent order(JsonNode order) {
      String execution = order.path("x").asText("");
      boolean byInsurance = execution.equals("CALCULATED");
      Optional<BigDecimal> quantity = Json.optional(order, "l");
      boolean traded = byInsurance || execution.equals("TRADE");
      if (!traded || quantity.isEmpty() || quantity.get().signum() <= 0) {
        return new Other();
      }
      long tradeId = Json.number(order, "t");
      if (tradeId <= 0) {
        return new Unreadable("a trade without an id: " + tradeId);
      }
      Trade trade =
          new Trade(
              Json.text(order, "s"),
              tradeId,
              Json.number(order, "i"),
              Json.side(order, "S"),
              quantity.get(),
              Json.positive(order, "L"),
              Json.optional(order, "n").orElse(BigDecimal.ZERO),
              order.path("N").asText(""),
              Json.number(order, "T"));
      return new Traded(
          trade,
          new OrderFacts(
              order.path("c").asText(""),
              order.path("R").asBoolean(false) || order.path("cp").asBoolean(false),
              byInsurance));
    }

    private static UserEvent conditional(JsonNode order) {
      return new Conditional(
          Json.text(order, "s"),
          order.path("caid").asText(""),
          order.path("X").asText(""),
          order.path("ai").asLong(0),
          order.path("rm").asText(""));
    }

    private static UserEvent cash(String reason) {
      return reason.isEmpty() || reason.equals("ORDER") ? new Other() : new CashMoved(reason);
    }

    private static UserEvent config(JsonNode config) {
      return config.has("l")
          ? new LeverageSet(Json.text(config, "s"), (int) Json.number(config, "l"))
          : new Other();
    }
  }
}
