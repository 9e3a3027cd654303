package io.quantumtrader.execution.binance;

import io.quantumtrader.execution.decision.Decimals;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.IncomeKind;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the exchange's list of cash that came and went.
 *
 * @param type the exchange's, for example FUNDING_FEE
 * @param symbol empty where it is about none
 * @param amount in the asset, below 0 was paid
 * @param asset for example USDT
 * @param atMs exchange time, epoch milliseconds UTC
 * @param tranId the exchange's id, unique with the type
 * @param tradeId trade that it belongs to; empty where it belongs to none
 */
record Income(
    String type,
    String symbol,
    BigDecimal amount,
    String asset,
    long atMs,
    long tranId,
    String tradeId) {

  private static final Set<String> TRANSFERS =
      Set.of(
          "TRANSFER",
          "INTERNAL_TRANSFER",
          "CROSS_COLLATERAL_TRANSFER",
          "COIN_SWAP_DEPOSIT",
          "COIN_SWAP_WITHDRAW",
          "STRATEGY_UMFUTURES_TRANSFER",
          "WELCOME_BONUS");

  /** Returns the id of it, which with the asset is unique in an account. */
  String id() {
    return type + ":" + tranId;
  }

  /** Returns the id of the fill that it belongs to, or empty. */
  Optional<String> fillId() {
    return symbol.isEmpty() || tradeId.isEmpty()
        ? Optional.empty()
        : Optional.of(symbol + ":" + tradeId);
  }

  /**
   * Returns what it is, or empty for what the fills tell already: realised profit, and commission
   * in the quote currency.
   *
   * @param quoteAsset what fees are booked in with the fills
   */
  Optional<IncomeKind> kind(String quoteAsset) {
    return switch (type) {
      case "REALIZED_PNL" -> Optional.empty();
      case "COMMISSION" ->
          asset.equals(quoteAsset) ? Optional.empty() : Optional.of(IncomeKind.COMMISSION);
      case "FUNDING_FEE" -> Optional.of(IncomeKind.FUNDING);
      case "INSURANCE_CLEAR" -> Optional.of(IncomeKind.LIQUIDATION_FEE);
      default -> Optional.of(TRANSFERS.contains(type) ? IncomeKind.TRANSFER : IncomeKind.OTHER);
    };
  }

  /**
   * Returns it as a record.
   *
   * @param nowMs when it was learnt, on the clock, epoch milliseconds UTC
   */
  ExchangeIncome record(String account, IncomeKind kind, long nowMs) {
    return new ExchangeIncome(
        id(), account, symbol, kind, asset, Decimals.cash(amount), atMs, nowMs);
  }
}
