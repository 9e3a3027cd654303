package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * What an account starts with.
 *
 * @param wallet USDT, 0 or more
 * @param bnb BNB for commissions, 0 or more
 * @param hedgeMode whether it has a long and a short position a symbol
 * @param multiAssets whether other assets count as margin
 */
public record AccountSetup(
    String account, BigDecimal wallet, BigDecimal bnb, boolean hedgeMode, boolean multiAssets) {}
