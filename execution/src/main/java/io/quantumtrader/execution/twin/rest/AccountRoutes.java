package io.quantumtrader.execution.twin.rest;

import static io.quantumtrader.execution.twin.core.Numbers.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.twin.core.AccountBook;
import io.quantumtrader.execution.twin.core.Bracket;
import io.quantumtrader.execution.twin.core.Tape;
import io.quantumtrader.execution.twin.core.TwinIncome;
import io.quantumtrader.execution.twin.core.TwinPosition;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import io.quantumtrader.execution.twin.engine.TwinKeys;
import java.util.List;

/** Accounts: wallets, positions, leverage, modes, income. */
final class AccountRoutes {
  private static final int DAYS = 7;

  private final TwinEngine engine;
  private final TwinKeys keys;

  AccountRoutes(TwinEngine engine, TwinKeys keys) {
    this.engine = engine;
    this.keys = keys;
  }

  List<Route> routes() {
    return List.of(
        Route.signed("GET", "/fapi/v3/account", 5, this::account),
        Route.signed("GET", "/fapi/v3/balance", 5, this::balance),
        Route.signed("GET", "/fapi/v3/positionRisk", 5, this::positions),
        Route.signed("GET", "/fapi/v1/income", 30, this::income),
        Route.signed("POST", "/fapi/v1/leverage", 1, this::leverage),
        Route.signed("GET", "/fapi/v1/positionSide/dual", 30, this::mode),
        Route.signed("POST", "/fapi/v1/positionSide/dual", 1, this::setMode),
        Route.signed("GET", "/fapi/v1/multiAssetsMargin", 30, this::assets),
        Route.signed("POST", "/fapi/v1/multiAssetsMargin", 1, this::setAssets),
        Route.signed("GET", "/fapi/v1/leverageBracket", 1, this::brackets),
        Route.signed("GET", "/fapi/v1/symbolConfig", 5, this::symbolConfig),
        Route.signed("GET", "/fapi/v1/accountConfig", 5, this::accountConfig),
        Route.signed("GET", "/sapi/v1/account/apiRestrictions", 1, this::restrictions));
  }

  private JsonNode account(RestRequest request, String account) {
    return engine.ask(
        (core, now) -> AccountJson.account(core.book(account), core.margin(account), now));
  }

  private JsonNode balance(RestRequest request, String account) {
    return engine.ask(
        (core, now) -> AccountJson.balances(core.book(account), core.margin(account), now));
  }

  private JsonNode positions(RestRequest request, String account) {
    return engine.ask(
        (core, now) -> {
          List<TwinPosition> open =
              core.book(account).openPositions().stream()
                  .filter(position -> request.isOf(position.symbol()))
                  .toList();
          return Json.array(open, each -> AccountJson.position(each, core.margin(account)));
        });
  }

  private JsonNode income(RestRequest request, String account) {
    TimeSpan span = TimeSpan.of(request, DAYS, engine.nowMs());
    String type = request.text("incomeType", "");
    List<TwinIncome> all =
        engine.ask((core, now) -> core.book(account).incomes()).stream()
            .filter(income -> type.isEmpty() || income.type().equals(type))
            .filter(income -> request.isOf(income.symbol()))
            .filter(income -> span.contains(income.timeMs()))
            .toList();
    int limit = request.limit(100, 1000);
    return Json.array(
        span.latest() ? Json.last(all, limit) : Json.first(all, limit), OrderJson::income);
  }

  private JsonNode leverage(RestRequest request, String account) {
    String symbol = request.text("symbol");
    int leverage = (int) Math.max(0, Math.min(1000, request.number("leverage")));
    return engine.ask(
        (core, now) -> {
          core.settings().leverage(account, symbol, leverage, now);
          return Json.object()
              .put("leverage", leverage)
              .put("maxNotionalValue", largest(core.tape(symbol), leverage))
              .put("symbol", symbol);
        });
  }

  private static String largest(Tape tape, int leverage) {
    return text(tape.symbol().largestNotional(leverage));
  }

