package io.quantumtrader.execution.twin.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Collection;

/** Events of the market streams as the exchange writes them. */
final class MarketBodies {
  /** The stream of all mark prices, each second. */
  static final String ALL_MARKS = "!markPrice@arr@1s";

  private MarketBodies() {}

  static TwinEvent.Market kline(
      String symbol, String interval, TwinCandle candle, boolean closed, long nowMs) {
    ObjectNode event =
        JsonNodeFactory.instance.objectNode().put("e", "kline").put("E", nowMs).put("s", symbol);
    event
        .putObject("k")
        .put("t", candle.openMs())
        .put("T", candle.openMs() + CandleSpans.minutes(interval) * TwinCandle.MINUTE_MS - 1)
        .put("s", symbol)
        .put("i", interval)
        .put("f", candle.trades() == 0 ? -1 : 1)
        .put("L", candle.trades() == 0 ? -1 : candle.trades())
        .put("o", Numbers.text(candle.open()))
        .put("c", Numbers.text(candle.close()))
        .put("h", Numbers.text(candle.high()))
        .put("l", Numbers.text(candle.low()))
        .put("v", Numbers.text(candle.volume()))
        .put("n", candle.trades())
        .put("x", closed)
        .put("q", Numbers.text(candle.quoteVolume()))
        .put("V", "0")
        .put("Q", "0")
        .put("B", "0");
    return new TwinEvent.Market(Numbers.lower(symbol) + "@kline_" + interval, event);
  }

  static TwinEvent.Market marks(Collection<Tape> tapes, long nextFundingMs, long nowMs) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Tape tape : tapes) {
      all.addObject()
          .put("e", "markPriceUpdate")
          .put("E", nowMs)
          .put("s", tape.symbol().symbol())
          .put("p", Numbers.text(tape.mark()))
          .put("i", Numbers.text(tape.last()))
          .put("P", Numbers.text(tape.mark()))
          .put("r", tape.fundingRate().toPlainString())
          .put("T", nextFundingMs);
    }
    return new TwinEvent.Market(ALL_MARKS, all);
  }

  static TwinEvent.Market trade(Tape tape, TwinTrade trade, long nowMs) {
    String symbol = tape.symbol().symbol();
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("e", "aggTrade")
            .put("E", nowMs)
            .put("s", symbol)
            .put("a", trade.tradeId())
            .put("p", Numbers.text(trade.price()))
            .put("q", Numbers.text(trade.quantity()))
            .put("f", trade.tradeId())
            .put("l", trade.tradeId())
            .put("T", nowMs)
            .put("m", (trade.side() == Side.SELL) != trade.maker());
    return new TwinEvent.Market(Numbers.lower(symbol) + "@aggTrade", event);
  }

  static TwinEvent.Market book(Tape tape, long nowMs) {
    String symbol = tape.symbol().symbol();
    BigDecimal size = tape.symbol().maxMarketQuantity();
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("e", "bookTicker")
            .put("u", nowMs)
            .put("s", symbol)
            .put("b", Numbers.text(tape.bid()))
            .put("B", Numbers.text(size))
            .put("a", Numbers.text(tape.ask()))
            .put("A", Numbers.text(size))
            .put("T", nowMs)
            .put("E", nowMs);
    return new TwinEvent.Market(Numbers.lower(symbol) + "@bookTicker", event);
  }
}
