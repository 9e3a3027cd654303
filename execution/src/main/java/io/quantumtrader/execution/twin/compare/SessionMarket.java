package io.quantumtrader.execution.twin.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.compare.SessionLine.Message;
import io.quantumtrader.execution.twin.compare.SessionLine.Request;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The market as far as a session tells of it, so that the twin fills and triggers as it did. */
public final class SessionMarket {

  private static final Set<String> TRIGGERED = Set.of("TRIGGERING", "TRIGGERED");
  private static final String MARK = "markPrice";

  private final Map<String, BigDecimal> first = new HashMap<>();
  private final Map<String, BigDecimal> fills = new HashMap<>();

  /**
   * A price that a line tells of.
   *
   * @param price quote currency, above 0
   */
  public record Price(String symbol, BigDecimal price) {}

  /** Reads a session. */
  public SessionMarket(RecordedSession session) {
    for (SessionLine line : session.lines()) {
      told(line).forEach(price -> first.putIfAbsent(price.symbol(), price.price()));
      if (line instanceof Message message) {
        JsonNode order = message.event().path("o");
        positive(order.path("L"))
            .ifPresent(price -> fills.putIfAbsent(order.path("c").asText(), price));
      }
    }
  }

  /** Returns the first price of a symbol, quote currency; empty where the session has none. */
  public Optional<BigDecimal> first(String symbol) {
    return Optional.ofNullable(first.get(symbol));
  }

  /** Returns at what an order that a request places was first filled; empty where it was not. */
  public Optional<Price> fill(Request request) {
    Map<String, String> sent = request.parameters();
    String symbol = sent.get("symbol");
    String id = request.answer().path("clientOrderId").asText(sent.get("newClientOrderId"));
    boolean places = request.asked().equals("POST /fapi/v1/order");
    return places && symbol != null && fills.containsKey(id)
        ? Optional.of(new Price(symbol, fills.get(id)))
        : Optional.empty();
  }

  /** Returns the prices that a line tells of: marks, fills, and prices that triggered an order. */
  public List<Price> told(SessionLine line) {
    List<Price> told = new ArrayList<>();
    switch (line) {
      case Request request -> {
        if (request.succeeded()) {
          answer(told, request.answer());
        }
      }
      case Message message -> event(told, message.event());
    }
    return List.copyOf(told);
  }

  private static void answer(List<Price> told, JsonNode answer) {
    Iterable<JsonNode> all = answer.isArray() ? answer : List.of(answer);
    all.forEach(each -> add(told, each.path("symbol"), each.path(MARK)));
  }

  private static void event(List<Price> told, JsonNode event) {
    JsonNode order = event.path("o");
    switch (event.path("e").asText()) {
      case "ORDER_TRADE_UPDATE" -> add(told, order.path("s"), order.path("L"));
      case "TRADE_LITE" -> add(told, event.path("s"), event.path("L"));
      case "ALGO_UPDATE" -> {
        if (TRIGGERED.contains(order.path("X").asText())) {
          add(told, order.path("s"), order.path("tp"));
        }
      }
      default -> {
        // Tells of no price.
      }
    }
  }

  private static void add(List<Price> told, JsonNode symbol, JsonNode price) {
    if (symbol.isTextual()) {
      positive(price).ifPresent(known -> told.add(new Price(symbol.asText(), known)));
    }
  }

  private static Optional<BigDecimal> positive(JsonNode price) {
    try {
      return Optional.of(new BigDecimal(price.asText())).filter(each -> each.signum() > 0);
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }
}
