package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import java.math.BigDecimal;

/** Something that was bought or sold. */
public record FillRow(
    @Means("id of the fill") String fillId,
    @Means("exchange account") String account,
    @Means("instrument") String symbol,
    @Means("BUY or SELL") String side,
    @Means("quantity, base units") BigDecimal quantity,
    @Means("price, quote currency") BigDecimal price,
    @Means("fee, quote currency") BigDecimal fee,
    @Means("whether it could only make the position smaller") boolean reduceOnly,
    @Means("PLAN, or how the exchange came to it by itself") String origin,
    @Means("exit that led to it; NONE of an entry and of a close that was asked for")
        String trigger,
    @Means("plan it is of; empty where it is of none") String planId,
    @Means("when, epoch ms UTC") long atMs) {}
