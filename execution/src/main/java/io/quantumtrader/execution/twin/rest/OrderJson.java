package io.quantumtrader.execution.twin.rest;

import static io.quantumtrader.execution.twin.core.Numbers.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.twin.core.AlgoRequest;
import io.quantumtrader.execution.twin.core.Side;
import io.quantumtrader.execution.twin.core.TwinAlgoOrder;
import io.quantumtrader.execution.twin.core.TwinIncome;
import io.quantumtrader.execution.twin.core.TwinOrder;
import io.quantumtrader.execution.twin.core.TwinTrade;
import java.math.BigDecimal;

/** Orders, fills and income as the exchange answers with them. */
final class OrderJson {
  private OrderJson() {}

  /** Returns an order as it is acknowledged: whatever the type, without a fill. */
  static ObjectNode acknowledged(TwinOrder order) {
    return common(order)
        .put("status", "NEW")
        .put("avgPrice", "0.00")
        .put("executedQty", "0")
        .put("cumQty", "0")
        .put("cumQuote", "0")
        .put("updateTime", order.timeMs());
  }

  /** Returns an order as it stands. */
  static ObjectNode order(TwinOrder order) {
    return common(order)
        .put("status", order.status().name())
        .put("avgPrice", text(order.averagePrice()))
        .put("executedQty", text(order.executed()))
        .put("cumQty", text(order.executed()))
        .put("cumQuote", text(order.cumQuote()))
        .put("time", order.timeMs())
        .put("updateTime", order.updateMs());
  }

  private static ObjectNode common(TwinOrder order) {
    return Json.object()
        .put("orderId", order.orderId())
        .put("symbol", order.symbol())
        .put("clientOrderId", order.clientOrderId())
        .put("price", text(order.price()))
        .put("origQty", text(order.quantity()))
        .put("timeInForce", order.timeInForce())
        .put("type", order.type())
        .put("origType", order.origType())
        .put("reduceOnly", order.reduceOnly())
        .put("closePosition", order.closePosition())
        .put("side", order.side().name())
        .put("positionSide", order.positionSide().name())
        .put("stopPrice", text(order.triggerPrice()))
        .put("workingType", "CONTRACT_PRICE")
        .put("priceProtect", false)
        .put("priceMatch", "NONE")
        .put("selfTradePreventionMode", "EXPIRE_MAKER")
        .put("goodTillDate", 0);
  }

  static ObjectNode algo(TwinAlgoOrder algo) {
    AlgoRequest request = algo.request();
    return Json.object()
        .put("algoId", algo.algoId())
        .put("clientAlgoId", algo.clientAlgoId())
        .put("algoType", "CONDITIONAL")
        .put("orderType", request.type())
        .put("symbol", request.symbol())
        .put("side", request.side().name())
        .put("positionSide", request.positionSide().name())
        .put("timeInForce", request.timeInForce())
        .put("quantity", text(request.quantity()))
        .put("algoStatus", algo.status().name())
        .put("actualOrderId", algo.orderId() == 0 ? "" : Long.toString(algo.orderId()))
        .put("actualPrice", text(algo.actualPrice()))
        .put("actualQty", text(algo.actualQuantity()))
        .put("triggerPrice", text(request.triggerPrice()))
        .put("price", text(request.limit().price()))
        .put("activatePrice", trailed(request, request.trail().activatePrice()))
        .put("callbackRate", trailed(request, request.trail().callbackRate()))
        .put("workingType", request.markPrice() ? "MARK_PRICE" : "CONTRACT_PRICE")
        .put("priceMatch", "NONE")
        .put("selfTradePreventionMode", "EXPIRE_MAKER")
        .put("closePosition", request.closePosition())
        .put("priceProtect", request.priceProtect())
        .put("reduceOnly", request.reduceOnly())
        .put("createTime", algo.createMs())
        .put("updateTime", algo.updateMs())
        .put("triggerTime", algo.triggerMs())
        .put("goodTillDate", 0);
  }

  /** What only belongs to orders that trail is empty in the others. */
  private static String trailed(AlgoRequest request, BigDecimal number) {
    return request.isTrailing() ? text(number) : "";
  }

  static ObjectNode trade(TwinTrade trade) {
    return Json.object()
        .put("id", trade.tradeId())
        .put("orderId", trade.orderId())
        .put("symbol", trade.symbol())
        .put("side", trade.side().name())
        .put("positionSide", trade.positionSide().name())
        .put("price", text(trade.price()))
        .put("qty", text(trade.quantity()))
        .put("quoteQty", text(trade.quantity().multiply(trade.price())))
        .put("realizedPnl", text(trade.realized()))
        .put("commission", text(trade.commission()))
        .put("commissionAsset", trade.commissionAsset())
        .put("marginAsset", "USDT")
        .put("time", trade.timeMs())
        .put("buyer", trade.side() == Side.BUY)
        .put("maker", trade.maker());
  }

  static ObjectNode income(TwinIncome income) {
    return Json.object()
        .put("symbol", income.symbol())
        .put("incomeType", income.type())
        .put("income", text(income.amount()))
        .put("asset", income.asset())
        .put("info", income.info())
        .put("time", income.timeMs())
        .put("tranId", income.tranId())
        .put("tradeId", income.tradeId() == 0 ? "" : Long.toString(income.tradeId()));
  }
}
