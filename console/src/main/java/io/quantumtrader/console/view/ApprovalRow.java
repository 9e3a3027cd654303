package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import java.math.BigDecimal;

/** An entry that waits for a person: the executor sends it once it is granted. */
public record ApprovalRow(
    @Means("plan") String planId,
    @Means("exchange account") String account,
    @Means("instrument") String symbol,
    @Means("BUY or SELL") String side,
    @Means("quantity, base units") BigDecimal quantity,
    @Means("price it was planned at, quote currency") BigDecimal price,
    @Means("its stop, quote currency; null without one") BigDecimal stopPrice,
    @Means("leverage, 1 or more") int leverage,
    @Means("quantity times price, quote currency") BigDecimal notional,
    @Means("what is lost at its stop, 1 R, quote currency; null where that is not known")
        BigDecimal risk,
    @Means("that over the account's equity, fraction; null where either is not known")
        Double riskOfEquity,
    @Means("who wants it; empty where that is not known") String source,
    @Means("why it is wanted; empty where that is not known") String reason,
    @Means("since when it has waited, ms on the clock") long ageMs,
    @Means("how long its permit lives, ms on the clock") long leftMs) {}
