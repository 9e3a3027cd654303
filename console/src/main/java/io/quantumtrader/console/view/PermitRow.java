package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import java.math.BigDecimal;

/** A permission to execute a plan. */
public record PermitRow(
    @Means("plan") String planId,
    @Means("exchange account") String account,
    @Means("instrument") String symbol,
    @Means("P33 for an entry, P26 for a close") String kind,
    @Means("quantity, base units; null where it says none") BigDecimal quantity,
    @Means("when it was granted, epoch ms UTC") long grantedAtMs,
    @Means("until when it lives, epoch ms UTC") long expiresAtMs,
    @Means("whether it lives on the clock of now") boolean alive) {}
