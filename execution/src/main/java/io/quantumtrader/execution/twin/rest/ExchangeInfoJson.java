package io.quantumtrader.execution.twin.rest;

import static io.quantumtrader.execution.twin.core.Numbers.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.twin.core.Tape;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.execution.twin.engine.TwinLimits;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;

/** The exchange's rules and contracts as it answers with them. */
final class ExchangeInfoJson {
  private static final List<String> ORDER_TYPES =
      List.of(
          "LIMIT",
          "MARKET",
          "STOP",
          "STOP_MARKET",
          "TAKE_PROFIT",
          "TAKE_PROFIT_MARKET",
          "TRAILING_STOP_MARKET");
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(100_000_000);

  private ExchangeInfoJson() {}

  static ObjectNode of(Collection<Tape> tapes, TwinLimits limits, long nowMs) {
    ObjectNode answer =
        Json.object()
            .put("timezone", "UTC")
            .put("serverTime", nowMs)
            .put("futuresType", "U_MARGINED");
    ArrayNode rates = answer.putArray("rateLimits");
    rates.add(rate("REQUEST_WEIGHT", "MINUTE", 1, limits.weightPerMinute()));
    rates.add(rate("ORDERS", "MINUTE", 1, limits.ordersPerMinute()));
    rates.add(rate("ORDERS", "SECOND", 10, limits.ordersPer10s()));
    answer.putArray("exchangeFilters");
    answer
        .putArray("assets")
        .addObject()
        .put("asset", "USDT")
        .put("marginAvailable", true)
        .put("autoAssetExchange", "0");
    ArrayNode symbols = answer.putArray("symbols");
    tapes.forEach(tape -> symbols.add(symbol(tape.symbol())));
    return answer;
  }

  private static ObjectNode rate(String type, String interval, int count, int limit) {
    return Json.object()
        .put("rateLimitType", type)
        .put("interval", interval)
        .put("intervalNum", count)
        .put("limit", limit);
  }

  private static ObjectNode symbol(TwinSymbol symbol) {
    ObjectNode answer =
        Json.object()
            .put("symbol", symbol.symbol())
            .put("pair", symbol.symbol())
            .put("contractType", symbol.contractType())
            .put("deliveryDate", 4_133_404_800_000L)
            .put("onboardDate", 1_569_398_400_000L)
            .put("status", symbol.status())
            .put("maintMarginPercent", "2.5000")
            .put("requiredMarginPercent", "5.0000")
            .put("baseAsset", symbol.baseAsset())
            .put("quoteAsset", symbol.quoteAsset())
            .put("marginAsset", symbol.quoteAsset())
            .put("pricePrecision", symbol.priceScale())
            .put("quantityPrecision", symbol.quantityScale())
            .put("baseAssetPrecision", 8)
            .put("quotePrecision", 8)
            .put("underlyingType", "COIN")
            .put("triggerProtect", TwinSymbol.TRIGGER_PROTECT.toPlainString())
            .put("liquidationFee", "0.012500")
            .put("marketTakeBound", "0.05");
    ArrayNode types = answer.putArray("orderTypes");
    ORDER_TYPES.forEach(types::add);
    ArrayNode times = answer.putArray("timeInForce");
    List.of("GTC", "IOC", "FOK", "GTX").forEach(times::add);
    answer.set("filters", filters(symbol));
    return answer;
  }

  private static ArrayNode filters(TwinSymbol symbol) {
    ArrayNode filters = Json.object().putArray("filters");
    filters
        .addObject()
        .put("filterType", "PRICE_FILTER")
        .put("minPrice", text(symbol.tick()))
        .put("maxPrice", text(HIGHEST))
        .put("tickSize", text(symbol.tick()));
    filters.add(lot(symbol, "LOT_SIZE", symbol.maxQuantity()));
    filters.add(lot(symbol, "MARKET_LOT_SIZE", symbol.maxMarketQuantity()));
    filters.addObject().put("filterType", "MAX_NUM_ORDERS").put("limit", TwinSymbol.MAX_ORDERS);
    filters
        .addObject()
        .put("filterType", "MAX_NUM_ALGO_ORDERS")
        .put("limit", TwinSymbol.MAX_CONDITIONAL_ORDERS);
    filters
        .addObject()
        .put("filterType", "MIN_NOTIONAL")
        .put("notional", text(symbol.minNotional()));
    filters
        .addObject()
        .put("filterType", "PERCENT_PRICE")
        .put("multiplierUp", text(symbol.multiplierUp()))
        .put("multiplierDown", text(symbol.multiplierDown()))
        .put("multiplierDecimal", "4");
    return filters;
  }

  private static ObjectNode lot(TwinSymbol symbol, String type, BigDecimal most) {
    return Json.object()
        .put("filterType", type)
        .put("minQty", text(symbol.minQuantity()))
        .put("maxQty", text(most))
        .put("stepSize", text(symbol.step()));
  }
}
