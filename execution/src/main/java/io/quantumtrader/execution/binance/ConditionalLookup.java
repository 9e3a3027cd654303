package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Refused;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SignedRest;

/** Finds a conditional order by our id of it, whatever became of it. */
final class ConditionalLookup {

  /** What became of it. */
  sealed interface Found {

    /** It rests. */
    record Rests(String algoId) implements Found {}

    /** It was triggered and is now an order. */
    record Became(long orderId) implements Found {}

    /** It ended without an order. */
    record Ended(String algoId) implements Found {}

    /** There is none. */
    record Nowhere() implements Found {}

    /** The exchange did not answer. */
    record Silence(String why) implements Found {}
  }

  private static final int PAGE = 1_000;

  private final SignedRest rest;

  ConditionalLookup(SignedRest rest) {
    this.rest = rest;
  }

  Found find(String symbol, String clientOrderId) {
    Reply reply =
        rest.send(
            Call.get("/fapi/v1/algoOrder", 1).with("clientAlgoId", clientOrderId).as(Urgency.EXIT));
    return switch (reply) {
      case Success success -> of(success.body());
      case Refused refused -> amongAll(symbol, clientOrderId);
      case Reply.Unanswered unanswered -> new Found.Silence(Replies.words(unanswered));
      case Reply.Limited limited -> new Found.Silence(Replies.words(limited));
    };
  }

  private Found amongAll(String symbol, String clientOrderId) {
    Reply reply =
        rest.send(
            Call.get("/fapi/v1/allAlgoOrders", 5)
                .with("symbol", symbol)
                .with("limit", PAGE)
                .as(Urgency.EXIT));
    if (!(reply instanceof Success success)) {
      return new Found.Silence(Replies.words(reply));
    }
    for (JsonNode order : success.body()) {
      String wireId = order.path("clientAlgoId").asText("");
      boolean same =
          WireIds.protective(wireId)
              .filter(ours -> !ours.bridge())
              .map(WireIds.Protective::clientOrderId)
              .orElse(wireId)
              .equals(clientOrderId);
      if (same) {
        return of(order);
      }
    }
    return new Found.Nowhere();
  }

  private static Found of(JsonNode order) {
    long actual = order.path("actualOrderId").asLong(0);
    String algoId = order.path("algoId").asText("");
    if (actual > 0) {
      return new Found.Became(actual);
    }
    return switch (order.path("algoStatus").asText("")) {
      case "CANCELED", "EXPIRED", "REJECTED" -> new Found.Ended(algoId);
      default -> new Found.Rests(algoId);
    };
  }
}
