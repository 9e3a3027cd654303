package io.quantumtrader.execution.twin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.core.AccountBook;
import io.quantumtrader.execution.twin.core.OrderRequest;
import io.quantumtrader.execution.twin.core.TwinCore;
import io.quantumtrader.execution.twin.core.TwinError;
import io.quantumtrader.execution.twin.core.TwinOrder;
import io.quantumtrader.execution.twin.core.TwinTrade;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Orders and fills. */
final class OrderRoutes {
  /** How long a limit order may be told to stay. */
  static final List<String> TIMES_IN_FORCE = List.of("GTC", "IOC", "FOK", "GTX");

  private static final String ORDER = "/fapi/v1/order";
  private static final int DAYS = 7;
  private static final int USUAL = 500;
  private static final int MOST = 1000;

  private final TwinEngine engine;

  OrderRoutes(TwinEngine engine) {
    this.engine = engine;
  }

  List<Route> routes() {
    return List.of(
        Route.order(ORDER, this::place),
        Route.signed("POST", "/fapi/v1/order/test", 1, this::test),
        Route.signed("GET", ORDER, 1, this::query),
        Route.signed("DELETE", ORDER, 1, this::cancel),
        Route.signed("GET", "/fapi/v1/openOrder", 1, this::openOrder),
        Route.signed("GET", "/fapi/v1/openOrders", Route.bySymbol(1, 40), this::openOrders),
        Route.signed("DELETE", "/fapi/v1/allOpenOrders", 1, this::cancelAll),
        Route.signed("GET", "/fapi/v1/allOrders", 5, this::allOrders),
        Route.signed("GET", "/fapi/v1/userTrades", 5, this::trades),
        Route.signed("GET", "/fapi/v1/forceOrders", Route.bySymbol(20, 50), this::forceOrders),
        Route.signed("POST", "/fapi/v1/countdownCancelAll", 10, this::countdown));
  }

  private JsonNode place(RestRequest request, String account) {
    OrderRequest order = order(request);
    return OrderJson.acknowledged(engine.ask((core, now) -> core.place(account, order, now)));
  }

  private JsonNode test(RestRequest request, String account) {
    OrderRequest order = order(request);
    engine.change((core, now) -> core.test(account, order));
    return Json.object();
  }

  private OrderRequest order(RestRequest request) {
    String symbol = engine.listed(request.text("symbol"));
    String type = request.text("type").toUpperCase(Locale.ROOT);
    switch (type) {
      case "MARKET", "LIMIT" -> {}
      case "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET" ->
          throw TwinError.CONDITIONAL_ADDRESS.refused();
      default -> throw TwinError.ORDER_TYPE.refused();
    }
    if (request.flag("reduceOnly") && request.has("positionSide") && isHedged(request)) {
      throw TwinError.NOT_REQUIRED.refused("reduceonly");
    }
    boolean market = type.equals("MARKET");
    if (market && request.has("price")) {
      throw TwinError.NOT_REQUIRED.refused("price");
    }
    String timeInForce = market ? "GTC" : request.text("timeInForce").toUpperCase(Locale.ROOT);
    if (!TIMES_IN_FORCE.contains(timeInForce)) {
      throw TwinError.TIME_IN_FORCE.refused();
    }
    return new OrderRequest(
        symbol,
        request.side(),
        request.positionSide(),
        type,
        timeInForce,
        request.decimal("quantity"),
        market ? BigDecimal.ZERO : request.decimal("price"),
        request.flag("reduceOnly"),
        request.text("newClientOrderId", ""));
  }

  private static boolean isHedged(RestRequest request) {
    return !request.text("positionSide").equalsIgnoreCase("BOTH");
  }

  private JsonNode query(RestRequest request, String account) {
    return OrderJson.order(
        engine.ask(
            (core, now) ->
                find(request, core.book(account)).orElseThrow(TwinError.NO_SUCH_ORDER::refused)));
  }

