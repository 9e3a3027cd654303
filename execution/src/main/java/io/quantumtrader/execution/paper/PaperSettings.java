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
 * @param fundingRate what an open position pays at each 00:00, 08:00 and 16:00 UTC, as a share of
 *     its notional, above -1 and below 1: a long pays a rate above 0 and is paid one below, a short
 *     the other way round; 0 for none
 * @param latencyMs how long a market order takes to the market, milliseconds, 0 or more: it is
 *     filled at the first price at or after that; 0: at the last price known
 */
public record PaperSettings(
    List<String> accounts,
    BigDecimal startWallet,
    BigDecimal slippageBps,
    BigDecimal feeRate,
    BigDecimal minNotional,
    int maxLeverage,
    FaultRules faults,
    BigDecimal fundingRate,
    long latencyMs) {

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
          FaultRules.NONE,
          BigDecimal.ZERO,
          0);

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
    if (fundingRate.abs().compareTo(BigDecimal.ONE) >= 0 || latencyMs < 0) {
      throw new IllegalArgumentException(
          "the funding rate must lie within -1 and 1, the latency be 0 or more");
    }
  }

  /** Returns these settings for other accounts. */
  public PaperSettings withAccounts(List<String> names) {
    return with(names, startWallet, slippageBps, feeRate, faults, fundingRate, latencyMs);
  }

  /** Returns these settings with another wallet to start with, quote currency. */
  public PaperSettings withStartWallet(BigDecimal wallet) {
    return with(accounts, wallet, slippageBps, feeRate, faults, fundingRate, latencyMs);
  }

  /**
   * Returns these settings with other costs.
   *
   * @param bps slippage against the taker, basis points
   * @param rate fee as a share of the notional
   */
  public PaperSettings withCosts(BigDecimal bps, BigDecimal rate) {
    return with(accounts, startWallet, bps, rate, faults, fundingRate, latencyMs);
  }

  /** Returns these settings with other faults on demand. */
  public PaperSettings withFaults(FaultRules rules) {
    return with(accounts, startWallet, slippageBps, feeRate, rules, fundingRate, latencyMs);
  }

  /** Returns these settings with another funding rate, a share of the notional for 8 hours. */
  public PaperSettings withFundingRate(BigDecimal rate) {
    return with(accounts, startWallet, slippageBps, feeRate, faults, rate, latencyMs);
  }

  /** Returns these settings with another way from decision to market, milliseconds. */
  public PaperSettings withLatencyMs(long ms) {
    return with(accounts, startWallet, slippageBps, feeRate, faults, fundingRate, ms);
  }

  private PaperSettings with(
      List<String> names,
      BigDecimal wallet,
      BigDecimal bps,
      BigDecimal fee,
      FaultRules rules,
      BigDecimal funding,
      long ms) {
    return new PaperSettings(names, wallet, bps, fee, minNotional, maxLeverage, rules, funding, ms);
  }
}
