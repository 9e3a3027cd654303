package io.quantumtrader.execution.paper;

import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * How the paper exchange trades.
 *
 * @param accounts accounts that can trade, each once
 * @param startWallet what each starts with, quote currency
 * @param slippageBps how far a fill lies from the last price, against the taker, basis points, 0 or
 *     more
 * @param feeRate fee as a share of the notional, 0 or more
 * @param minNotional smallest order value, quote currency, 0 or more
 * @param maxLeverage highest leverage, 1 or more
 * @param faults orders to refuse or to fill in part
 */
public record PaperSettings(
    List<String> accounts,
    BigDecimal startWallet,
    BigDecimal slippageBps,
    BigDecimal feeRate,
    BigDecimal minNotional,
    int maxLeverage,
    FaultRules faults) {

  /**
   * One account {@code main} with 10 000; fee and slippage of the cost model that the traded rules
   * reckon with: 0.04 % a fill, and 0.02 % slippage for a round trip.
   */
  public static final PaperSettings DEFAULT =
      new PaperSettings(
          List.of(Accounts.MAIN),
          BigDecimal.valueOf(10_000),
          BigDecimal.ONE,
          new BigDecimal("0.0004"),
          BigDecimal.valueOf(5),
          125,
          FaultRules.NONE);

  public PaperSettings {
    accounts = List.copyOf(new LinkedHashSet<>(accounts));
    for (String account : accounts) {
      if (!Accounts.isName(account)) {
        throw new IllegalArgumentException("not an account name: " + account);
      }
    }
    boolean negative = slippageBps.signum() < 0 || feeRate.signum() < 0 || minNotional.signum() < 0;
    if (negative || maxLeverage < 1) {
      throw new IllegalArgumentException(
          "slippage, fee and minimum notional must be 0 or more, leverage 1 or more");
    }
  }

  /** Returns these settings for other accounts. */
  public PaperSettings withAccounts(List<String> names) {
    return new PaperSettings(
        names, startWallet, slippageBps, feeRate, minNotional, maxLeverage, faults);
  }

  /** Returns these settings with another wallet to start with, quote currency. */
  public PaperSettings withStartWallet(BigDecimal wallet) {
    return new PaperSettings(
        accounts, wallet, slippageBps, feeRate, minNotional, maxLeverage, faults);
  }

  /**
   * Returns these settings with other costs.
   *
   * @param bps slippage against the taker, basis points
   * @param rate fee as a share of the notional
   */
  public PaperSettings withCosts(BigDecimal bps, BigDecimal rate) {
    return new PaperSettings(accounts, startWallet, bps, rate, minNotional, maxLeverage, faults);
  }

  /** Returns these settings with other faults on demand. */
  public PaperSettings withFaults(FaultRules rules) {
    return new PaperSettings(
        accounts, startWallet, slippageBps, feeRate, minNotional, maxLeverage, rules);
  }
}
