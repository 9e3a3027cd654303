package io.quantumtrader.execution.twin.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/** Events of the user stream as the exchange writes them. */
final class EventBodies {
  static final String ORDER = "ORDER_TRADE_UPDATE";
  static final String LITE = "TRADE_LITE";
  static final String ALGO = "ALGO_UPDATE";
  static final String ACCOUNT = "ACCOUNT_UPDATE";
  static final String CONFIG = "ACCOUNT_CONFIG_UPDATE";
  static final String MARGIN_CALL = "MARGIN_CALL";
  static final String TRIGGER_REJECT = "CONDITIONAL_ORDER_TRIGGER_REJECT";

  private EventBodies() {}

  static ObjectNode event(String type, long nowMs) {
    return JsonNodeFactory.instance.objectNode().put("e", type).put("E", nowMs).put("T", nowMs);
  }

  /** Returns what became of an order; {@code trade} is null where it was not a fill. */
  static ObjectNode order(TwinOrder order, String executionType, TwinTrade trade, long nowMs) {
    ObjectNode event = event(ORDER, nowMs);
    ObjectNode body = event.putObject("o");
    body.put("s", order.symbol())
        .put("c", order.clientOrderId())
        .put("S", order.side().name())
        .put("o", order.type())
        .put("f", order.timeInForce())
        .put("q", Numbers.text(order.quantity()))
        .put("p", Numbers.text(order.price()))
        .put("ap", Numbers.text(order.averagePrice()))
        .put("sp", Numbers.text(order.triggerPrice()))
        .put("x", executionType)
        .put("X", order.status().name())
        .put("i", order.orderId())
        .put("l", trade == null ? "0" : Numbers.text(trade.quantity()))
        .put("z", Numbers.text(order.executed()))
        .put("L", trade == null ? "0" : Numbers.text(trade.price()));
    if (trade != null) {
      body.put("N", trade.commissionAsset()).put("n", Numbers.text(trade.commission()));
    }
    flags(body, order, trade, nowMs);
    if (order.algoId() != 0) {
      body.put("st", "ALGO_CONDITIONAL");
    }
    return event;
  }

  private static void flags(ObjectNode body, TwinOrder order, TwinTrade trade, long nowMs) {
    body.put("T", nowMs)
        .put("t", trade == null ? 0 : trade.tradeId())
        .put("b", "0")
        .put("a", "0")
        .put("m", trade != null && trade.maker())
        .put("R", order.reduceOnly())
        .put("wt", "CONTRACT_PRICE")
        .put("ot", order.origType())
        .put("ps", order.positionSide().name())
        .put("cp", order.closePosition())
        .put("rp", trade == null ? "0" : Numbers.text(trade.realized()))
        .put("pP", false)
        .put("si", order.algoId())
        .put("ss", 0)
        .put("V", "EXPIRE_MAKER")
        .put("pm", "NONE")
        .put("gtd", 0);
  }

  static ObjectNode lite(TwinOrder order, TwinTrade trade, long nowMs) {
    return event(LITE, nowMs)
        .put("s", order.symbol())
        .put("q", Numbers.text(order.quantity()))
        .put("p", Numbers.text(order.price()))
        .put("m", trade.maker())
        .put("c", order.clientOrderId())
        .put("S", order.side().name())
        .put("L", Numbers.text(trade.price()))
        .put("l", Numbers.text(trade.quantity()))
        .put("t", trade.tradeId())
        .put("i", order.orderId());
  }

