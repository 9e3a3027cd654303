package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * A change of a wallet, with its cause.
 *
 * @param tranId unique on the exchange
 * @param type as the exchange names it, for example {@code FUNDING_FEE}
 * @param symbol empty for a transfer
 * @param amount in the asset; below 0 it was paid
 * @param tradeId the fill it belongs to; 0 for none
 * @param timeMs epoch milliseconds UTC
 */
public record TwinIncome(
    long tranId,
    String type,
    String symbol,
    BigDecimal amount,
    String asset,
    String info,
    long tradeId,
    long timeMs) {}
