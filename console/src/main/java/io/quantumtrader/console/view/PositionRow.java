package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import java.math.BigDecimal;

/** An open position. */
public record PositionRow(
    @Means("exchange account") String account,
    @Means("instrument") String symbol,
    @Means("account:symbol:sequence") String positionId,
    @Means("LONG or SHORT") String side,
    @Means("open quantity, base units") BigDecimal quantity,
    @Means("average entry price, quote currency") BigDecimal entryPrice,
    @Means("price it is valued at; null before the first") BigDecimal markPrice,
    @Means("quantity times mark, quote currency; null before the first mark") BigDecimal notional,
    @Means("profit at the mark before fees, quote currency; null before the first mark")
        BigDecimal unrealizedPnl,
    @Means("profit after costs in multiples of the risk; null before the first proposal") Double r,
    @Means("stop in place; null where there is none") BigDecimal stopPrice,
    @Means("target in place; null where there is none") BigDecimal targetPrice,
    @Means("next rung of the ladder, multiple of the risk; null where all are taken")
        Double nextRungR,
    @Means("price of that rung before costs; null where it is not known") BigDecimal nextRungPrice,
    @Means("kill score, 0 to 1; null before the first proposal") Double killScore,
    @Means("its share of the account's heat, 0 to 1; null where it is not known") Double heatShare,
    @Means("leverage") int leverage,
    @Means("margin in use, quote currency") BigDecimal margin,
    @Means("liquidation price as estimated; null where there is none") BigDecimal liquidationPrice,
    @Means("first fill, epoch ms UTC; null where it is not known") Long openedAtMs,
    @Means("time since then on the clock, ms; null where it is not known") Long ageMs,
    @Means("who wanted it; empty where that is not known") String source,
    @Means("why it was wanted; empty where that is not known") String reason,
    @Means("plan that opened it; empty where none did") String openedBy) {}