  static ObjectNode algo(TwinAlgoOrder algo, boolean hideOrder, long nowMs) {
    AlgoRequest request = algo.request();
    boolean known = algo.orderId() != 0 && !hideOrder;
    ObjectNode event = event(ALGO, nowMs);
    event
        .putObject("o")
        .put("caid", algo.clientAlgoId())
        .put("aid", algo.algoId())
        .put("at", "CONDITIONAL")
        .put("o", request.type())
        .put("s", request.symbol())
        .put("S", request.side().name())
        .put("ps", request.positionSide().name())
        .put("f", request.timeInForce())
        .put("q", Numbers.text(request.quantity()))
        .put("X", algo.status().name())
        .put("ai", known ? Long.toString(algo.orderId()) : "")
        .put("ap", Numbers.text(algo.actualPrice()))
        .put("aq", Numbers.text(algo.actualQuantity()))
        .put("act", known ? request.becomes() : "0")
        .put("tp", Numbers.text(request.triggerPrice()))
        .put("p", Numbers.text(request.limit().price()))
        .put("V", "EXPIRE_MAKER")
        .put("wt", request.markPrice() ? "MARK_PRICE" : "CONTRACT_PRICE")
        .put("pm", "NONE")
        .put("cp", request.closePosition())
        .put("pP", request.priceProtect())
        .put("R", request.reduceOnly())
        .put("tt", algo.triggerMs())
        .put("gtd", 0)
        .put("rm", algo.reason());
    return event;
  }

  static ObjectNode triggerReject(TwinAlgoOrder algo, String reason, long nowMs) {
    ObjectNode event = event(TRIGGER_REJECT, nowMs);
    event
        .putObject("or")
        .put("s", algo.request().symbol())
        .put("i", algo.algoId())
        .put("r", reason);
    return event;
  }

  /**
   * Returns a change of wallet and positions.
   *
   * @param changes what was booked, already in the wallets
   */
  static ObjectNode account(
      AccountBook book,
      String reason,
      List<TwinIncome> changes,
      List<TwinPosition> positions,
      MarginMath margin,
      long nowMs) {
    ObjectNode event = event(ACCOUNT, nowMs);
    ObjectNode body = event.putObject("a").put("m", reason);
    ArrayNode balances = body.putArray("B");
    for (String asset : changes.stream().map(TwinIncome::asset).distinct().toList()) {
      balances
          .addObject()
          .put("a", asset)
          .put("wb", Numbers.text(book.wallet(asset)))
          .put("cw", Numbers.text(asset.equals("USDT") ? margin.crossWallet() : book.wallet(asset)))
          .put("bc", Numbers.text(balanceChange(changes, asset)));
    }
    ArrayNode held = body.putArray("P");
    for (TwinPosition position : positions) {
      held.addObject()
          .put("s", position.symbol())
          .put("pa", Numbers.text(position.amount()))
          .put("ep", Numbers.text(position.entryPrice()))
          .put("bep", Numbers.text(position.breakEven()))
          .put("cr", Numbers.text(position.realized()))
          .put("up", Numbers.text(margin.unrealized(position)))
          .put("mt", book.isIsolated(position.symbol()) ? "isolated" : "cross")
          .put("iw", Numbers.text(position.isolatedWallet()))
          .put("ps", position.positionSide().name());
    }
    return event;
  }

  /** The exchange's own balance change leaves out profit and commission. */
  private static BigDecimal balanceChange(List<TwinIncome> changes, String asset) {
    return changes.stream()
        .filter(change -> change.asset().equals(asset))
        .filter(change -> change.tradeId() == 0)
        .map(TwinIncome::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  static ObjectNode leverage(String symbol, int leverage, long nowMs) {
    ObjectNode event = event(CONFIG, nowMs);
    event.putObject("ac").put("s", symbol).put("l", leverage);
    return event;
  }

  static ObjectNode multiAssets(boolean on, long nowMs) {
    ObjectNode event = event(CONFIG, nowMs);
    event.putObject("ai").put("j", on);
    return event;
  }

  static ObjectNode marginCall(
      AccountBook book, List<TwinPosition> positions, MarginMath margin, long nowMs) {
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("e", MARGIN_CALL)
            .put("E", nowMs)
            .put("cw", Numbers.text(margin.crossWallet()));
    ArrayNode held = event.putArray("p");
    for (TwinPosition position : positions) {
      held.addObject()
          .put("s", position.symbol())
          .put("ps", position.positionSide().name())
          .put("pa", Numbers.text(position.amount()))
          .put("mt", book.isIsolated(position.symbol()) ? "ISOLATED" : "CROSSED")
          .put("iw", Numbers.text(position.isolatedWallet()))
          .put("mp", Numbers.text(margin.mark(position)))
          .put("up", Numbers.text(margin.unrealized(position)))
          .put("mm", Numbers.text(margin.maintenance(position)));
    }
    return event;
  }
}
