package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import java.math.BigDecimal;

/** A plan that has no final result: it keeps its slot and margin. */
public record ReservationRow(
    @Means("plan") String planId,
    @Means("exchange account") String account,
    @Means("instrument") String symbol,
    @Means("ENTRY, FULL_CLOSE, PARTIAL_25, PARTIAL_50, PARTIAL_75 or UPDATE_SL") String action,
    @Means("BUY or SELL") String side,
    @Means("quantity, base units") BigDecimal quantity,
    @Means("margin it reserves, quote currency") BigDecimal margin,
    @Means("quantity times price, quote currency") BigDecimal notional,
    @Means("intent it came from; empty where it came from none") String intentId,
    @Means("when it was granted, epoch ms UTC") long grantedAtMs,
    @Means("until when its permit lives, epoch ms UTC") long expiresAtMs,
    @Means("last outcome so far; empty where the executor has said nothing") String outcome) {}