  private JsonNode openOrder(RestRequest request, String account) {
    return OrderJson.order(
        engine.ask(
            (core, now) ->
                find(request, core.book(account))
                    .filter(order -> order.status().isOpen())
                    .orElseThrow(TwinError.NO_SUCH_ORDER::refused)));
  }

  private JsonNode cancel(RestRequest request, String account) {
    return OrderJson.order(
        engine.ask((core, now) -> core.cancel(account, find(request, core.book(account)), now)));
  }

  private Optional<TwinOrder> find(RestRequest request, AccountBook book) {
    String symbol = request.text("symbol");
    if (request.has("orderId")) {
      return book.order(request.number("orderId")).filter(o -> o.symbol().equals(symbol));
    }
    if (!request.has("origClientOrderId")) {
      throw TwinError.MANDATORY.refused("orderid");
    }
    return book.order(symbol, request.text("origClientOrderId"));
  }

  private JsonNode openOrders(RestRequest request, String account) {
    List<TwinOrder> open = engine.ask((core, now) -> core.book(account).openOrders());
    return Json.array(
        open.stream().filter(order -> request.isOf(order.symbol())).toList(), OrderJson::order);
  }

  private JsonNode cancelAll(RestRequest request, String account) {
    String symbol = engine.listed(request.text("symbol"));
    engine.change((core, now) -> core.cancelOrders(account, symbol, now));
    return Json.object()
        .put("code", 200)
        .put("msg", "The operation of cancel all open order is done.");
  }

  private JsonNode allOrders(RestRequest request, String account) {
    String symbol = engine.listed(request.text("symbol"));
    TimeSpan span = TimeSpan.of(request, DAYS, engine.nowMs());
    long fromId = request.number("orderId", 0);
    List<TwinOrder> all =
        engine.ask((core, now) -> List.copyOf(core.book(account).orders())).stream()
            .filter(order -> order.symbol().equals(symbol))
            .filter(order -> order.orderId() >= fromId)
            .filter(order -> fromId > 0 || span.contains(order.timeMs()))
            .toList();
    int limit = request.limit(USUAL, MOST);
    boolean latest = span.latest() && fromId == 0;
    return Json.array(latest ? Json.last(all, limit) : Json.first(all, limit), OrderJson::order);
  }

  private JsonNode trades(RestRequest request, String account) {
    String symbol = engine.listed(request.text("symbol"));
    TimeSpan span = TimeSpan.of(request, DAYS, engine.nowMs());
    Optional<Long> orderId = request.numberIfThere("orderId");
    Optional<Long> fromId = request.numberIfThere("fromId");
    List<TwinTrade> all =
        engine.ask((core, now) -> core.book(account).trades()).stream()
            .filter(trade -> trade.symbol().equals(symbol))
            .filter(trade -> orderId.map(id -> id == trade.orderId()).orElse(true))
            .filter(trade -> fromId.map(id -> trade.tradeId() >= id).orElse(true))
            .filter(trade -> fromId.isPresent() || span.contains(trade.timeMs()))
            .toList();
    int limit = request.limit(USUAL, MOST);
    boolean latest = span.latest() && fromId.isEmpty();
    return Json.array(latest ? Json.last(all, limit) : Json.first(all, limit), OrderJson::trade);
  }

  private JsonNode forceOrders(RestRequest request, String account) {
    List<TwinOrder> forced =
        engine.ask((core, now) -> List.copyOf(core.book(account).orders())).stream()
            .filter(order -> order.type().equals("LIQUIDATION"))
            .filter(order -> request.isOf(order.symbol()))
            .toList();
    return Json.array(Json.last(forced, request.limit(50, 100)), OrderJson::order);
  }

  private JsonNode countdown(RestRequest request, String account) {
    String symbol = engine.listed(request.text("symbol"));
    long afterMs = request.number("countdownTime");
    engine.change(
        (TwinCore core, long now) -> core.countdown(account, symbol, Math.max(0, afterMs), now));
    return Json.object().put("symbol", symbol).put("countdownTime", Long.toString(afterMs));
  }
}
