package io.quantumtrader.execution.twin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.core.AccountBook;
import io.quantumtrader.execution.twin.core.AlgoLimit;
import io.quantumtrader.execution.twin.core.AlgoRequest;
import io.quantumtrader.execution.twin.core.AlgoTrail;
import io.quantumtrader.execution.twin.core.TwinAlgoOrder;
import io.quantumtrader.execution.twin.core.TwinError;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Conditional orders. */
final class AlgoRoutes {
  private static final String ALGO = "/fapi/v1/algoOrder";
  private static final int DAYS = 7;
  private static final List<String> TYPES =
      List.of("STOP_MARKET", "TAKE_PROFIT_MARKET", "STOP", "TAKE_PROFIT", "TRAILING_STOP_MARKET");

  private final TwinEngine engine;

  AlgoRoutes(TwinEngine engine) {
    this.engine = engine;
  }

  List<Route> routes() {
    return List.of(
        Route.order(ALGO, this::place),
        Route.signed("GET", ALGO, 1, this::query),
        Route.signed("DELETE", ALGO, 1, this::cancel),
        Route.signed("GET", "/fapi/v1/openAlgoOrders", Route.bySymbol(1, 40), this::open),
        Route.signed("GET", "/fapi/v1/allAlgoOrders", 5, this::all),
        Route.signed("DELETE", "/fapi/v1/algoOpenOrders", 1, this::cancelAll));
  }

  private JsonNode place(RestRequest request, String account) {
    AlgoRequest algo = algo(request);
    return OrderJson.algo(engine.ask((core, now) -> core.placeAlgo(account, algo, now)));
  }

  private AlgoRequest algo(RestRequest request) {
    if (!request.text("algoType").equals("CONDITIONAL")) {
      throw TwinError.MANDATORY.refused("algotype");
    }
    String type = request.text("type").toUpperCase(Locale.ROOT);
    if (!TYPES.contains(type)) {
      throw TwinError.ORDER_TYPE.refused();
    }
    boolean limit = type.equals("STOP") || type.equals("TAKE_PROFIT");
    boolean trails = type.equals("TRAILING_STOP_MARKET");
    onlyOf(request, limit, "price");
    onlyOf(request, trails, "callbackRate", "activatePrice");
    onlyOf(request, !trails, "triggerPrice", "priceProtect");
    boolean closePosition = request.flag("closePosition");
    return new AlgoRequest(
        engine.listed(request.text("symbol")),
        request.side(),
        request.positionSide(),
        type,
        closePosition ? request.decimal("quantity", BigDecimal.ZERO) : request.decimal("quantity"),
        trails ? BigDecimal.ZERO : request.decimal("triggerPrice"),
        watchesMark(request),
        request.flag("reduceOnly"),
        closePosition,
        request.flag("priceProtect"),
        request.text("clientAlgoId", ""),
        limit ? limit(request) : AlgoLimit.NONE,
        trails ? trail(request) : AlgoTrail.NONE);
  }

  /** What does not belong to the type of an order is refused, rather than left out of account. */
  private static void onlyOf(RestRequest request, boolean belongs, String... names) {
    for (String name : names) {
      // A client that always sends its flags says nothing by one that is off.
      if (!belongs && request.has(name) && !request.text(name).equalsIgnoreCase("false")) {
        throw TwinError.NOT_REQUIRED.refused(name.toLowerCase(Locale.ROOT));
      }
    }
  }

  private static boolean watchesMark(RestRequest request) {
    String working = request.text("workingType", "CONTRACT_PRICE").toUpperCase(Locale.ROOT);
    if (!working.equals("MARK_PRICE") && !working.equals("CONTRACT_PRICE")) {
      throw TwinError.MANDATORY.refused("workingtype");
    }
    return working.equals("MARK_PRICE");
  }

  private static AlgoLimit limit(RestRequest request) {
    String timeInForce = request.text("timeInForce", "GTC").toUpperCase(Locale.ROOT);
    if (!OrderRoutes.TIMES_IN_FORCE.contains(timeInForce)) {
      throw TwinError.TIME_IN_FORCE.refused();
    }
    return new AlgoLimit(request.decimal("price"), timeInForce);
  }

  private static AlgoTrail trail(RestRequest request) {
    BigDecimal activation = request.decimal("activatePrice", BigDecimal.ZERO);
    if (request.has("activatePrice") && activation.signum() <= 0) {
      throw TwinError.PRICE_MIN.refused();
    }
    return new AlgoTrail(request.decimal("callbackRate"), activation);
  }

  private JsonNode query(RestRequest request, String account) {
    return OrderJson.algo(
        engine.ask(
            (core, now) ->
                find(request, core.book(account)).orElseThrow(TwinError.NO_SUCH_ORDER::refused)));
  }

  private JsonNode cancel(RestRequest request, String account) {
    TwinAlgoOrder ended =
        engine.ask((core, now) -> core.cancelAlgo(account, find(request, core.book(account)), now));
    return Json.object()
        .put("algoId", ended.algoId())
        .put("clientAlgoId", ended.clientAlgoId())
        .put("code", "200")
        .put("msg", "success");
  }

  private static Optional<TwinAlgoOrder> find(RestRequest request, AccountBook book) {
    if (request.has("algoId")) {
      return book.algo(request.number("algoId"));
    }
    if (!request.has("clientAlgoId")) {
      throw TwinError.MANDATORY.refused("algoid");
    }
    return book.algo(request.text("clientAlgoId"));
  }

  private JsonNode open(RestRequest request, String account) {
    List<TwinAlgoOrder> open =
        engine.ask((core, now) -> core.book(account).openAlgos()).stream()
            .filter(algo -> request.isOf(algo.request().symbol()))
            .toList();
    return Json.array(open, OrderJson::algo);
  }

  private JsonNode all(RestRequest request, String account) {
    engine.listed(request.text("symbol"));
    TimeSpan span = TimeSpan.of(request, DAYS, engine.nowMs());
    long fromId = request.number("algoId", 0);
    List<TwinAlgoOrder> all =
        engine.ask((core, now) -> List.copyOf(core.book(account).algos())).stream()
            .filter(algo -> request.isOf(algo.request().symbol()))
            .filter(algo -> algo.algoId() >= fromId)
            .filter(algo -> fromId > 0 || span.contains(algo.createMs()))
            .toList();
    int limit = request.limit(500, 1000);
    boolean latest = span.latest() && fromId == 0;
    return Json.array(latest ? Json.last(all, limit) : Json.first(all, limit), OrderJson::algo);
  }

  private JsonNode cancelAll(RestRequest request, String account) {
    String symbol = engine.listed(request.text("symbol"));
    engine.change((core, now) -> core.cancelAlgos(account, symbol, now));
    return Json.object()
        .put("code", 200)
        .put("msg", "The operation of cancel all open order is done.");
  }
}
