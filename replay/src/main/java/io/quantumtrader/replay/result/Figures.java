package io.quantumtrader.replay.result;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.OptionalDouble;

/**
 * Figures of a set of closed positions. Money is in quote currency.
 *
 * @param closed how many they are
 * @param won how many of them gained something after fees and funding
 * @param gross profit before fees and funding
 * @param fees their fees
 * @param funding their funding; below 0 was paid
 * @param gains sum of what the gaining ones gained, after fees and funding, 0 or more
 * @param losses sum of what the others lost, after fees and funding, 0 or more
 * @param rSum sum of their profits in multiples of their risk
 * @param rCount how many of them have a risk
 */
public record Figures(
    long closed,
    long won,
    BigDecimal gross,
    BigDecimal fees,
    BigDecimal funding,
    BigDecimal gains,
    BigDecimal losses,
    double rSum,
    long rCount) {

  /** Returns the figures of closed positions. */
  public static Figures of(Collection<Trade> trades) {
    long won = 0;
    BigDecimal gross = BigDecimal.ZERO;
    BigDecimal fees = BigDecimal.ZERO;
    BigDecimal funding = BigDecimal.ZERO;
    BigDecimal gains = BigDecimal.ZERO;
    BigDecimal losses = BigDecimal.ZERO;
    double rSum = 0;
    long rCount = 0;
    for (Trade trade : trades) {
      BigDecimal net = trade.net();
      gross = gross.add(trade.realized());
      fees = fees.add(trade.fees());
      funding = funding.add(trade.funding());
      if (net.signum() > 0) {
        won++;
        gains = gains.add(net);
      } else {
        losses = losses.subtract(net);
      }
      if (trade.r().isPresent()) {
        rSum += trade.r().getAsDouble();
        rCount++;
      }
    }
    return new Figures(trades.size(), won, gross, fees, funding, gains, losses, rSum, rCount);
  }

  /** Returns the profit after fees and funding. */
  public BigDecimal net() {
    return gains.subtract(losses);
  }

  /** Returns the share that gained, 0 to 1; empty where nothing was closed. */
  public OptionalDouble winRate() {
    return closed == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) won / closed);
  }

  /** Returns the profit after fees and funding of one position on average; empty without any. */
  public OptionalDouble expectancy() {
    return closed == 0 ? OptionalDouble.empty() : OptionalDouble.of(net().doubleValue() / closed);
  }

  /** Returns the profit in multiples of the risk on average; empty where none has a risk. */
  public OptionalDouble averageR() {
    return rCount == 0 ? OptionalDouble.empty() : OptionalDouble.of(rSum / rCount);
  }

  /** Returns gains over losses; empty where nothing was lost. */
  public OptionalDouble profitFactor() {
    return losses.signum() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(gains.doubleValue() / losses.doubleValue());
  }
}
