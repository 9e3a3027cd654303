package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import java.math.BigDecimal;
import java.util.List;

/** Figures of a group of closed trades. */
public record TradeFigures(
    @Means("what the group has in common; empty for all") String group,
    @Means("closed trades") int trades,
    @Means("share of them that gained, 0 to 1; null without a trade") Double winRate,
    @Means("average profit after costs, quote currency; null without a trade")
        BigDecimal expectancy,
    @Means("average profit in multiples of the risk; null where no risk is known") Double averageR,
    @Means("gains over losses; null without a loss") Double profitFactor,
    @Means("profit after costs, quote currency") BigDecimal net,
    @Means("fees, quote currency") BigDecimal fees) {

  static TradeFigures of(String group, List<TradeRow> trades) {
    BigDecimal net = BigDecimal.ZERO;
    BigDecimal fees = BigDecimal.ZERO;
    BigDecimal gains = BigDecimal.ZERO;
    BigDecimal losses = BigDecimal.ZERO;
    double rSum = 0;
    int rCount = 0;
    int won = 0;
    for (TradeRow trade : trades) {
      net = net.add(trade.net());
      fees = fees.add(trade.fees());
      if (trade.net().signum() > 0) {
        won++;
        gains = gains.add(trade.net());
      } else {
        losses = losses.subtract(trade.net());
      }
      if (trade.r() != null) {
        rSum += trade.r();
        rCount++;
      }
    }
    int count = trades.size();
    return new TradeFigures(
        group,
        count,
        count == 0 ? null : won / (double) count,
        count == 0 ? null : net.divide(BigDecimal.valueOf(count), java.math.MathContext.DECIMAL64),
        rCount == 0 ? null : rSum / rCount,
        losses.signum() == 0 ? null : gains.doubleValue() / losses.doubleValue(),
        net,
        fees);
  }
}
