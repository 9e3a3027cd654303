package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;

/** What is not traded, and for what reason: denials counted by code and symbol. */
public record DenialRow(
    @Means("reason code") String code,
    @Means("what the code means") String meaning,
    @Means("instrument; empty where it is about none") String symbol,
    @Means("how often") long count,
    @Means("the last time, epoch ms UTC") long lastAtMs,
    @Means("id of the last such decision") String lastDecisionId) {}
