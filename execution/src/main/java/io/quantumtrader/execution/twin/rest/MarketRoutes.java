package io.quantumtrader.execution.twin.rest;

import static io.quantumtrader.execution.twin.core.Numbers.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.twin.core.CandleSpans;
import io.quantumtrader.execution.twin.core.Tape;
import io.quantumtrader.execution.twin.core.TwinCandle;
import io.quantumtrader.execution.twin.core.TwinCore;
import io.quantumtrader.execution.twin.core.TwinError;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import io.quantumtrader.execution.twin.engine.TwinLimits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** What everybody may ask: time, contracts, candles, prices. */
final class MarketRoutes {
  private static final int MOST_CANDLES = 1500;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final TwinEngine engine;
  private final TwinLimits limits;

  MarketRoutes(TwinEngine engine, TwinLimits limits) {
    this.engine = engine;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.open("/fapi/v1/ping", request -> 1, (request, account) -> Json.object()),
        Route.open("/fapi/v1/time", request -> 1, this::time),
        Route.open("/fapi/v1/exchangeInfo", request -> 1, this::exchangeInfo),
        Route.open("/fapi/v1/klines", MarketRoutes::candleWeight, this::candles),
        Route.open("/fapi/v1/premiumIndex", Route.bySymbol(1, 10), this::premiumIndex),
        Route.open("/fapi/v1/ticker/24hr", Route.bySymbol(1, 40), this::dayTicker),
        Route.open("/fapi/v1/ticker/bookTicker", Route.bySymbol(2, 5), this::bookTicker),
        Route.open("/fapi/v1/ticker/price", Route.bySymbol(1, 2), this::price),
        Route.open("/fapi/v1/fundingRate", request -> 1, this::fundingRates));
  }

  private static int candleWeight(RestRequest request) {
    long limit = request.number("limit", 500);
    if (limit < 100) {
      return 1;
    }
    if (limit < 500) {
      return 2;
    }
    return limit <= 1000 ? 5 : 10;
  }

  private JsonNode time(RestRequest request, String account) {
    return Json.object().put("serverTime", engine.nowMs());
  }

  private JsonNode exchangeInfo(RestRequest request, String account) {
    return engine.ask((core, now) -> ExchangeInfoJson.of(core.tapes(), limits, now));
  }

  private JsonNode candles(RestRequest request, String account) {
    String symbol = request.text("symbol");
    int minutes = CandleSpans.minutes(request.text("interval"));
    int limit = request.limit(500, MOST_CANDLES);
    long start = request.number("startTime", Long.MIN_VALUE);
    long end = request.number("endTime", Long.MAX_VALUE);
    List<TwinCandle> all =
        engine.ask(
            (core, now) -> {
              Tape tape = core.tape(symbol);
              List<TwinCandle> known = new ArrayList<>(tape.closed());
              known.add(tape.current());
              return CandleSpans.joined(known, minutes);
            });
    List<TwinCandle> wanted =
        all.stream().filter(c -> c.openMs() >= start && c.openMs() <= end).toList();
    boolean latest = start == Long.MIN_VALUE;
    ArrayNode answer = JsonNodeFactory.instance.arrayNode();
    (latest ? Json.last(wanted, limit) : Json.first(wanted, limit))
        .forEach(candle -> answer.add(candle(candle, minutes)));
    return answer;
  }

  private static ArrayNode candle(TwinCandle candle, int minutes) {
    return JsonNodeFactory.instance
        .arrayNode()
        .add(candle.openMs())
        .add(text(candle.open()))
        .add(text(candle.high()))
        .add(text(candle.low()))
        .add(text(candle.close()))
        .add(text(candle.volume()))
        .add(candle.openMs() + minutes * TwinCandle.MINUTE_MS - 1)
        .add(text(candle.quoteVolume()))
        .add(candle.trades())
        .add("0")
        .add("0")
        .add("0");
  }

  private JsonNode premiumIndex(RestRequest request, String account) {
    return oneOrAll(request, MarketRoutes::premium);
  }

  private static ObjectNode premium(Tape tape, TwinCore core, long nowMs) {
    return Json.object()
        .put("symbol", tape.symbol().symbol())
        .put("markPrice", text(tape.mark()))
        .put("indexPrice", text(tape.last()))
        .put("estimatedSettlePrice", text(tape.mark()))
        .put("lastFundingRate", tape.fundingRate().toPlainString())
        .put("interestRate", "0.0001")
        .put("nextFundingTime", core.nextFundingMs(nowMs))
        .put("time", nowMs);
  }

  private JsonNode dayTicker(RestRequest request, String account) {
    return oneOrAll(request, (tape, core, now) -> day(tape, now));
  }

  private static ObjectNode day(Tape tape, long nowMs) {
    TwinCandle day = tape.span(CandleSpans.DAY_MINUTES);
    BigDecimal change = tape.last().subtract(day.open());
    BigDecimal percent = change.multiply(HUNDRED).divide(day.open(), 3, RoundingMode.HALF_EVEN);
    BigDecimal average =
        day.volume().signum() == 0
            ? tape.last()
            : day.quoteVolume().divide(day.volume(), 8, RoundingMode.HALF_EVEN);
    return Json.object()
        .put("symbol", tape.symbol().symbol())
        .put("priceChange", text(change))
        .put("priceChangePercent", text(percent))
        .put("weightedAvgPrice", text(average))
        .put("lastPrice", text(tape.last()))
        .put("lastQty", text(tape.symbol().step()))
        .put("openPrice", text(day.open()))
        .put("highPrice", text(day.high()))
        .put("lowPrice", text(day.low()))
        .put("volume", text(day.volume()))
        .put("quoteVolume", text(day.quoteVolume()))
        .put("openTime", day.openMs())
        .put("closeTime", nowMs)
        .put("count", day.trades());
  }

  private JsonNode bookTicker(RestRequest request, String account) {
    return oneOrAll(
        request,
        (tape, core, now) ->
            Json.object()
                .put("symbol", tape.symbol().symbol())
                .put("bidPrice", text(tape.bid()))
                .put("bidQty", text(tape.symbol().maxMarketQuantity()))
                .put("askPrice", text(tape.ask()))
                .put("askQty", text(tape.symbol().maxMarketQuantity()))
                .put("time", now));
  }

  private JsonNode price(RestRequest request, String account) {
    return oneOrAll(
        request,
        (tape, core, now) ->
            Json.object()
                .put("symbol", tape.symbol().symbol())
                .put("price", text(tape.last()))
                .put("time", tape.updateMs()));
  }

  private JsonNode fundingRates(RestRequest request, String account) {
    String symbol = request.text("symbol");
    long start = request.number("startTime", Long.MIN_VALUE);
    long end = request.number("endTime", Long.MAX_VALUE);
    if (start > end) {
      throw TwinError.START_AFTER_END.refused();
    }
    List<Tape.Funding> paid =
        engine.ask((core, now) -> core.tape(symbol).fundings()).stream()
            .filter(funding -> funding.timeMs() >= start && funding.timeMs() <= end)
            .toList();
    return Json.array(
        Json.last(paid, request.limit(100, 1000)),
        funding ->
            Json.object()
                .put("symbol", symbol)
                .put("fundingRate", funding.rate().toPlainString())
                .put("fundingTime", funding.timeMs())
                .put("markPrice", text(funding.mark())));
  }

  /** What is said of one symbol. */
  @FunctionalInterface
  private interface OfSymbol {
    ObjectNode body(Tape tape, TwinCore core, long nowMs);
  }

  private JsonNode oneOrAll(RestRequest request, OfSymbol body) {
    if (request.has("symbol")) {
      String symbol = request.text("symbol");
      return engine.ask((core, now) -> body.body(core.tape(symbol), core, now));
    }
    return engine.ask(
        (core, now) -> Json.array(List.copyOf(core.tapes()), t -> body.body(t, core, now)));
  }
}
