package io.quantumtrader.execution.binance;

import io.quantumtrader.execution.decision.Decimals;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;

/**
 * A trade of an account as the exchange has it.
 *
 * @param symbol instrument
 * @param tradeId the exchange's id, unique in the symbol
 * @param orderId the exchange's id of the order
 * @param side side of the order
 * @param quantity base units, above 0
 * @param price quote currency, above 0
 * @param commission in its asset; negative is a rebate
 * @param commissionAsset empty where there is none
 * @param atMs exchange time, epoch milliseconds UTC
 */
record Trade(
    String symbol,
    long tradeId,
    long orderId,
    OrderSide side,
    BigDecimal quantity,
    BigDecimal price,
    BigDecimal commission,
    String commissionAsset,
    long atMs) {

  /** Returns the id under which it is booked: trade ids are unique in a symbol only. */
  String fillId() {
    return fillId(symbol, tradeId);
  }

  static String fillId(String symbol, long tradeId) {
    return symbol + ":" + tradeId;
  }

  /**
   * Returns it as a fill. A commission in another asset does not touch the wallet in the quote
   * currency: it is told beside it, and the fee is 0.
   *
   * @param quoteAsset what the symbol's prices are in
   */
  Fill fill(String quoteAsset) {
    boolean quote = commissionAsset.isEmpty() || commissionAsset.equals(quoteAsset);
    BigDecimal paid = Decimals.cash(commission);
    return new Fill(
        fillId(),
        Decimals.cash(quantity),
        Decimals.cash(price),
        quote ? paid : BigDecimal.ZERO,
        atMs,
        quote ? "" : commissionAsset,
        quote ? null : paid);
  }
}
