package io.quantumtrader.execution.twin.rest;

import static io.quantumtrader.execution.twin.core.Numbers.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.twin.core.PositionSide;
import io.quantumtrader.execution.twin.core.TwinError;
import io.quantumtrader.execution.twin.core.TwinMarginChange;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The margin of positions: crossed or isolated, and what is set aside for an isolated one. */
final class MarginRoutes {
  private static final int DAYS = 30;
  private static final int ADD = 1;
  private static final int REDUCE = 2;

  private final TwinEngine engine;

  MarginRoutes(TwinEngine engine) {
    this.engine = engine;
  }

  List<Route> routes() {
    return List.of(
        Route.signed("POST", "/fapi/v1/marginType", 1, this::marginType),
        Route.signed("POST", "/fapi/v1/positionMargin", 1, this::positionMargin),
        Route.signed("GET", "/fapi/v1/positionMargin/history", 1, this::history));
  }

  private JsonNode marginType(RestRequest request, String account) {
    String symbol = request.text("symbol");
    boolean isolated =
        switch (request.text("marginType").toUpperCase(Locale.ROOT)) {
          case "ISOLATED" -> true;
          case "CROSSED" -> false;
          default -> throw TwinError.MANDATORY.refused("margintype");
        };
    engine.change((core, now) -> core.settings().marginType(account, symbol, isolated, now));
    return Json.done();
  }

  private JsonNode positionMargin(RestRequest request, String account) {
    String symbol = request.text("symbol");
    PositionSide side = request.positionSide();
    BigDecimal amount = request.decimal("amount");
    long type = request.number("type");
    if (type != ADD && type != REDUCE) {
      throw TwinError.MANDATORY.refused("type");
    }
    if (amount.signum() <= 0) {
      throw TwinError.MARGIN_AMOUNT.refused();
    }
    BigDecimal signed = type == ADD ? amount : amount.negate();
    engine.change(
        (core, now) -> core.settings().positionMargin(account, symbol, side, signed, now));
    return Json.object()
        .put("amount", amount)
        .put("code", 200)
        .put("msg", "Successfully modify position margin.")
        .put("type", type);
  }

  private JsonNode history(RestRequest request, String account) {
    String symbol = engine.listed(request.text("symbol"));
    TimeSpan span = TimeSpan.of(request, DAYS, engine.nowMs());
    long type = request.number("type", 0);
    List<TwinMarginChange> all =
        engine.ask((core, now) -> core.book(account).marginChanges()).stream()
            .filter(change -> change.symbol().equals(symbol))
            .filter(change -> type == 0 || type == typeOf(change))
            .filter(change -> span.contains(change.timeMs()))
            .toList();
    return Json.array(Json.last(all, request.limit(500, 1000)), MarginRoutes::change);
  }

  private static int typeOf(TwinMarginChange change) {
    return change.amount().signum() > 0 ? ADD : REDUCE;
  }

  private static ObjectNode change(TwinMarginChange change) {
    return Json.object()
        .put("symbol", change.symbol())
        .put("type", typeOf(change))
        .put("deltaType", "USER_ADJUST")
        .put("amount", text(change.amount().abs()))
        .put("asset", "USDT")
        .put("time", change.timeMs())
        .put("positionSide", change.positionSide().name());
  }
}