  private JsonNode mode(RestRequest request, String account) {
    boolean dual = engine.ask((core, now) -> core.book(account).isDualSide());
    return Json.object().put("dualSidePosition", dual);
  }

  private JsonNode setMode(RestRequest request, String account) {
    request.text("dualSidePosition");
    boolean dual = request.flag("dualSidePosition");
    engine.change((core, now) -> core.settings().dualSide(account, dual));
    return Json.done();
  }

  private JsonNode assets(RestRequest request, String account) {
    boolean multi = engine.ask((core, now) -> core.book(account).isMultiAssets());
    return Json.object().put("multiAssetsMargin", multi);
  }

  private JsonNode setAssets(RestRequest request, String account) {
    request.text("multiAssetsMargin");
    boolean multi = request.flag("multiAssetsMargin");
    engine.change((core, now) -> core.settings().multiAssets(account, multi, now));
    return Json.done();
  }

  private JsonNode brackets(RestRequest request, String account) {
    List<TwinSymbol> symbols = symbols(request);
    return Json.array(symbols, AccountRoutes::bracketsOf);
  }

  private static ObjectNode bracketsOf(TwinSymbol symbol) {
    ObjectNode answer = Json.object().put("symbol", symbol.symbol()).put("notionalCoef", 1.0);
    ArrayNode brackets = answer.putArray("brackets");
    for (Bracket bracket : symbol.brackets()) {
      brackets
          .addObject()
          .put("bracket", bracket.number())
          .put("initialLeverage", bracket.maxLeverage())
          .put("notionalCap", bracket.cap())
          .put("notionalFloor", bracket.floor())
          .put("maintMarginRatio", bracket.maintenanceRatio())
          .put("cum", bracket.deduction());
    }
    return answer;
  }

  private List<TwinSymbol> symbols(RestRequest request) {
    if (request.has("symbol")) {
      String symbol = request.text("symbol");
      TwinSymbol one = engine.ask((core, now) -> core.tape(symbol).symbol());
      return List.of(one);
    }
    return engine.ask((core, now) -> core.tapes().stream().map(Tape::symbol).toList());
  }

  private JsonNode symbolConfig(RestRequest request, String account) {
    List<TwinSymbol> symbols = symbols(request);
    AccountBook book = engine.ask((core, now) -> core.book(account));
    return engine.ask((core, now) -> Json.array(symbols, symbol -> config(symbol, book)));
  }

  private static ObjectNode config(TwinSymbol symbol, AccountBook book) {
    int leverage = book.leverage(symbol.symbol());
    return Json.object()
        .put("symbol", symbol.symbol())
        .put("marginType", book.isIsolated(symbol.symbol()) ? "ISOLATED" : "CROSSED")
        .put("isAutoAddMargin", false)
        .put("leverage", leverage)
        .put("maxNotionalValue", text(symbol.largestNotional(leverage)));
  }

  private JsonNode accountConfig(RestRequest request, String account) {
    return engine.ask(
        (core, now) -> {
          AccountBook book = core.book(account);
          return Json.object()
              .put("feeTier", 0)
              .put("canTrade", true)
              .put("canDeposit", true)
              .put("canWithdraw", keys.mayWithdraw(request.apiKey()))
              .put("dualSidePosition", book.isDualSide())
              .put("updateTime", 0)
              .put("multiAssetsMargin", book.isMultiAssets())
              .put("tradeGroupId", -1);
        });
  }

  private JsonNode restrictions(RestRequest request, String account) {
    return Json.object()
        .put("ipRestrict", false)
        .put("createTime", 0)
        .put("enableReading", true)
        .put("enableWithdrawals", keys.mayWithdraw(request.apiKey()))
        .put("enableInternalTransfer", false)
        .put("enableMargin", false)
        .put("enableFutures", true)
        .put("permitsUniversalTransfer", false)
        .put("enableVanillaOptions", false)
        .put("enableSpotAndMarginTrading", false);
  }
}
