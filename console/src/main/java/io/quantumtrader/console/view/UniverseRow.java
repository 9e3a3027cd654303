package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;

/** A symbol and whether it may be opened. */
public record UniverseRow(
    @Means("instrument") String symbol,
    @Means("place in the list of those that may be opened, from 1; null where it is not in it")
        Integer rank,
    @Means("score, 0 to 1; null where it is not in the list") Double score,
    @Means("volatility of one interval; null without a state") Double sigma,
    @Means("the least volatility that passes, scaled to its interval; null without a state")
        Double minSigma,
    @Means("trend strength of one interval; null without a state") Double ts,
    @Means("the least trend strength that passes, scaled; null without a state") Double minTs,
    @Means("regime: trend, mr or chop; empty without a state") String regime,
    @Means("last price, quote currency; null without a state") Double lastPrice,
    @Means("notional volume of 24 h, quote currency; null without a state") Double notional24h,
    @Means("age of the state on the clock, ms; null without a state") Long ageMs,
    @Means("what keeps it out; empty where nothing does") String keptOutBy) {}
