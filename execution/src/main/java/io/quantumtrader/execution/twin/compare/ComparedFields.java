package io.quantumtrader.execution.twin.compare;

import io.quantumtrader.execution.twin.compare.SessionLine.Request;
import java.util.List;
import java.util.Set;

/**
 * Which values of an answer follow from the session alone. What depends on the market, on chance,
 * on the time or on ids that an exchange gives does not; its presence and type are compared.
 */
final class ComparedFields {

  /** Lists whose length is the market's or the past's doing: only what an element looks like. */
  private static final Set<String> SHAPE_ONLY =
      Set.of(
          "/fapi/v1/klines",
          "/fapi/v1/premiumIndex",
          "/fapi/v1/ticker/24hr",
          "/fapi/v1/ticker/bookTicker",
          "/fapi/v1/ticker/price",
          "/fapi/v1/fundingRate",
          "/fapi/v1/userTrades",
          "/fapi/v1/income",
          "/fapi/v1/forceOrders");

  /** What an account has: money is not compared, nor what is paid for a position. */
  private static final Set<String> ACCOUNT =
      Set.of("/fapi/v3/account", "/fapi/v3/balance", "/fapi/v3/positionRisk");

  private static final Set<String> OF_AN_ACCOUNT =
      Set.of("symbol", "asset", "positionSide", "positionAmt", "marginAsset", "marginAvailable");

  /** Ids that an exchange gives, secrets, and texts for people. */
  private static final Set<String> NEVER =
      Set.of(
          "orderId",
          "algoId",
          "actualOrderId",
          "id",
          "tranId",
          "tradeId",
          "tradeGroupId",
          "accountAlias",
          "listenKey",
          "msg",
          "time",
          "deliveryDate",
          "onboardDate",
          "avgPrice",
          "actualPrice",
          "cumQuote");

  private static final Set<String> CLIENT_IDS = Set.of("clientOrderId", "clientAlgoId");

  /** What an order that may still fill has by the time it is asked for. */
  private static final Set<String> IN_FLIGHT =
      Set.of("status", "executedQty", "cumQty", "algoStatus", "actualQty");

  private static final List<String> SENT_IDS = List.of("newClientOrderId", "clientAlgoId");

  private final boolean shapeOnly;
  private final boolean account;
  private final boolean idGiven;
  private final boolean acknowledgement;

  ComparedFields(Request request) {
    shapeOnly = SHAPE_ONLY.contains(request.path());
    account = ACCOUNT.contains(request.path());
    acknowledgement = request.method().equals("POST");
    idGiven = !acknowledgement || SENT_IDS.stream().anyMatch(request.parameters()::containsKey);
  }

  /** Returns whether elements of a list are compared by what they are of, and counted. */
  boolean countsElements() {
    return !shapeOnly;
  }

  /**
   * Returns whether a field's value is compared.
   *
   * @param mayFill whether it is of an order that had not ended when the exchange answered
   */
  boolean compares(String name, boolean mayFill) {
    if (shapeOnly || NEVER.contains(name)) {
      return false;
    }
    if (name.endsWith("Time") && !name.equals("countdownTime")) {
      return false;
    }
    if (account) {
      return OF_AN_ACCOUNT.contains(name);
    }
    if (CLIENT_IDS.contains(name)) {
      return idGiven;
    }
    return acknowledgement || !mayFill || !IN_FLIGHT.contains(name);
  }
}
